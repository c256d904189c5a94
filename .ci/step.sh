# Runs the steps of .ci/run, counts them, and leaves neither process nor file behind. Sourced, not run.

# A step that takes longer hangs.
STEP_SECONDS=${STEP_SECONDS:-1200}
# Processes that a step has started may take this long to end after it.
GRACE_SECONDS=5

passed=0
failed=0
skipped=0
group=
CI_TEMPORARY=$(mktemp -d)
export CI_TEMPORARY

clean_up() {
  [ -z "$group" ] || kill -KILL -- "-$group" 2>/dev/null
  rm -rf "$CI_TEMPORARY"
}
trap clean_up EXIT
trap 'exit 130' INT TERM HUP

# step NAME COMMAND [ARGUMENT...]
step() {
  local name=$1 log="$CI_TEMPORARY/step.log" started=$SECONDS status
  shift
  set -m # a process group for each step, so that all of it can be stopped
  "$@" >"$log" 2>&1 &
  group=$!
  set +m
  watch_over "$group" &
  local watch=$!
  wait "$group"
  status=$?
  # not TERM: a process that has just been forked would still run this script's traps
  kill -KILL "$watch" 2>/dev/null
  wait "$watch" 2>/dev/null
  ends "$group" || { echo 'The step has left processes behind.' >>"$log" && status=1; }
  group=
  report "$name" "$status" $((SECONDS - started)) "$log"
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
