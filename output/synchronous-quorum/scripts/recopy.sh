#!/bin/sh
# Rendered by pgtopo from topology.yml. Edit that file, not this one, and run "pgtopo render".
# recopy.sh NODE [--yes]: throws a replica's data away, and lets it copy its upstream anew.
# Says before what it has that others lack, and asks; with --yes it does not.
# Interrupted, it can be run again, or the node started: it finishes its copy.
set -eu

folder=$(cd "$(dirname "$0")/.." && pwd)
# shellcheck source=topology.sh
. "$folder/scripts/topology.sh"
# shellcheck source=operations.sh
. "$folder/scripts/operations.sh"

# shellcheck disable=SC2154 # set by the two
main() {
  read_arguments "" "$@"
  require_primary
  require_upstream
  stop_refused "$node"
  inspect "$node"
  if [ "$kind" != empty ]; then
    echo "$(describe "$node")."
    question=yes
    # The control file of half a rewind may be unreadable.
    identifier=${identifier:-$(note_of "$node" identifier)}
    if [ "$identifier" = "$(state_of identifier)" ]; then
      if [ "$timeline" != "$primary_timeline" ]; then describe_difference "$node"; fi
      echo "Its data is deleted, and copied anew from \"$upstream\"."
    else
      foreign
    fi
    [ "$yes" = yes ] || confirm "$question"
    stop_node "$node"
    one_off "$node" recopy "$(state_of identifier)" ||
      give_up "\"$node\" was not marked for a new copy; the reason is above" "Nothing was deleted."
  fi
  starts_following "$node" "$upstream" || exit 1
  say "\"$node\" has a new copy, and follows \"$upstream\""
}

# Nobody else has that database, and nobody can have agreed to its end in advance.
foreign() {
  echo "That is another database than this topology's, whose identifier is $(state_of identifier)."
  echo "No other node has it. It is deleted for ever."
  question=${identifier:-delete}
  if [ "$yes" = yes ]; then
    give_up "--yes does not go for another database" "Run this without it, and read the question."
  fi
}

main "$@"
