#!/usr/bin/env bash
# `.ci/python.sh aws` prints the path of a virtual environment with the packages of .ci/requirements-aws.txt, which it
# makes when it is not there yet: below $CI_TEMPORARY, or, for someone who runs a step by hand, in the temporary folder.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/lock.sh"
name=$1
requirements="$(dirname "${BASH_SOURCE[0]}")/requirements-$name.txt"

if ! command -v python3 >/dev/null; then
  echo "python3 is not on PATH; this check needs it (3.9 or newer, with venv) to install $requirements." >&2
  exit 1
fi

fingerprint=$(cksum <"$requirements" | tr ' ' '-')
folder="${CI_TEMPORARY:-${TMPDIR:-/tmp}/ecs-ipv6-controller-$(id -u)}/python-$name-$fingerprint"
lock "$folder"
if [ ! -e "$folder/complete" ]; then
  python3 -m venv --clear "$folder" >&2
  "$folder/bin/pip" install --quiet --disable-pip-version-check --no-deps --requirement "$requirements" >&2
  "$folder/bin/pip" check --disable-pip-version-check >&2
  touch "$folder/complete"
fi
echo "$folder"
