#!/usr/bin/env bash
# The command line against moto, an AWS that this project did not write: what boto3 seeds there has to be found, and
# nothing else. It gets what any account would: an endpoint, a region, credentials. Then the contract of the state store,
# which jest checks with the other adapters, with a table there.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

READY_SECONDS=60

python=$(bash .ci/python.sh moto)
log=$(mktemp -p "${CI_TEMPORARY:-${TMPDIR:-/tmp}}")
# port 0: any free one, which the server then names in its log
"$python/bin/moto_server" --host 127.0.0.1 --port 0 >"$log" 2>&1 &
server=$!
stop() {
  kill "$server" 2>/dev/null || true
  wait "$server" 2>/dev/null || true
  rm -f "$log"
}
trap stop EXIT

address() { sed -n 's/.*Running on \(http:[0-9./:]*\).*/\1/p' "$log"; }
started=$SECONDS
until [ -n "$(address)" ]; do
  kill -0 "$server" 2>/dev/null || { echo 'moto did not start:' >&2 && cat "$log" >&2 && exit 1; }
  [ "$SECONDS" -lt "$((started + READY_SECONDS))" ] || { echo "No moto after $READY_SECONDS s." >&2 && exit 1; }
  sleep 0.1
done

unset AWS_PROFILE AWS_DEFAULT_PROFILE AWS_SESSION_TOKEN
export PYTHONDONTWRITEBYTECODE=1 NO_PROXY=127.0.0.1
export AWS_ENDPOINT_URL AWS_REGION=eu-west-2 AWS_ACCESS_KEY_ID=test AWS_SECRET_ACCESS_KEY=test
export AWS_CONFIG_FILE=/dev/null AWS_SHARED_CREDENTIALS_FILE=/dev/null AWS_EC2_METADATA_DISABLED=true
AWS_ENDPOINT_URL=$(address)
"$python/bin/python" test/independent/moto/judge.py
STATE_CONTRACT_ENDPOINT=$(address) npx jest test/state
echo "- judged by $("$python/bin/python" -c 'import moto; print("moto", moto.__version__)')"
