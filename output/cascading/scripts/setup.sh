#!/bin/sh
# Rendered by pgtopo from topology.yml. Edit that file, not this one, and run "pgtopo render".
# Starts every node, waits until all are healthy, and shows who follows whom.
# Further arguments go to `docker compose up`.
set -eu

folder=$(cd "$(dirname "$0")/.." && pwd)
# shellcheck source=topology.sh
. "$folder/scripts/topology.sh"

main() {
  if ! compose up -d --wait "$@"; then
    compose ps --all >&2 || :
    compose logs --tail 20 >&2 || :
    echo "setup.sh: not every node came up; the reasons stand above" >&2
    exit 1
  fi
  show "node" "role" "in recovery" "upstream" "sync state" "lag"
  # shellcheck disable=SC2154 # set by topology.sh
  show "$primary" "primary" "$(in_recovery "$primary")" "-" "-" "-"
  replicas | while IFS=$tab read -r node upstream _; do
    row=$(receiver "$upstream" "$node" | head -n 1)
    sync_state=$(printf '%s' "$row" | cut -d '|' -f 2)
    lag=$(printf '%s' "$row" | cut -d '|' -f 3)
    show "$node" "replica" "$(in_recovery "$node")" "$upstream" \
      "${sync_state:-none}" "${lag:+$lag bytes}"
  done
}

show() {
  printf '%-20s %-8s %-12s %-20s %-11s %s\n' "$@"
}

in_recovery() {
  case $(sql "$1" "SELECT pg_is_in_recovery()") in
    t) echo "yes" ;;
    f) echo "no" ;;
    *) echo "unknown" ;;
  esac
}

main "$@"
