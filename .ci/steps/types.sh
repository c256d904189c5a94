#!/usr/bin/env bash
# What the compiler says of all sources and tests.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

npm run -s typecheck
