#!/bin/sh
# rejoin.sh NODE [--yes]: makes a node whose data diverged from the primary's a replica
# again. What it alone has is lost: the script says what that is, and asks; with
# --yes it does not. By pg_rewind where that is possible, or else by a new copy.
# Interrupted, it can be run again.
set -eu

folder=$(cd "$(dirname "$0")/.." && pwd)
# shellcheck source=topology.sh
. "$folder/scripts/topology.sh"
# shellcheck source=operations.sh
. "$folder/scripts/operations.sh"

# What pg_rewind calls on the primary, beside what everybody may.
functions="pg_ls_dir(text, boolean, boolean), pg_stat_file(text, boolean),
  pg_read_binary_file(text), pg_read_binary_file(text, bigint, bigint, boolean)"

# shellcheck disable=SC2154 # set by the two
main() {
  read_arguments "" "$@"
  require_primary
  require_upstream
  if [ "$(in_recovery "$node")" = t ] && streams "$node" "$upstream"; then
    say "\"$node\" follows \"$upstream\" already: there is nothing to do"
    return
  fi
  stop_refused "$node"
  inspect "$node"
  case $kind in
    empty) give_up "\"$node\" has no data" "\"docker compose up -d $node\" makes a copy." ;;
  esac
  if [ -n "$identifier" ] && [ "$identifier" != "$(state_of identifier)" ]; then
    give_up "$(describe "$node"), which is another database than \"$actual\" has" \
      "It cannot be rewound. scripts/recopy.sh $node throws it away, and copies \"$actual\"."
  fi
  echo "$(describe "$node")."
  describe_difference "$node"
  echo "That is lost when it becomes a replica of \"$actual\" again."
  [ "$yes" = yes ] || confirm yes
  stop_node "$node"
  if ! rewind; then
    say "pg_rewind did not do: \"$node\" needs a new copy"
    if [ "$yes" = yes ]; then set -- --yes; else set --; fi
    exec "$folder/scripts/recopy.sh" "$node" "$@"
  fi
  starts_following "$node" "$upstream" || exit 1
  say "\"$node\" follows \"$upstream\""
}

# The primary's checkpoint comes first: until it has one on its timeline, pg_rewind takes it
# for a server of the old one.
rewind() {
  # shellcheck disable=SC2016 # the container's variables
  role=$(in_node "$actual" sh -c 'printf %s "${REPLICATION_USER:-$POSTGRES_USER}"')
  quoted=$(printf '%s' "$role" | sed 's/"/""/g')
  if ! sql "$actual" "GRANT EXECUTE ON FUNCTION $functions TO \"$quoted\"" postgres ||
    ! sql "$actual" "CHECKPOINT"; then
    give_up "cannot prepare \"$actual\" for pg_rewind"
  fi
  rewound=0
  one_off "$node" rewind || rewound=$?
  sql "$actual" "REVOKE EXECUTE ON FUNCTION $functions FROM \"$quoted\"" postgres ||
    say "\"$role\" may still read files of \"$actual\"" \
      "Run REVOKE EXECUTE ON FUNCTION $functions FROM \"$role\" in the database \"postgres\"." >&2
  case $rewound in
    0) ;;
    3) return 1 ;;
    *) give_up "\"$node\" was not rewound; the reason is above" ;;
  esac
}

main "$@"
