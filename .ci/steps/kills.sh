#!/usr/bin/env bash
# Kills the functions before and after each kind of write and at some reads, one kill in each story: what is tried again
# has to end the work as if nothing had happened. `bash .ci/steps/kills.sh --all Notify` kills at every call of a function.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

source .ci/build.sh
export AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED=true
node --import tsx test/independent/kills/kills.ts "$@"
