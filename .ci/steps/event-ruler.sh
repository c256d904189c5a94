#!/usr/bin/env bash
# Event patterns of the local account, and those of the template, against event-ruler, the matcher that EventBridge itself uses.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

for tool in java javac mvn; do
  command -v "$tool" >/dev/null || { echo "SKIPPED: event patterns are not compared, $tool is missing" && exit 0; }
done

judge="${CI_TEMPORARY:-${TMPDIR:-/tmp}/ecs-ipv6-controller-$(id -u)}/event-ruler"
sources=test/independent/event-ruler
mvn --quiet --batch-mode --file "$sources/pom.xml" dependency:copy-dependencies \
  -DoutputDirectory="$judge/lib" -DbuildDirectory="$judge/target"
javac -nowarn -cp "$judge/lib/*" -d "$judge" "$sources/EventRulerJudge.java"
npx tsx "$sources/compare.ts" "$judge/lib/*:$judge"

# published events too, if a folder of them is at hand, as in replay.sh
samples=${EVENT_SAMPLES:-../shared/samples/events}
folders=(test/fixtures/events)
if [ -d "$samples" ]; then folders+=("$samples"); fi
npx tsx "$sources/template-patterns.ts" "$judge/lib/*:$judge" "${folders[@]}"
