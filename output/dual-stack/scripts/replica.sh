#!/bin/sh
# Rendered by pgtopo from topology.yml. Edit that file, not this one, and run "pgtopo render".
# The way to an upstream, the replication slot there, and the copy: sourced after
# state.sh and history.sh by the scripts that run in the containers.
#
# Passwords come from the password file alone, so that no command line, which
# every process of a host may read, has one.

# shellcheck disable=SC2034,SC2154 # of the other scripts, and for them

# A connection for replication, which an HBA record lets in: others would fill the
# upstream's log with refusals.
answers() {
  as_postgres pg_isready -q -t 3 -d "$link replication=yes"
}

# Puts what the upstream says to a replication command into `answer`: its answer,
# or why there is none.
ask() {
  if answer=$(as_postgres env LC_ALL=C timeout 60 psql -XAtqw -v VERBOSITY=verbose \
    -d "$link replication=yes" -c "$1" 2>"$runtime/refusal.$$"); then
    rm -f "$runtime/refusal.$$"
    return
  fi
  answer=$(cat "$runtime/refusal.$$")
  rm -f "$runtime/refusal.$$"
  return 1
}

# follow UPSTREAM: sets `upstream` (its name), `link` to it, `slot` of this node, and `them`
# for messages.
follow() {
  upstream=$1
  look_up "$PGTOPO_NODE" && slot=$declared_slot
  look_up "$upstream" ||
    fail "the actual primary is node \"$upstream\", which the topology does not declare" \
      "Declare it again, or make another node with its data the primary: scripts/promote.sh NODE."
  link="$declared_link passfile=$passfile $link_limits"
  them="\"$upstream\" ($declared_address)"
}

# explain_refusal COMMAND: gives `answer` to COMMAND, with what it means.
explain_refusal() {
  case $answer in
    *"password authentication failed"*)
      "$1" "upstream $them refused the password of \"$REPLICATION_USER\":" "$answer" \
        "A database keeps the passwords of its first start. Change the role's with" \
        "ALTER ROLE on the primary, or give this node the password that is valid there." ;;
    *"pg_hba.conf"*)
      "$1" "no HBA record of upstream $them lets \"$REPLICATION_USER\" in from here:" \
        "$answer" "Records for the database \"all\" do not cover replication." ;;
    *"number of requested standby connections"*)
      "$1" "upstream $them has no WAL sender left:" "$answer" "Raise max_wal_senders there." ;;
    *"start walsender"* | *"start WAL sender"*)
      "$1" "\"$REPLICATION_USER\" has not the replication attribute on $them:" "$answer" ;;
    *certificate* | *SSL*)
      "$1" "no TLS connection to upstream $them:" "$answer" ;;
    *)
      "$1" "upstream $them refused the connection:" "$answer" ;;
  esac
}

# explain_verdict COMMAND: the same for what judge_history found.
explain_verdict() {
  case $verdict in
    refused) explain_refusal "$1" ;;
    foreign)
      "$1" "the data is not a copy of upstream $them: system identifier $(own_identifier), its own is $their_identifier" \
        "Was the primary made anew? Nothing was deleted. To throw away this node's data and copy" \
        "the upstream, run scripts/recopy.sh $PGTOPO_NODE."
      ;;
    *)
      "$1" "the data has diverged from upstream $them, which is on timeline $their_timeline${switch_point:+ since $switch_point}" \
        "This node is on timeline $(own_timeline), and its last WAL record${last_record:+ begins at $last_record,} is not in the upstream." \
        "Nothing was deleted. scripts/rejoin.sh $PGTOPO_NODE shows what would be lost, and makes it a replica again."
      ;;
  esac
}

check_upstream() {
  ask IDENTIFY_SYSTEM || explain_refusal fail
  their_identifier=${answer%%|*}
  ask "SHOW server_version_num" || explain_refusal fail
  theirs=$((answer / 10000))
  ours=$(own_major)
  [ "$theirs" = "$ours" ] ||
    fail "upstream $them runs PostgreSQL $theirs, and this node PostgreSQL $ours" \
      "Physical replication needs one major version. Give both nodes the same image."
}

# --- The slot -------------------------------------------------------------------

# slot_on_upstream: sets `slot_state` to absent, lost, reserved or unknown. Before PostgreSQL
# 15 nobody can look at a slot through a replication connection.
slot_on_upstream() {
  slot_state=unknown
  [ "$(own_major)" -ge 15 ] || return 0
  ask "READ_REPLICATION_SLOT \"$slot\"" || return 1
  case $answer in
    '||') slot_state=absent ;;
    'physical||'*) slot_state=lost ;;
    'physical|'*) slot_state=reserved ;;
  esac
}

