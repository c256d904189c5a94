#!/usr/bin/env bash
# The demo as a newcomer runs it, that of the packed program as another program reads it, and what is left when it is
# ended half-way.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

npm run -s demo | tail -n 1 | sed 's/^/- /'

# what npm would publish, unpacked: nothing of the checkout lies around it, the build is that of the demo above
package=$(mktemp -d -p "${CI_TEMPORARY:-${TMPDIR:-/tmp}}")
trap 'rm -rf "$package"' EXIT
npm pack --silent --pack-destination "$package" | xargs -I {} tar -xf "$package/{}" -C "$package"
(cd "$package" && node package/dist/cli.cjs demo --json) | node -e '
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
  console.log(`- packed, as JSON: ${steps.length} steps`);
'
if [ -d /proc/self ]; then
  node --import tsx test/independent/sabotage/interruptions.ts
else
  echo 'SKIPPED: nothing is interrupted, for want of /proc'
fi
