#!/usr/bin/env bash
# Files, exports and dependencies that nobody uses.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

npm run -s unused