# Makes the slot where it is missing: an upstream that is a new copy itself has none. Looks
# first, so that the upstream logs no error in ordinary life.
provide_slot() {
  [ -n "$slot" ] || return 0
  slot_on_upstream || return 1
  case $slot_state in reserved | lost) return 0 ;; esac
  ask "CREATE_REPLICATION_SLOT \"$slot\" PHYSICAL RESERVE_WAL" && return
  case $answer in
    *42710:*) ;; # duplicate_object
    *) return 1 ;;
  esac
}

# For a fresh copy, whatever an old slot kept is of no use; one that lost its
# WAL would even be in the way. The sender of a copy that was killed may hold
# the slot until it notices.
renew_slot() {
  [ -n "$slot" ] || return 0
  slot_on_upstream || fail "cannot read replication slot \"$slot\" on $them:" "$answer"
  tries=0
  until [ "$slot_state" = absent ] || ask "DROP_REPLICATION_SLOT \"$slot\""; do
    case $answer in
      *42704:*) break ;; # undefined_object: there was none
      *55006:*) ;;       # object_in_use
      *) fail "cannot drop replication slot \"$slot\" on $them:" "$answer" ;;
    esac
    tries=$((tries + 1))
    if [ "$tries" -gt 18 ]; then
      fail "replication slot \"$slot\" on $them is in use by another receiver:" "$answer" \
        "Is another node running with this node's data or name?"
    fi
    note "waiting until replication slot \"$slot\" on $them is free"
    pause 5
  done
  provide_slot || fail "cannot make replication slot \"$slot\" on $them:" "$answer"
}

# --- The copy -------------------------------------------------------------------

# Nothing takes the copy for a database before it is whole: it grows in a folder of its own,
# and the marker goes when all is in place.
#
# The copy does not use the slot, which was made before and holds the WAL meanwhile: a
# receiver with a slot acknowledges what it wrote, and would count as a synchronous
# standby (under a name of its own, too, if synchronous_standby_names is '*').
copy_upstream() {
  note "copying upstream $them"
  copy=$PGDATA/.pgtopo-copy
  write_marker "$copying" "identifier=$their_identifier"
  note_self phase copying upstream "$upstream" progress 0 total '' streamed no problem '' hint '' \
    refusal '' refusal_hint ''
  copy_log=$runtime/copy
  : >"$copy_log"
  # In the background, since a shell handles signals only while it waits.
  as_postgres env LC_ALL=C pg_basebackup -w -D "$copy" -F p -X stream -c fast --no-slot \
    --progress -d "$link application_name=pgtopo-copy" 2>"$copy_log" &
  child=$!
  trap 'kill "$child" 2>/dev/null || :; exit 143' TERM INT
  said=$(date +%s)
  while kill -0 "$child" 2>/dev/null; do
    note_copied
    pause 1
  done
  if ! wait "$child"; then
    answer=$(tr '\r' '\n' <"$copy_log" | grep -v '^ *[0-9]*/[0-9]* kB' | tail -n 5)
    fail "cannot copy upstream $them:" "$answer"
  fi
  trap 'exit 143' TERM INT
  # Another node's notes about its own data are none of ours.
  rm -f "$copy"/.pgtopo-*
  as_postgres touch "$copy/standby.signal"
  rm -f "$copy/recovery.signal"
  for entry in "$copy"/* "$copy"/.[!.]*; do
    [ ! -e "$entry" ] || mv "$entry" "$PGDATA/"
  done
  rmdir "$copy"
  remove_marker "$copying"
  note "the copy is complete"
}

# What pg_basebackup says, "  12345/67890 kB (18%), 0/1 tablespace" ten times a second at
# most, as this node's progress, and every ten seconds as a line of the log.
note_copied() {
  progress=$(tail -c 300 "$copy_log" | tr '\r' '\n' |
    sed -n 's/^ *\([0-9]*\)\/\([0-9]*\) kB.*/\1 \2/p' | tail -n 1)
  [ -n "$progress" ] || return 0
  note_self progress "$((${progress% *} * 1024))" total "$((${progress#* } * 1024))"
  now=$(date +%s)
  if [ "$((now - said))" -ge 10 ]; then
    said=$now
    note "copying upstream $them: ${progress% *} of ${progress#* } kB"
  fi
}

# wait_for_upstream: as long as it takes. The health check gives up when neither this node
# nor the other does visible work. An upstream that answers at once hides no reason of the last
# start: of a node that refuses again and again it is the one thing to know.
wait_for_upstream() {
  begin=$(date +%s)
  said=0
  note_self phase waiting upstream "$upstream" problem '' hint ''
  until answers; do
    waited=$(($(date +%s) - begin))
    [ "$waited" -lt 10 ] || note_self refusal '' refusal_hint ''
    if [ "$waited" -ge "$said" ]; then
      note "waiting for upstream $them ($waited s)"
      said=$((waited + 10))
    fi
    note_self
    pause 1
  done
}
