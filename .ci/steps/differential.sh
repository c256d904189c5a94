#!/usr/bin/env bash
# The local account beside moto: the same random calls to both. Every difference has to be a known one, with AWS's
# documentation as judge: test/independent/differential/known.yaml. `bash .ci/steps/differential.sh --seed N` plays another game.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

READY_SECONDS=60
# any seed will do for a look around; this one is the same every time, so that a change is to blame for what is new
SEED=20261122

python=$(bash .ci/python.sh moto)
folder=$(mktemp -d -p "${CI_TEMPORARY:-${TMPDIR:-/tmp}}")
touch "$folder/moto"
"$python/bin/moto_server" --host 127.0.0.1 --port 0 >"$folder/moto" 2>&1 &
moto=$!
AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED=true node --import tsx test/independent/serve-local-account.ts >"$folder/ours" &
ours=$!
stop() {
  kill "$moto" "$ours" 2>/dev/null || true
  wait "$moto" "$ours" 2>/dev/null || true
  rm -rf "$folder"
}
trap stop EXIT

address() { sed -n 's/.*Running on \(http:[0-9./:]*\).*/\1/p' "$folder/moto"; }
started=$SECONDS
until [ -n "$(address)" ] && [ -s "$folder/ours" ]; do
  kill -0 "$moto" 2>/dev/null || { echo 'moto did not start:' >&2 && cat "$folder/moto" >&2 && exit 1; }
  kill -0 "$ours" 2>/dev/null || { echo 'The local account did not start.' >&2 && exit 1; }
  [ "$SECONDS" -lt "$((started + READY_SECONDS))" ] || { echo "Not ready after $READY_SECONDS s." >&2 && exit 1; }
  sleep 0.1
done

unset AWS_PROFILE AWS_DEFAULT_PROFILE AWS_SESSION_TOKEN AWS_ENDPOINT_URL
export PYTHONDONTWRITEBYTECODE=1 NO_PROXY=127.0.0.1 AWS_ACCESS_KEY_ID=test AWS_SECRET_ACCESS_KEY=test
export AWS_CONFIG_FILE=/dev/null AWS_SHARED_CREDENTIALS_FILE=/dev/null AWS_EC2_METADATA_DISABLED=true
endpoint=$("$python/bin/python" -c 'import json, sys; print(json.load(sys.stdin)["endpoint"])' <"$folder/ours")
"$python/bin/python" test/independent/differential/judge.py --ours "$endpoint" --theirs "$(address)" --seed "$SEED" "$@"
echo "- judged by $("$python/bin/python" -c 'import moto; print("moto", moto.__version__)')"
