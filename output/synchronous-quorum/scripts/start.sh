#!/bin/sh
# Rendered by pgtopo from topology.yml. Edit that file, not this one, and run "pgtopo render".
# What a node becomes at its start: sourced by entrypoint.sh after the other scripts.
#
# The shared state names the actual primary. Declared roles decide only while there is
# none: at the first start, and for databases of renders that had no state.

# shellcheck disable=SC2034,SC2154 # of the other scripts, and for them

# Sets `next_phase`, and leaves the node ready for the image's entry point.
become() {
  next_phase=running
  look_up "$PGTOPO_NODE" || fail "\"$scripts/nodes\" does not name this node" \
    "Render the topology again, and do not edit the folder of the render."
  actual=$(state_get primary)
  if [ -z "$actual" ]; then
    become_without_state
  elif [ "$actual" = "$PGTOPO_NODE" ]; then
    become_primary
  else
    become_replica "$(upstream_of "$PGTOPO_NODE" "$actual")"
  fi
  if [ "$next_phase" = running ]; then forget_passwords; fi
}

# --- The actual primary ---------------------------------------------------------

become_primary() {
  case $(data_kind) in
    empty)
      others=$(others_with_data)
      fail "this node is the actual primary, and its data directory is empty" \
        "The database with the identifier $(state_get identifier) was here. ${others:-No other node is known to have data.}" \
        "Put the data back, or let another node be the primary: scripts/promote.sh NODE." \
        "To begin with a new database, run scripts/reset.sh."
      ;;
    replica)
      note "the promotion of this node did not finish: it starts as a standby of nobody" \
        "Run \"scripts/promote.sh $PGTOPO_NODE\" again."
      ;;
  esac
  refuse_other_identifier
  refuse_foreign_archive
  forget_agreement
  write_role '' || :
}

# A yes to throwing a replica's data away is none to throwing the primary's away, which it would
# be when this node is a replica the next time.
forget_agreement() {
  [ -e "$recopy" ] || return 0
  note "this node was to be copied anew; it is the primary now, and keeps its data"
  remove_marker "$recopy"
}

refuse_other_identifier() {
  [ "$(state_get identifier)" = "$(own_identifier)" ] ||
    fail "the data is another database: its identifier is $(own_identifier), the state's $(state_get identifier)" \
      "$(others_with_data)" "Nothing was changed. Put the data back that this topology ran with, or make this" \
      "node's data the topology's database: scripts/promote.sh $PGTOPO_NODE."
}

# --- A replica ------------------------------------------------------------------

become_replica() {
  follow "$1"
  case $(data_kind) in
    empty)
      refuse_foreign_files
      make_copy
      ;;
    replica)
      recopy_if_agreed
      greet_upstream
      ;;
    primary)
      recopy_if_agreed
      if [ "$(data_kind)" = primary ]; then follow_or_refuse; else greet_upstream; fi
      ;;
    restore)
      fail "the data is being restored (recovery.signal), and the actual primary is \"$actual\"" \
        "A restore ends as a primary. Run scripts/promote.sh $PGTOPO_NODE if it shall be the" \
        "primary, or throw this data away with scripts/recopy.sh $PGTOPO_NODE."
      ;;
  esac
  # The primary's, should this node be promoted; a replica may read it before.
  refuse_foreign_archive
  write_role "$upstream" || :
  note_data upstream "$upstream"
}

make_copy() {
  wait_for_upstream
  check_upstream
  renew_slot
  copy_upstream
}

# Somebody said yes to scripts/recopy.sh: this data goes when its upstream answers with
# the same database. The copy's own marker takes over before anything is deleted.
recopy_if_agreed() {
  [ -e "$recopy" ] || return 0
  [ "$(marker_get "$recopy" identifier)" = "$(own_identifier)" ] ||
    fail "\"$recopy\" agrees to throw away a database, but not this one" \
      "Nothing was deleted. Remove that file, and run scripts/recopy.sh $PGTOPO_NODE again."
  wait_for_upstream
  check_upstream
  [ "$(marker_get "$recopy" upstream)" = "$their_identifier" ] ||
    fail "upstream $them has another database than the one that this node was to copy" \
      "Nothing was deleted. Remove \"$recopy\", and run scripts/recopy.sh $PGTOPO_NODE again."
  reason=$(marker_get "$recopy" reason)
  agreed=${reason:+the topology says (recopy: automatic)}
  note "the data is thrown away for a new copy of upstream $them, as ${agreed:-agreed}" "$reason"
  write_marker "$copying" "identifier=$(own_identifier)"
  empty_data_directory
  make_copy
}

# A primary's data, fenced: it becomes a replica's where nothing is lost by that.
follow_or_refuse() {
  follow "$actual"
  wait_for_upstream
  judge_history "$actual"
  case $verdict in
    yes)
      note "the actual primary is $them: this node follows it from now on"
      as_postgres touch "$PGDATA/standby.signal"
      sync
      provide_slot || note "cannot make replication slot \"$slot\" on $them: $answer"
      ;;
    same) wait_for_promotion ;;
    *) explain_verdict fail ;;
  esac
  follow "$(upstream_of "$PGTOPO_NODE" "$actual")"
}

