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
  if ! compose up -d --wait "$@"; then
    explain >&2
    exit 1
  fi
  require_state
  failed=0
  for node in $(declared_nodes); do
    [ "$node" = "$actual" ] || PGTOPO_TIMEOUT=60 follows "$node" "$(upstream_of "$node")" || failed=1
  done
  # What else it finds is for the eye: the nodes run.
  "$folder/scripts/status.sh" || :
  exit "$failed"
}

# What each node says of itself, and the last lines of the logs of those that say nothing.
explain() {
  echo
  compose ps --all || :
  all=$(containers)
  # Between two of its starts a node has said why; while it starts, not yet.
  for try in 1 2 3 4 5; do
    if read_state && ! is_any_starting; then break; fi
    sleep "$try"
  done
  for node in $(declared_nodes); do
    case $(printf '%s\n' "$all" | awk -F "$tab" -v node="$node" '$1 == node { print $2, $3 }') in
      "running healthy") continue ;;
    esac
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
