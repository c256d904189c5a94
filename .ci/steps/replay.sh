#!/bin/sh
# Replays published events, if a folder of them is at hand: none may crash, and each kind must lead where it should.
# EVENT_SAMPLES names the folder.
set -eu
cd "$(dirname "$0")/../.."

samples=${EVENT_SAMPLES:-../shared/samples/events}
if [ ! -d "$samples" ]; then
  echo "replay: no folder $samples, so no published events were replayed; name one with EVENT_SAMPLES" >&2
  samples=test/fixtures/events
fi

replayed=$(mktemp)
trap 'rm -f "$replayed"' EXIT
npm run -s replay -- "$samples" >"$replayed"
npx tsx scripts/replay/check-replayed.ts "$replayed"