# The state names it, and it is on this node's timeline still: its promotion is under way,
# or was interrupted. Until it is done nobody can say who has what.
wait_for_promotion() {
  said=0
  while [ "$verdict" = same ]; do
    ask "SHOW in_hot_standby" || explain_refusal fail
    if [ "$answer" = off ]; then
      fail "upstream $them and this node are both primaries of timeline $their_timeline" \
        "Nothing was changed. Was this data restored from a backup? scripts/recopy.sh" \
        "$PGTOPO_NODE makes a new copy of the actual primary in its place."
    fi
    if [ "$said" = 0 ]; then
      note "waiting until \"$actual\" is promoted: run \"scripts/promote.sh $actual\" if it was interrupted"
      said=1
    fi
    note_self phase waiting problem '' hint '' refusal '' refusal_hint ''
    pause 1
    judge_history "$actual"
  done
  follow_or_refuse
}

# With data at hand nothing here is a reason not to start: the server goes on
# asking for its upstream by itself, and can be read meanwhile. The exception is
# data that can never follow.
greet_upstream() {
  judge_history "${actual:-$upstream}"
  case $verdict in
    foreign | diverged)
      follow "${actual:-$upstream}"
      explain_verdict fail
      ;;
  esac
  follow "$upstream"
  if ! answers; then
    note "upstream $them is not reachable: starting without it"
    return
  fi
  if ! ask IDENTIFY_SYSTEM; then
    explain_refusal note
    return
  fi
  provide_slot || note "cannot make replication slot \"$slot\" on $them: $answer"
}

# --- Without a state ------------------------------------------------------------

become_without_state() {
  case $declared_role:$(data_kind) in
    replica:empty | replica:replica) become_replica "$declared_upstream" ;;
    replica:*)
      fail "the data is a primary's, and this node is declared a replica" \
        "It does not become writable while nobody recorded it as the primary. If it is the one," \
        "run scripts/promote.sh $PGTOPO_NODE. If not, scripts/rejoin.sh $PGTOPO_NODE." \
        "$(others_with_data)"
      ;;
    primary:empty) initialise ;;
    primary:replica)
      fail "the data is a replica's, and this node is declared the primary" \
        "Nobody recorded who the primary is. Run scripts/promote.sh NODE with the one that has" \
        "all data. $(others_with_data)"
      ;;
    *) adopt ;;
  esac
}

# A database of an earlier render, or a state that was deleted.
adopt() {
  wait_for_notes
  for other in $(node_names); do
    [ "$other" != "$PGTOPO_NODE" ] || continue
    # A replica on a newer timeline is evidence, too: its upstream was promoted.
    if [ "$(note_get "$other" identifier)" = "$(own_identifier)" ] &&
      [ "$(note_get "$other" timeline)" -gt "$(own_timeline)" ]; then
      fail "another node was promoted: \"$other\" is on timeline $(note_get "$other" timeline), and this one on $(own_timeline)" \
        "Nobody recorded who the primary is. Run scripts/promote.sh with the node that was promoted," \
        "and this one follows it if it can. If it is lost: scripts/promote.sh $PGTOPO_NODE." "$(others_with_data)"
    fi
  done
  refuse_foreign_archive
  forget_agreement
  claim adopted
  actual=$PGTOPO_NODE
  note "this node is recorded as the actual primary"
  write_role '' || :
}

initialise() {
  wait_for_notes
  others=$(others_with_data)
  [ -z "$others" ] || fail "this node's data directory is empty, and others have a database:" \
    "$others" "Let one of them be the primary: scripts/promote.sh NODE. To begin with a new" \
    "database, run scripts/reset.sh."
  refuse_foreign_files
  refuse_foreign_archive "a new one"
  note "initialising a new database"
  write_marker "$initializing"
  # No standby exists yet: with synchronous_standby_names set, the first commit
  # would wait for ever. initialize.sh takes this back.
  export PGOPTIONS="${PGOPTIONS:+$PGOPTIONS }-c synchronous_commit=local"
  write_role '' || :
  next_phase=initialising
}

# All nodes start at once, and each writes first what it has. Those that are not started
# are not waited for; a machine under load may take its time to start one.
wait_for_notes() {
  patience=30
  while [ "$patience" -gt 0 ]; do
    missing=no
    for other in $(node_names); do
      # A node's first line says that it starts, and only a later one what it has.
      if ! note_is_fresh "$other" 60 || [ -z "$(note_get "$other" kind)" ]; then missing=yes; fi
    done
    [ "$missing" = yes ] || return 0
    patience=$((patience - 1))
    pause 1
  done
}

# --- Settings that a standby must match -----------------------------------------

# A standby refuses to start with less than its primary had (manual, "Hot Standby",
# "Administrator's Overview"): it gets the larger of what its control file says and what
# is configured. Prints arguments of the server.
standby_minimums() {
  [ -e "$PGDATA/standby.signal" ] || return 0
  for setting in max_connections max_worker_processes max_wal_senders \
    max_prepared_xacts:max_prepared_transactions max_locks_per_xact:max_locks_per_transaction; do
    needed=$(control "${setting%:*} setting")
    configured=$(configured "${setting#*:}" "$@") || configured=
    if [ -n "$needed" ] && [ -n "$configured" ] && [ "$needed" -gt "$configured" ]; then
      note "${setting#*:} is $configured, and the primary's was $needed: this start takes $needed" \
        "Restart this node once it has replayed the primary's change."
      printf '%s\n' -c "${setting#*:}=$needed"
    fi
  done
}

# configured NAME postgres ARGUMENT…: what the files and arguments make of a setting.
configured() {
  name=$1
  shift 2
  as_postgres postgres -C "$name" -D "$PGDATA" "$@" 2>/dev/null
}
