#!/bin/sh
# Starts every node, waits until all are healthy, and shows who follows whom. Ends with 1
# and the reasons when a node does not come up, or a replica does not stream.
# Further arguments go to `docker compose up`.
set -eu

folder=$(cd "$(dirname "$0")/.." && pwd)
# shellcheck source=topology.sh
. "$folder/scripts/topology.sh"
# shellcheck source=operations.sh
. "$folder/scripts/operations.sh"

main() {
  tries=3
  until compose up -d --wait "$@"; do
    tries=$((tries - 1))
    if [ "$tries" = 0 ] || ! get_well; then
      explain >&2
      exit 1
    fi
  done
  require_state
  failed=0
  for node in $(declared_nodes); do
    [ "$node" = "$actual" ] || PGTOPO_TIMEOUT=60 follows "$node" "$(upstream_of "$node")" || failed=1
  done
  # What else it finds is for the eye: the nodes run.
  "$folder/scripts/status.sh" || :
  exit "$failed"
}

# Docker calls a node unhealthy until its next check, and `up --wait` ends with the first such
# one, though the reason may be mended. Asks the check itself, which waits while there is
# work, and then for Docker. Fails where a node is ill, or none was.
get_well() {
  ill=''
  for node in $(declared_nodes); do
    case $(health_in_engine "$node") in
      "running unhealthy")
        ill=$node
        in_node "$node" /pgtopo/scripts/health.sh >/dev/null 2>&1 || return 1
        ;;
      "running "*) ;;
      *) return 1 ;;
    esac
  done
  [ -n "$ill" ] || return 1
  for second in 1 2 3 4 5 6 7 8 9 10; do
    [ "$(health_in_engine "$ill")" = "running unhealthy" ] || return 0
    sleep 1
  done
  return 1
}

health_in_engine() {
  containers | awk -F "$tab" -v node="$1" '$1 == node { print $2, $3 }'
}

# What each node says of itself, and the last lines of the logs of those that say nothing.
explain() {
  echo
  compose ps --all || :
  # Between two of its starts a node has said why; while it starts, not yet.
  for try in 1 2 3 4 5; do
    if read_state && ! is_any_starting; then break; fi
    sleep "$try"
  done
  for node in $(declared_nodes); do
    [ "$(health_in_engine "$node")" != "running healthy" ] || continue
    problem=$(note_of "$node" problem)
    if [ -n "$problem" ]; then
      say "\"$node\": $problem" "$(note_of "$node" hint)"
    else
      say "\"$node\" did not come up; the end of its log:"
      compose logs --no-log-prefix --tail 20 "$node" || :
    fi
  done
  echo "setup.sh: not every node came up; the reasons are above"
}

is_any_starting() {
  for node in $(declared_nodes); do
    [ "$(note_of "$node" phase)" != starting ] || return 0
  done
  return 1
}

main "$@"
