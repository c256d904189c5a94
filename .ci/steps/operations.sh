#!/usr/bin/env bash
# The commands of docs/operations.md exist, with the options that they are given: the aws CLI takes each as far as the
# connection, which is refused; sam and ecs-ipv6 list their options.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

if ! python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
  echo 'SKIPPED: the commands are not tried, for want of Python 3.11 or newer' && exit 0
fi
folder=$(mktemp -d -p "${CI_TEMPORARY:-${TMPDIR:-/tmp}}")
trap 'rm -rf "$folder"' EXIT
aws=$(bash .ci/python.sh aws)
sam=$(bash .ci/python.sh sam)
unset AWS_PROFILE AWS_DEFAULT_PROFILE AWS_SESSION_TOKEN AWS_ENDPOINT_URL
export AWS_CONFIG_FILE=/dev/null AWS_SHARED_CREDENTIALS_FILE=/dev/null AWS_EC2_METADATA_DISABLED=true
export AWS_DEFAULT_REGION=eu-west-2 AWS_PAGER= AWS_MAX_ATTEMPTS=1 SAM_CLI_TELEMETRY=0 SAM_CLI_CHECK_VERSION=0
export AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED=true NO_PROXY=127.0.0.1
python3 test/independent/template/commands.py --aws "$aws/bin/aws" --sam "$sam/bin/sam" --scratch "$folder"
