#!/usr/bin/env bash
# The template deployed somewhere that this project did not write: `sam build` and `sam deploy` to ministack, whose Lambda
# runs the bundles by Node 24 (elsewhere than on Linux, by the `node` that is there). The workloads that functions look at
# are the local account's. Events on ministack's bus have to end as alerts in a queue that subscribed: of the rules that are
# broken, and of no other.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

if ! python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
  echo 'SKIPPED: the template is not deployed, for want of Python 3.11 or newer' && exit 0
fi
ministack=$(bash .ci/python.sh ministack)
sam=$(bash .ci/python.sh sam)
node=$(command -v node)
if [ "$(uname -s)-$(uname -m)" = Linux-x86_64 ]; then node="$(bash .ci/node-24.sh)/node"; fi

unset "${!AWS_@}"
export AWS_CONFIG_FILE=/dev/null AWS_SHARED_CREDENTIALS_FILE=/dev/null AWS_EC2_METADATA_DISABLED=true
export SAM_CLI_TELEMETRY=0 SAM_CLI_CHECK_VERSION=0 PYTHONDONTWRITEBYTECODE=1 NO_PROXY=127.0.0.1

source .ci/build.sh
scratch=$(mktemp -d -p "${CI_TEMPORARY:-${TMPDIR:-/tmp}}")
trap 'rm -rf "$scratch"' EXIT
"$ministack/bin/python" test/independent/deploy/judge.py --sam "$sam/bin/sam" --scratch "$scratch" --node "$node"
