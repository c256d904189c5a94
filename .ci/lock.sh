# Keeps two steps from installing the same at the same time. Sourced, not run.

# lock FOLDER: waits for whoever installs into it; held until the script ends, so that a script locks one folder
lock() {
  locked=$1.lock
  mkdir -p "$(dirname "$1")"
  until mkdir "$locked" 2>/dev/null; do
    [ "$SECONDS" -lt 600 ] || { echo "$locked is still there: remove it if no other step is at work." >&2 && exit 1; }
    sleep 0.2
  done
  trap 'rmdir "$locked"' EXIT
}
