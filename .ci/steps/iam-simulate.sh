#!/usr/bin/env bash
# Decisions of the local account's IAM against iam-simulate, and what functions are granted: enough, and no more. The
# licence of iam-simulate is AGPL: it is installed here, for this check alone, and is no dependency of the project.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

judge="${CI_TEMPORARY:-${TMPDIR:-/tmp}/ecs-ipv6-controller-$(id -u)}/iam-simulate"
mkdir -p "$judge"
echo '{ "private": true }' >"$judge/package.json"
(cd "$judge" && npm install --ignore-scripts --no-audit --no-fund --loglevel=error @cloud-copilot/iam-simulate@0.1.173)
npx tsx test/independent/iam-simulate/compare.ts "$judge"
source .ci/build.sh
AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED=true npx tsx test/independent/iam-simulate/recorded.ts "$judge"
