#!/bin/sh
# Rendered by pgtopo from topology.yml. Edit that file, not this one, and run "pgtopo render".
# Throws all data of the topology away and starts again from nothing. Asks
# before it does; with --yes it does not.
set -eu

folder=$(cd "$(dirname "$0")/.." && pwd)
# shellcheck source=topology.sh
. "$folder/scripts/topology.sh"

main() {
  case ${1:-} in
    --yes) ;;
    '') confirm ;;
    *)
      echo "usage: reset.sh [--yes]" >&2
      exit 2
      ;;
  esac
  compose down --volumes
  # Its files belong to the container's postgres: only a container can delete them.
  data_folders | while IFS=$tab read -r node mount path; do
    echo "Emptying $path"
    # shellcheck disable=SC2016 # the container's argument
    compose run --rm -T --no-deps --user root --entrypoint sh "$node" \
      -c 'rm -rf "$1"/* "$1"/.[!.]*' sh "$mount" </dev/null
  done
  # What Compose made for those containers.
  if [ -n "$(data_folders)" ]; then compose down --volumes; fi
  exec "$folder/scripts/setup.sh"
}

confirm() {
  echo "This deletes, and nothing brings it back:"
  compose config --volumes | sed 's/^/  volume /'
  data_folders | while IFS=$tab read -r _ _ path; do
    echo "  everything in $path"
  done
  printf 'Type "yes" to go on: '
  read -r answer || answer=
  if [ "$answer" != yes ]; then
    echo "Nothing was deleted."
    exit 1
  fi
}

# shellcheck disable=SC2154 # set by topology.sh
data_folders() {
  printf '%s\n' "$PGTOPO_DATA_FOLDERS" | sed '/^$/d'
}

main "$@"
