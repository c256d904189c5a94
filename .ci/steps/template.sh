#!/usr/bin/env bash
# The template before tools of others: SAM and cfn-lint, as written and as translated for three partitions; checkov and
# cfn-guard; `sam build`, which has to leave the bundles as they are. What a tool may complain of, and why, is in
# test/independent/template/exceptions.yaml. Nothing here needs an account or credentials.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

# its binary and AWS Control Tower's rules come in one package; the rest of it is for the CDK, and stays away
CFN_GUARD=@cdklabs/cdk-validator-cfnguard@0.0.62
JUDGES=test/independent/template

if ! python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
  echo 'SKIPPED: the template is not judged, for want of Python 3.11 or newer' && exit 0
fi
sam=$(bash .ci/python.sh sam)
checkov=$(bash .ci/python.sh checkov)
guard="${CI_TEMPORARY:-${TMPDIR:-/tmp}/ecs-ipv6-controller-$(id -u)}/cfn-guard"
mkdir -p "$guard"
echo '{ "private": true }' >"$guard/package.json"
(cd "$guard" && npm install --ignore-scripts --legacy-peer-deps --no-audit --no-fund --loglevel=error "$CFN_GUARD")

unset AWS_PROFILE AWS_DEFAULT_PROFILE AWS_SESSION_TOKEN AWS_DEFAULT_REGION AWS_REGION
export AWS_CONFIG_FILE=/dev/null AWS_SHARED_CREDENTIALS_FILE=/dev/null AWS_EC2_METADATA_DISABLED=true
# it would ask for newer versions and report its use; no proxy is asked either, there is nobody to talk to
export SAM_CLI_TELEMETRY=0 SAM_CLI_CHECK_VERSION=0 PYTHONDONTWRITEBYTECODE=1

source .ci/build.sh
scratch=$(mktemp -d -p "${CI_TEMPORARY:-${TMPDIR:-/tmp}}")
trap 'rm -rf "$scratch"' EXIT
"$sam/bin/python" "$JUDGES/judge.py" --sam "$sam/bin" --checkov "$checkov/bin" --guard "$guard" --scratch "$scratch"
npx tsx "$JUDGES/assert-translated.ts" infra/template.yaml "$scratch"/translated-*.json
