# Runs the steps of .ci/run, counts them, and leaves neither process nor file behind. Sourced, not run.

# A step that takes longer hangs.
STEP_SECONDS=${STEP_SECONDS:-1200}
# Processes that a step has started may take this long to end after it.
GRACE_SECONDS=5

passed=0
failed=0
skipped=0
group=
watch=
lanes=
CI_TEMPORARY=$(mktemp -d)
export CI_TEMPORARY

end_group() {
  [ -z "$watch" ] || kill -KILL "$watch" 2>/dev/null
  [ -z "$group" ] || kill -KILL -- "-$group" 2>/dev/null
}

clean_up() {
  end_group
  # shellcheck disable=SC2086 # process ids
  [ -z "$lanes" ] || { kill -TERM $lanes && wait $lanes; } 2>/dev/null
  rm -rf "$CI_TEMPORARY"
}
trap clean_up EXIT
trap 'exit 130' INT TERM HUP

# step NAME COMMAND [ARGUMENT...]
step() {
  local name=$1 log started=$SECONDS status
  log=$(mktemp "$CI_TEMPORARY/step.XXXXXX")
  shift
  set -m # a process group for each step, so that all of it can be stopped
  "$@" >"$log" 2>&1 &
  group=$!
  set +m
  watch_over "$group" &
  watch=$!
  wait "$group"
  status=$?
  # not TERM: a process that has just been forked would still run this script's traps
  kill -KILL "$watch" 2>/dev/null
  wait "$watch" 2>/dev/null
  ends "$group" || { echo 'The step has left processes behind.' >>"$log" && status=1; }
  group=
  watch=
  report "$name" "$status" $((SECONDS - started)) "$log"
}

# side_by_side COUNT SCRIPT...: steps named after scripts, COUNT at a time, the first named first; told as they end
side_by_side() {
  local count=$1 ended script lane
  shift
  ended=$(mktemp -d "$CI_TEMPORARY/ended.XXXXXX")
  while [ $# -gt 0 ] || [ -n "$lanes" ]; do
    # shellcheck disable=SC2086 # process ids
    while [ $# -gt 0 ] && [ "$(wc -w <<<"$lanes")" -lt "$count" ]; do
      in_a_lane "$1" "$ended" &
      lanes="$lanes $!"
      shift
    done
    sleep 0.2
    for lane in $lanes; do
      if kill -0 "$lane" 2>/dev/null; then continue; fi
      wait "$lane"
      lanes=$(sed -E "s/(^| )$lane( |$)/ /;s/^ +| +$//g" <<<"$lanes")
      [ -e "$ended/$lane" ] || echo "echo 'FAILED  a step has ended without a word'; failed=\$((failed + 1))" >"$ended/$lane"
      source "$ended/$lane"
    done
  done
}

# Runs the script as a step in a process of its own, and leaves a file that tells and counts it.
in_a_lane() {
  local script=$1 folder=$2 told
  lanes=
  watch=
  trap end_group EXIT
  trap 'exit 130' INT TERM HUP
  told=$(mktemp "$CI_TEMPORARY/told.XXXXXX")
  passed=0
  failed=0
  step "$(basename "$script" .sh)" bash "$script" >"$told"
  printf 'cat %q; passed=$((passed + %d)); failed=$((failed + %d))\n' "$told" "$passed" "$failed" >"$folder/$BASHPID"
}

# Ends the group when its time is over.
watch_over() {
  local until=$((SECONDS + STEP_SECONDS))
  while [ "$SECONDS" -lt "$until" ]; do sleep 1; done
  kill -KILL -- "-$1" 2>/dev/null
}

# Whether every process of the group ends by itself.
ends() {
  local until=$((SECONDS + GRACE_SECONDS))
  while kill -0 -- "-$1" 2>/dev/null; do
    if [ "$SECONDS" -ge "$until" ]; then
      kill -KILL -- "-$1" 2>/dev/null
      return 1
    fi
    sleep 0.1
  done
}

# report NAME STATUS SECONDS LOG
report() {
  if [ "$2" -eq 0 ]; then
    passed=$((passed + 1))
    printf 'ok      %s (%s s)\n' "$1" "$3"
    grep -E "^(- |$1: |Tests: |SKIPPED)" "$4" | sed 's/^/        /'
  else
    failed=$((failed + 1))
    printf 'FAILED  %s (%s s, exit code %s)\n' "$1" "$3" "$2"
    sed 's/^/        /' "$4"
  fi
}

# skip NAME REASON
skip() {
  skipped=$((skipped + 1))
  printf 'SKIPPED %s: %s\n' "$1" "$2"
}

finish() {
  local line="$passed passed, $failed failed"
  [ "$skipped" -eq 0 ] || line="$line, $skipped skipped"
  printf '\n%s\n' "$line"
  [ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
  exit
}
