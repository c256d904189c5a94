#!/usr/bin/env bash
# Does the demo notice? One fault after the other in a copy of the deployment: each time it has to fail and to name what
# is missing. Renamed resources are no fault. `bash .ci/steps/sabotage.sh handler` plants some of them.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

source .ci/build.sh
node --import tsx test/independent/sabotage/sabotage.ts "$@"
