#!/bin/sh
# Rendered by pgtopo from topology.yml. Edit that file, not this one, and run "pgtopo render".
# What the topology declares and what is really so, for the scripts that run in the
# containers, which source it.
#
# Declared roles are wishes: they are in the file `nodes` beside this one, a line for each
# node. Actual roles are facts: they are in the volume of /pgtopo/state, which every node
# mounts. Its file `primary` names the one node that may be writable; a file of `nodes`
# is what that node last knew of itself.
#
# A file is replaced as a whole, by renaming, so that no reader sees half of it.

# shellcheck disable=SC2034,SC2154 # of container.sh, and for the scripts that source it

# --- Declared -----------------------------------------------------------------

# look_up NODE: its line, as declared_role, declared_upstream, declared_address, declared_slot
# and declared_link. "-" is written for an upstream or a slot that is none.
look_up() {
  while IFS=$tab read -r name declared_role declared_upstream declared_address declared_slot \
    declared_link; do
    if [ "$name" = "$1" ]; then
      if [ "$declared_upstream" = - ]; then declared_upstream=; fi
      if [ "$declared_slot" = - ]; then declared_slot=; fi
      return 0
    fi
  done <"$scripts/nodes"
  declared_role='' declared_upstream='' declared_address='' declared_slot='' declared_link=''
  return 1
}

node_names() {
  sed -n "s/^\([^#$tab][^$tab]*\)$tab.*/\1/p" "$scripts/nodes"
}

declared_primary() {
  sed -n "s/^\([^$tab]*\)${tab}primary$tab.*/\1/p" "$scripts/nodes"
}

# upstream_of NODE PRIMARY: whom the node follows while PRIMARY is the actual primary. Whoever
# would follow the declared primary follows the actual one; a cascade stays as declared.
upstream_of() {
  look_up "$1" || return 1
  wished=$(declared_primary)
  if [ "$1" = "$2" ]; then
    echo
  elif [ "$1" = "$wished" ] || [ "$declared_upstream" = "$wished" ]; then
    echo "$2"
  else
    echo "$declared_upstream"
  fi
}

# After half a minute of silence a connection counts as broken. Else a copy whose upstream left
# without a word would wait for two hours.
link_limits="connect_timeout=10 keepalives_idle=15 keepalives_interval=5 keepalives_count=3"

# link_of NODE: how to reach it for replication, without what a command adds.
link_of() {
  look_up "$1" || return 1
  echo "$declared_link passfile=$passfile $link_limits"
}

# --- Actual -------------------------------------------------------------------

# state_get KEY: identifier, major, primary, timeline, began, written_by, written_at, reason.
state_get() {
  sed -n "s/^$1=//p" "$state/primary" 2>/dev/null || :
}

# write_state PRIMARY IDENTIFIER TIMELINE REASON
write_state() {
  printf '%s\n' "identifier=$2" "major=$(cat "$PGDATA/PG_VERSION")" "primary=$1" "timeline=$3" "written_by=$PGTOPO_NODE" \
    "written_at=$(date -u +%Y-%m-%dT%H:%M:%SZ)" "reason=$4" "began=$(own_beginning "$3")" | replace_file "$state/primary" durably &&
    flush "$state/primary" "$state"
}

# note_get NODE KEY: what the node wrote of itself.
note_get() {
  sed -n "s/^$2=//p" "$state/nodes/$1" 2>/dev/null || :
}

# note_self KEY VALUE…: changes these lines of this node's note, and the time.
note_self() {
  # Of a first start that ends before it has made any folder.
  [ -d "$state/nodes" ] || mkdir -p "$state/nodes" || return 0
  own_note=$state/nodes/$PGTOPO_NODE
  lock_note
  {
    seen=$(date +%s)
    keys='|seen|'
    printf 'seen=%s\n' "$seen"
    while [ $# -gt 1 ]; do
      printf '%s=%s\n' "$1" "$(printf '%s' "$2" | tr '\n\r' '  ')"
      keys="$keys$1|"
      shift 2
    done
    if [ -e "$own_note" ]; then
      while IFS= read -r line; do
        case $keys in
          *"|${line%%=*}|"*) ;;
          *) printf '%s\n' "$line" ;;
        esac
      done <"$own_note"
    fi
  } | replace_file "$own_note" || :
  rmdir "$state/nodes/.lock.$PGTOPO_NODE" 2>/dev/null || :
}

# The health check and the entry point change the same note, and one of two at the same time
# would write what the other has just replaced. Who was killed does not unlock: after five
# seconds the lock is taken.
lock_note() {
  left=50
  until mkdir "$state/nodes/.lock.$PGTOPO_NODE" 2>/dev/null || [ "$left" = 0 ]; do
    left=$((left - 1))
    sleep 0.1
  done
}

# replace_file PATH [durably]: with what is read. A full disk leaves the old one; durably, so
# does a power failure, which may otherwise leave an empty one.
replace_file() {
  new=${1%/*}/.new.$PGTOPO_NODE.$$
  if cat >"$new" 2>/dev/null && { [ -z "${2:-}" ] || flush "$new"; } &&
    mv -f "$new" "$1" 2>/dev/null; then
    return 0
  fi
  rm -f "$new" 2>/dev/null || :
  return 1
}

# note_is_fresh NODE SECONDS: did it write its note within that time?
note_is_fresh() {
  last=$(note_get "$1" seen)
  [ -n "$last" ] && [ "$(($(date +%s) - last))" -le "$2" ]
}

# others_with_data: a line for each other node that is known to have a database.
others_with_data() {
  for file in "$state"/nodes/*; do
    [ -e "$file" ] || continue
    other=${file##*/}
    [ "$other" != "$PGTOPO_NODE" ] || continue
    known=$(note_get "$other" identifier)
    case $(note_get "$other" kind) in
      '' | empty) continue ;;
    esac
    [ -n "$known" ] || continue
    printf 'node "%s" has data of a %s: identifier %s, timeline %s, end of WAL %s\n' "$other" \
      "$(note_get "$other" kind)" "$known" "$(note_get "$other" timeline)" "$(note_get "$other" end)"
  done
}

# claim REASON: makes this node the actual primary, with the data it has.
claim() {
  write_state "$PGTOPO_NODE" "$(own_identifier)" "$(own_timeline)" "$1"
}

# may_claim: whether a node that was promoted by hand may call itself the primary. Not while
# the recorded one is there: then there are two, and the recorded one stays the primary. A
# promotion begins a new timeline; without a newer one nothing was promoted.
may_claim() {
  recorded=$(state_get primary)
  [ -n "$recorded" ] && [ "$recorded" != "$PGTOPO_NODE" ] || return 0
  [ "$(state_get identifier)" = "$(own_identifier)" ] || return 1
  [ "$(own_timeline)" -gt "$(state_get timeline)" ] || return 1
  if look_up "$recorded" && pg_isready -q -t 3 -d "$declared_link replication=yes"; then return 1; fi
}
