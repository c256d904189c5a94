#!/usr/bin/env bash
# Every file is as prettier writes it.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

npm run -s format:check
