#!/usr/bin/env bash
# Every function under the Lambda runtime of others: AWS's Runtime Interface Emulator, the binary that aws-sam-cli is
# published with, and aws-lambda-ric, what Lambda's own Node.js runtime speaks the Runtime API with, on Node 24. Functions
# behind a queue get a batch with one poison record. aws-lambda-ric compiles its part in C++ when it is installed.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

skip() { echo "SKIPPED: no function runs in Lambda's runtime, $1" && exit 0; }
[ "$(uname -s)-$(uname -m)" = Linux-x86_64 ] || skip 'Node 24 is fetched for Linux on x86-64 only'
for tool in cmake make g++ tar xz; do command -v "$tool" >/dev/null || skip "$tool is missing"; done
python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || skip 'for want of Python 3.11 or newer'

temporary="${CI_TEMPORARY:-${TMPDIR:-/tmp}/ecs-ipv6-controller-$(id -u)}"
sam=$(bash .ci/python.sh sam)
emulator=$(echo "$sam"/lib/python3*/site-packages/samcli/local/rapid/aws-lambda-rie-x86_64)
node24=$(bash .ci/node-24.sh)

# by hand it is compiled once
client="$temporary/lambda-runtime-$(cksum <.ci/lambda-runtime/package-lock.json | tr ' ' '-')"
if [ ! -e "$client/complete" ]; then
  mkdir -p "$client"
  cp .ci/lambda-runtime/package*.json "$client"
  # a few calls need nothing that is optimized
  (cd "$client" && PATH="$node24:$PATH" CFLAGS=-O0 npm_config_nodedir="${node24%/bin}" npm ci --no-audit --no-fund --loglevel=error)
  touch "$client/complete"
fi

source .ci/build.sh
export AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED=true
node --import tsx test/independent/runtime/runtime.ts \
  "$emulator" "$client/node_modules/aws-lambda-ric/index.mjs" "$node24/node"
