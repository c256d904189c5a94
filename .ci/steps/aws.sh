#!/usr/bin/env bash
# boto3 and the aws CLI, which share no code with this project, drive everything that the local account has, and hold every
# answer against botocore's models.
# `bash .ci/steps/aws.sh test_ec2.py -k primary` runs a part.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

READY_SECONDS=60

python=$(bash .ci/python.sh aws)
ready=$(mktemp)
AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED=true node --import tsx test/independent/serve-local-account.ts >"$ready" &
server=$!
stop() {
  kill "$server" 2>/dev/null || true
  wait "$server" 2>/dev/null || true
  rm -f "$ready"
}
trap stop EXIT

started=$SECONDS
until [ -s "$ready" ]; do
  kill -0 "$server" 2>/dev/null || { echo 'The local account did not start.' >&2 && exit 1; }
  [ "$SECONDS" -lt "$((started + READY_SECONDS))" ] || { echo "No local account after $READY_SECONDS s." >&2 && exit 1; }
  sleep 0.1
done

unset AWS_PROFILE AWS_DEFAULT_PROFILE AWS_SESSION_TOKEN
export PATH="$python/bin:$PATH" PYTHONDONTWRITEBYTECODE=1 NO_PROXY=127.0.0.1
export LOCAL_ACCOUNT AWS_ENDPOINT_URL AWS_DEFAULT_REGION AWS_ACCESS_KEY_ID=test AWS_SECRET_ACCESS_KEY=test
export AWS_CONFIG_FILE=/dev/null AWS_SHARED_CREDENTIALS_FILE=/dev/null AWS_EC2_METADATA_DISABLED=true AWS_PAGER=
LOCAL_ACCOUNT=$(cat "$ready")
AWS_ENDPOINT_URL=$(python -c 'import json, sys; print(json.load(sys.stdin)["endpoint"])' <"$ready")
AWS_DEFAULT_REGION=$(python -c 'import json, sys; print(json.load(sys.stdin)["region"])' <"$ready")

cd test/independent/aws
python -m pytest -p no:cacheprovider --quiet --color=no "$@"
