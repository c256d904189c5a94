#!/usr/bin/env bash
# A thousand events at once, over several hours of the account's time: budgets and healthy targets hold between processes.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

npm run -s build
export AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED=true
node --import tsx test/independent/storm/storm.ts
