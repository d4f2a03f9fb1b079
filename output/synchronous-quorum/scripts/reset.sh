#!/bin/sh
# Rendered by pgtopo from topology.yml. Edit that file, not this one, and run "pgtopo render".
# Throws all data of the topology away and starts again from nothing. Says before what
# each node has, and asks; with --yes it does not. Interrupted, it can be run again.
set -eu

folder=$(cd "$(dirname "$0")/.." && pwd)
# shellcheck source=topology.sh
. "$folder/scripts/topology.sh"
# shellcheck source=operations.sh
. "$folder/scripts/operations.sh"

main() {
  case ${1:-} in
    --yes | '') ;;
    *)
      echo "usage: reset.sh [--yes]" >&2
      exit 2
      ;;
  esac
  read_state || say "no node can tell the state of the topology" >&2
  [ -n "${1:-}" ] || ask
  compose down
  # The actual primary's data goes last, and the state with it: until then all that was
  # deleted can be copied again, and no node begins a new database beside old data. One that
  # is not declared any more has its data elsewhere.
  last=$actual
  [ -n "$last" ] && is_declared "$last" || last=$(declared_primary)
  for node in $(declared_nodes); do
    [ "$node" = "$last" ] || erase "$node"
  done
  erase "$last" archive
  compose down --volumes
  rm -f "$folder/.pgtopo-actual"
  exec "$folder/scripts/setup.sh"
}

# Its files belong to the container's postgres: only a container can delete them.
erase() {
  say "emptying \"$1\""
  target=$1
  shift
  one_off "$target" erase "$@" || give_up "cannot empty \"$target\"; the reason is above" \
    "Nothing was started. Run this again when that is mended."
}

ask() {
  echo "This deletes, and nothing brings it back:"
  compose config --volumes | sed 's/^/  volume /'
  # shellcheck disable=SC2154 # set by topology.sh
  printf '%s\n' "$PGTOPO_DATA_FOLDERS" | while IFS=$tab read -r _ _ path; do
    [ -z "$path" ] || echo "  everything in $path"
  done
  for node in $(declared_nodes); do
    inspect "$node"
    echo "  $(describe "$node")"
  done
  confirm yes
}

main "$@"
