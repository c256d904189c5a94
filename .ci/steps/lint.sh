#!/usr/bin/env bash
# The rules of eslint, and the walls between the layers: scripts/lint/layers.js.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

npm run -s lint
