#!/usr/bin/env bash
# The demo as a newcomer runs it, its result as a program reads it, and what is left when it is ended half-way.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

npm run -s demo | tail -n 1 | sed 's/^/- /'
npm run -s demo -- --json | node -e '
  const { schema, ok, steps, passes } = JSON.parse(require("node:fs").readFileSync(0, "utf8"));
  const { observe, enforce, steady } = passes;
  const wrong = [
    schema === "ecs-ipv6/demo/v1" && ok || "no result that is well",
    steps.length > 0 && steps.every((step) => step.ok) || "a step is missing",
    observe.alerts.length > 0 && Object.keys(observe.writes).length === 0 || "pass 1 tells, and writes nothing",
    Object.keys(enforce.writes).length > 0 || "pass 2 writes",
    steady.events + steady.publishes + Object.keys(steady.writes).length === 0 || "pass 3 does nothing",
  ].filter((check) => check !== true);
  if (wrong.length > 0) throw new Error(wrong.join("; "));
  console.log(`- as JSON: ${steps.length} steps`);
'
if [ -d /proc/self ]; then
  node --import tsx test/independent/sabotage/interruptions.ts
else
  echo 'SKIPPED: nothing is interrupted, for want of /proc'
fi
