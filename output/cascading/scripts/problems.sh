#!/bin/sh
# Rendered by pgtopo from topology.yml. Edit that file, not this one, and run "pgtopo render".
# shellcheck disable=SC2154 # of topology.sh and status.sh
# What status.sh finds wrong, and what to do about it: sourced by it.

# problem FACT [HINT…]
problem() {
  printf '  %s\n' "$1"
  shift
  for hint in "$@"; do
    [ -z "$hint" ] || printf '    %s\n' "$hint"
  done
}

find_problems() {
  if [ -n "$unreadable" ]; then
    problem "the state of the topology cannot be read: $unreadable" \
      "No node runs, and no container can be made to read it. Where passwords come from the" \
      "environment, export them first. The logs of the nodes say more."
  elif [ -z "$actual" ]; then
    problem "nobody recorded who the primary is" \
      "Run scripts/setup.sh for the first start. Where a node has the primary's data already, and" \
      "refuses to start, name it with scripts/promote.sh NODE."
  fi
  two_writable_nodes
  for node in $(declared_nodes); do node_problems; done
  roles_differ
  accounts
  for node in $(declared_nodes); do
    settings
    slots
    archive
  done
  orphans
}

# --- A node that is not what it should be --------------------------------------

two_writable_nodes() {
  writable=
  for node in $(declared_nodes); do
    if [ "$(fact "$node" server 2)" = primary ]; then writable="$writable \"$node\""; fi
  done
  case $writable in
    *' '*' '*)
      problem "two writable nodes:$writable; the actual primary is \"$actual\"" \
        "What applications write on the others is on no other node. Stop them now, with" \
        "\"docker compose stop NODE\"; then scripts/rejoin.sh NODE shows what they have, and makes" \
        "them replicas. To keep the data of another one instead: scripts/promote.sh NODE --accept-loss."
      ;;
    *)
      for node in $(declared_nodes); do
        if [ "$writable" = " \"$node\"" ] && [ -n "$actual" ] && [ "$node" != "$actual" ]; then
          problem "\"$node\" is writable, and the actual primary is \"$actual\"" \
            "Run scripts/promote.sh $node if it shall be the primary, or stop it, and" \
            "scripts/rejoin.sh $node makes it a replica."
        fi
      done
      ;;
  esac
}

# One line for each node, the most important: what follows from it would only hide it.
node_problems() {
  case $(state_in_engine "$node") in
    running) running_node ;;
    '' | created | exited | dead | removing)
      if [ "$(note_of "$node" phase)" = refused ]; then
        refused_node
      else
        problem "\"$node\" is stopped" "\"docker compose up -d $node\" starts it."
      fi
      ;;
    paused) problem "the container of \"$node\" is paused" "\"docker compose unpause $node\" goes on." ;;
    *) refused_node ;;
  esac
}

# Also between two starts that are refused for the same reason, which is kept meanwhile.
refuses_to_start() {
  case $(note_of "$node" phase) in
    refused) ;;
    starting | waiting) [ -n "$(note_of "$node" refusal)" ] ;;
    *) return 1 ;;
  esac
}

refused_node() {
  said=$(note_of "$node" refusal)
  problem "\"$node\" does not start: ${said:-its log says why}" \
    "$(note_of "$node" refusal_hint)"
}

running_node() {
  if [ -n "$(fact "$node" paused 2)" ]; then
    problem "replay is paused on \"$node\"" \
      "If a setting of the primary was raised, raise it here and restart the node: see its log." \
      "If somebody paused it, run SELECT pg_wal_replay_resume() there."
  elif [ -z "$(fact "$node" server 2)" ] && refuses_to_start; then
    refused_node
  elif [ "$(fact "$node" health 2)" = no ]; then
    problem "\"$node\" is not healthy: $(fact "$node" health 3)" "$(fact "$node" health 4)"
  elif [ -z "$(fact "$node" server 2)" ]; then
    problem "\"$node\" does not answer: $(fact "$node" silent 2)" "See its log, and run this again."
  elif [ "$(fact "$node" server 2)" = replica ] && [ "$node" != "$actual" ]; then
    not_streaming
  fi
}

# A replica whose upstream is away is healthy: it can be read. So it is said here.
not_streaming() {
  upstream=$(upstream_of "$node")
  [ -z "$(receiver_fact "$upstream" "$node" 3)" ] || return 0
  if [ -n "$(fact "$upstream" server 2)" ]; then
    problem "\"$node\" does not stream from \"$upstream\"" "The logs of the two say why."
  else
    problem "\"$node\" does not stream: its upstream \"$upstream\" is away" \
      "It goes on by itself when \"$upstream\" is back."
  fi
}

