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

folder=$(bash -c 'source .ci/step.sh; echo "$CI_TEMPORARY"')
[ -n "$folder" ] && [ ! -e "$folder" ] && echo '- its temporary folder is gone afterwards' || problems=1
exit "$problems"
