#!/bin/sh
# Rendered by pgtopo from topology.yml. Edit that file, not this one, and run "pgtopo render".
# A replica's part of entrypoint.sh, which sources it: the way to the upstream,
# the replication slot there, and the copy.
#
# Passwords come from the password file alone, so that no command line, which
# every process of a host may read, has one.

# Set by entrypoint.sh: runtime, passfile, copying.
# shellcheck disable=SC2154

prepare_replica() {
  upstream="\"$PGTOPO_UPSTREAM\" ($PGTOPO_UPSTREAM_ADDRESS)"
  link="$PGTOPO_UPSTREAM_CONNINFO passfile=$passfile connect_timeout=10"
  if ! is_database; then
    refuse_foreign_files
    wait_for_upstream
    check_upstream
    renew_slot
    copy_upstream
  elif [ -e "$PGDATA/standby.signal" ]; then
    greet_upstream
  else
    note "this node was promoted: it stays as it is, and follows nobody"
  fi
  forget_passwords
}

# Nothing takes the copy for a database before it is whole: it grows in a folder
# of its own, and the marker goes when all is in place.
copy_upstream() {
  note "copying upstream $upstream"
  copy=$PGDATA/.pgtopo-copy
  : >"$copying"
  own "$copying"
  set -- -w -D "$copy" -F p -X stream -c fast -d "$link application_name=$PGTOPO_NODE"
  if [ -n "${PGTOPO_SLOT:-}" ]; then set -- "$@" -S "$PGTOPO_SLOT"; fi
  # In the background, since a shell handles signals only while it waits.
  as_postgres env LC_ALL=C pg_basebackup "$@" &
  child=$!
  trap 'kill "$child" 2>/dev/null || :; exit 143' TERM INT
  wait "$child" || fail "cannot copy upstream $upstream; the reason stands above"
  trap 'exit 143' TERM INT
  as_postgres touch "$copy/standby.signal"
  for entry in "$copy"/* "$copy"/.[!.]*; do
    [ ! -e "$entry" ] || mv "$entry" "$PGDATA/"
  done
  rmdir "$copy"
  sync
  rm -f "$copying"
  note "the copy is complete"
}

wait_for_upstream() {
  begin=$(date +%s)
  progress=0
  until answers; do
    waited=$(($(date +%s) - begin))
    if [ "$waited" -ge 300 ]; then
      fail "upstream $upstream was not reachable for 5 minutes" \
        "Is the node running, and in the same network? See its log."
    fi
    if [ "$waited" -ge "$progress" ]; then
      note "waiting for upstream $upstream ($waited s)"
      progress=$((waited + 10))
    fi
    pause 1
  done
}

# As a replication connection, which an HBA record lets in: others would fill the
# upstream's log with refusals.
answers() {
  as_postgres pg_isready -q -t 3 -d "$link replication=yes"
}

check_upstream() {
  ask IDENTIFY_SYSTEM || explain_refusal fail
  ask "SHOW server_version_num" || explain_refusal fail
  theirs=$((answer / 10000))
  ours=$(postgres -V | sed 's/[^0-9]*\([0-9]*\).*/\1/')
  [ "$theirs" = "$ours" ] ||
    fail "upstream $upstream runs PostgreSQL $theirs, and this node PostgreSQL $ours" \
      "Physical replication needs one major version. Give both nodes the same image."
}

# With data at hand nothing here is a reason not to start: the server goes on
# asking for its upstream by itself, and can be read meanwhile. The exception is
# data that can never follow this upstream.
greet_upstream() {
  if ! answers; then
    note "upstream $upstream is not reachable: starting without it"
    return
  fi
  if ! ask IDENTIFY_SYSTEM; then
    explain_refusal note
    return
  fi
  identifier=$(own_system_identifier)
  if [ "${answer%%|*}" != "$identifier" ]; then
    fail "the data is not a copy of upstream $upstream: system identifier $identifier," \
      "its own is ${answer%%|*}. Was the primary made anew? Nothing was deleted." \
      "Throw away this replica's data, and it is copied again."
  fi
  create_slot || note "cannot make replication slot \"$PGTOPO_SLOT\" on $upstream: $answer"
}

# Puts what the upstream says to a replication command into `answer`: its answer,
# or why there is none.
ask() {
  if answer=$(as_postgres env LC_ALL=C psql -XAtqw -v VERBOSITY=verbose \
    -d "$link replication=yes" -c "$1" 2>"$runtime/refusal"); then return; fi
  answer=$(cat "$runtime/refusal")
  return 1
}

explain_refusal() {
  case $answer in
    *"password authentication failed"*)
      "$1" "upstream $upstream refused the password of \"$REPLICATION_USER\":" "$answer" \
        "A database keeps the passwords of its first start. Change the role's with" \
        "ALTER ROLE on the primary, or throw the data away with scripts/reset.sh." ;;
    *"pg_hba.conf"*)
      "$1" "no HBA record of upstream $upstream lets \"$REPLICATION_USER\" in from here:" \
        "$answer" "Records for the database \"all\" do not cover replication." ;;
    *"number of requested standby connections"*)
      "$1" "upstream $upstream has no WAL sender left:" "$answer" "Raise max_wal_senders there." ;;
    *"start walsender"* | *"start WAL sender"*)
      "$1" "\"$REPLICATION_USER\" has not the replication attribute on $upstream:" "$answer" ;;
    *certificate* | *SSL*)
      "$1" "no TLS connection to upstream $upstream:" "$answer" ;;
    *)
      "$1" "upstream $upstream refused the connection:" "$answer" ;;
  esac
}

# For a fresh copy, whatever an old slot kept is of no use; one that lost its
# WAL would even be in the way. The sender of a copy that was killed may hold
# the slot until it notices.
renew_slot() {
  [ -n "${PGTOPO_SLOT:-}" ] || return 0
  tries=0
  until ask "DROP_REPLICATION_SLOT \"$PGTOPO_SLOT\""; do
    case $answer in
      *42704:*) break ;; # undefined_object: there was none
      *55006:*) ;;       # object_in_use
      *) fail "cannot drop replication slot \"$PGTOPO_SLOT\" on $upstream:" "$answer" ;;
    esac
    tries=$((tries + 1))
    if [ "$tries" -gt 18 ]; then
      fail "replication slot \"$PGTOPO_SLOT\" on $upstream is in use by another receiver:" "$answer"
    fi
    note "waiting until replication slot \"$PGTOPO_SLOT\" on $upstream is free"
    pause 5
  done
  create_slot || fail "cannot make replication slot \"$PGTOPO_SLOT\" on $upstream:" "$answer"
}

# An upstream that was made anew has lost its slots.
create_slot() {
  [ -n "${PGTOPO_SLOT:-}" ] || return 0
  ask "CREATE_REPLICATION_SLOT \"$PGTOPO_SLOT\" PHYSICAL RESERVE_WAL" && return
  case $answer in
    *42710:*) ;; # duplicate_object
    *) return 1 ;;
  esac
}