roles_differ() {
  declared_primary=$(declared_primary)
  if [ -n "$actual" ] && [ "$actual" != "$declared_primary" ]; then
    problem "\"$actual\" is the actual primary, and \"$declared_primary\" the declared one" \
      "Write \"role: primary\" for \"$actual\" and \"role: replica\" for \"$declared_primary\" in the topology," \
      "and run \"pgtopo render\". Or make it so again: scripts/promote.sh $declared_primary."
  fi
}

# --- What the database has and the topology does not, and the other way round ----

# Of the actual primary: the others have its users and databases.
accounts() {
  [ -r "$answers/$actual" ] || return 0
  awk -F "$tab" '$1 == "missing" || $1 == "refused"' "$answers/$actual" |
    while IFS=$tab read -r what kind name; do
      case $what:$kind in
        missing:user)
          problem "user \"$name\" is declared, and the database does not have it" \
            "Users are made at the first start alone. Run on \"$actual\" what" \
            "scripts/roles.sql has for it: CREATE ROLE, its grants, and its password (\\password)." ;;
        missing:*)
          problem "database \"$name\" is declared, and does not exist" \
            "Databases are made at the first start alone. Run on \"$actual\" what" \
            "scripts/roles.sql has for it." ;;
        refused:*)
          problem "the declared password of user \"$kind\" does not let in" \
            "A database keeps the passwords of its first start. On \"$actual\", set it with psql's" \
            "\"\\password $kind\", or declare the one that is valid." ;;
      esac
    done
}

settings() {
  [ -r "$answers/$node" ] || return 0
  overridden=$(names overridden)
  if [ -n "$overridden" ]; then
    problem "ALTER SYSTEM overrides settings of the topology on \"$node\": $overridden" \
      "Write there $(printf '%s\n' "$overridden" | sed 's/\([^, ]*\)\(, \)*/ALTER SYSTEM RESET \1;\2/g; s/;, /; /g') SELECT pg_reload_conf();"
  fi
  pending=$(names pending)
  if [ -n "$pending" ]; then
    problem "settings of \"$node\" wait for a restart: $pending" \
      "\"docker compose restart $node\" takes them."
  fi
}

# names KIND: what the node's lines of that kind name, with commas between.
names() {
  awk -F "$tab" -v kind="$1" '$1 == kind { line = line (line == "" ? "" : ", ") $2 } END { print line }' \
    "$answers/$node"
}

slots() {
  [ -r "$answers/$node" ] || return 0
  awk -F "$tab" '$1 == "slot"' "$answers/$node" |
    while IFS=$tab read -r _ slot _ active wal retained; do
      owner=$(awk -F "$tab" -v slot="$slot" '$5 == slot { print $1 }' "$folder/scripts/nodes")
      drop="SELECT pg_drop_replication_slot('$slot');"
      if [ "$wal" = lost ]; then
        problem "slot \"$slot\" on \"$node\" has lost its WAL" \
          "${owner:+If \"$owner\" cannot follow any more, scripts/recopy.sh $owner copies it anew. }Drop it with" "$drop"
      elif [ "$active" = t ]; then
        :
      elif [ -z "$owner" ]; then
        problem "slot \"$slot\" on \"$node\" belongs to no declared node, and retains $(human "$retained") of WAL" \
          "If nothing uses it, run there $drop"
      elif [ "$(upstream_of "$owner")" != "$node" ]; then
        problem "slot \"$slot\" on \"$node\" is of no use, and retains $(human "$retained") of WAL" \
          "\"$owner\" does not follow \"$node\". Run there $drop"
      fi
    done
}

archive() {
  segment=$(fact "$node" archive 2)
  [ -z "$segment" ] || problem "\"$node\" cannot archive \"$segment\": $(fact "$node" archive 3) failures" \
    "pg_wal grows until it can. Its log says why: is the archive full, or another database's?"
}

# Compose knows a container by its project. One of a node that is no longer declared runs on.
orphans() {
  compose config --services 2>/dev/null | sort >"$work/services"
  [ -s "$work/services" ] || return 0
  cut -f 1 "$work/containers" | sort -u | grep -vxF -f "$work/services" |
    while read -r orphan; do
      problem "the container of \"$orphan\" belongs to no node of the topology" \
        "Was the node removed or renamed? \"docker compose up -d --remove-orphans\" removes it; its" \
        "volume stays until you delete it. See \"docker volume ls\"."
    done
}
