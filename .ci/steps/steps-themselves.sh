#!/usr/bin/env bash
# A step that fails must be seen to fail: the runner is judged by planted steps.
set -uo pipefail
problems=0

# expect WHAT EXIT_CODE PATTERN SCRIPT: runs SCRIPT with the runner's functions
expect() {
  local output status
  output=$(STEP_SECONDS=${LIMIT:-60} bash -c "source .ci/step.sh; $4; finish" 2>&1)
  status=$?
  if [ "$status" -eq "$2" ] && grep -qE "$3" <<<"$output"; then
    echo "- $1"
  else
    printf 'WRONG: %s: exit code %s, expected %s and /%s/ in:\n%s\n' "$1" "$status" "$2" "$3" "$output"
    problems=1
  fi
}

expect 'steps that pass are counted' 0 '^2 passed, 0 failed$' 'step a true; step b true'
expect 'a failure fails the run, which goes on' 1 '^1 passed, 1 failed$' 'step a false; step b true'
expect 'the output of a failure is shown' 1 '^ +why it failed$' 'step a bash -c "echo why it failed; exit 3"'
expect 'a run without a step fails' 1 '^0 passed, 0 failed$' ':'
expect 'a process left behind fails the step' 1 'left processes behind' 'step a bash -c "sleep 300 & exit 0"'
LIMIT=1 expect 'a step that hangs is ended' 1 '^0 passed, 1 failed$' 'step a sleep 300'
expect 'what is skipped is said' 0 '^1 passed, 0 failed, 1 skipped$' 'step a true; skip b "no reason"'

scripts=$(mktemp -d "${CI_TEMPORARY:-${TMPDIR:-/tmp}}/planted.XXXXXX")
trap 'rm -rf "$scripts"' EXIT
# each waits for the other's word: one after the other they would hang
echo "touch $scripts/left; until [ -e $scripts/right ]; do sleep 0.1; done; echo '- left'" >"$scripts/a.sh"
echo "touch $scripts/right; until [ -e $scripts/left ]; do sleep 0.1; done; echo '- right'" >"$scripts/b.sh"
echo 'echo why it failed; exit 3' >"$scripts/c.sh"
expect 'steps run side by side' 0 '^2 passed, 0 failed$' "side_by_side 2 $scripts/a.sh $scripts/b.sh"
expect 'what they check is told' 0 '^ +- right$' "side_by_side 2 $scripts/a.sh $scripts/b.sh"
expect 'a failure in a lane is counted' 1 '^2 passed, 1 failed$' "side_by_side 2 $scripts/a.sh $scripts/c.sh $scripts/b.sh"
expect 'a failure in a lane is shown' 1 '^ +why it failed$' "side_by_side 2 $scripts/a.sh $scripts/c.sh $scripts/b.sh"
echo "sleep 300 & echo \$! >$scripts/pid; wait" >"$scripts/d.sh"
bash -c "source .ci/step.sh; side_by_side 2 $scripts/d.sh" &
runner=$!
until [ -s "$scripts/pid" ]; do sleep 0.1; done
kill -TERM "$runner"
wait "$runner"
left=$(cat "$scripts/pid")
# what was killed may take a moment to be gone
for _ in $(seq 50); do kill -0 "$left" 2>/dev/null && sleep 0.1; done
if kill -0 "$left" 2>/dev/null; then
  echo 'WRONG: a run that is stopped leaves processes in its lanes' && problems=1
else
  echo '- a run that is stopped ends what runs in its lanes'
fi

folder=$(bash -c 'source .ci/step.sh; echo "$CI_TEMPORARY"')
[ -n "$folder" ] && [ ! -e "$folder" ] && echo '- its temporary folder is gone afterwards' || problems=1
exit "$problems"
