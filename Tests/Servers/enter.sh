#!/usr/bin/env bash
# shellcheck disable=SC2154 # variables of the definitions that plan.py writes
# enter.sh [--user USER] [-e NAME=VALUE]… CONTAINER COMMAND…: becomes the command in a running
# container, with the container's environment.
set -euo pipefail

state=$PGTOPO_SERVERS
# shellcheck source=environment.sh
. "$(dirname "$0")/environment.sh"

as='' variables=()
while true; do
  case $1 in
    --user) as=$2 ;;
    -e) variables+=("$2") ;;
    *) break ;;
  esac
  shift 2
done
container=$state/containers/$1
shift
# shellcheck source=/dev/null
. "$container/definition"
process=$(sed -n 's/^pid=//p' "$container/status")
environment+=("${variables[@]}")
set_user "${as:-$user}" "/proc/$process/root"
adopt_environment
exec nsenter -t "$process" --mount --net --ipc --pid --root -- \
  /usr/sbin/chroot "${userspec[@]}" / "$@"
