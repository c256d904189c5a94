#!/usr/bin/env bash
# Random histories of an account, each lived through in fair and in bad weather: both have to come to the same end.
# HISTORIES=n SEED=s for a long game by hand; HISTORY='{...}' for one history once more; `--plant NAME` for one fault.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

export AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED=true
# compiled once, for every player; where it finds its packages
game=node_modules/.cache/histories/histories.mjs
npx esbuild test/independent/histories/histories.ts --bundle --platform=node --format=esm --packages=external \
  --outfile="$game" --log-level=warning
node "$game" "$@"
# a game that finds nothing has to be one that would
if [ $# -eq 0 ] && [ -z "${HISTORY:-}" ]; then
  for fault in resolved-tags endings; do node "$game" --plant "$fault"; done
fi
