#!/usr/bin/env bash
# A thousand events at once, over several hours of the account's time: budgets and healthy targets hold between processes.
# Then more of the moments at which something else happens between two calls; RACES=1000 tries every one.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

source .ci/build.sh
export AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED=true
node --import tsx test/independent/storm/storm.ts
RACES="${RACES:-4}" npx jest test/flow/races.test.ts 2>&1
echo "- something else happens at ${RACES:-4} moments of each kind: nothing of others was removed"
