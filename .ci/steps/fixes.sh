#!/usr/bin/env bash
# The commands that findings print are pasted into a shell with the aws CLI, against the demo's account: afterwards what
# they mend is no longer found.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

python=$(bash .ci/python.sh aws)
unset AWS_PROFILE AWS_DEFAULT_PROFILE AWS_SESSION_TOKEN AWS_DEFAULT_REGION AWS_REGION
export PATH="$python/bin:$PATH" AWS_CONFIG_FILE=/dev/null AWS_SHARED_CREDENTIALS_FILE=/dev/null
export AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED=true
node --import tsx test/independent/fixes/fixes.ts
