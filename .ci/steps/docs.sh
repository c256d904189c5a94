#!/usr/bin/env bash
# Pages and parts of the template that are generated are as they would be generated now.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

npm run -s docs:check
