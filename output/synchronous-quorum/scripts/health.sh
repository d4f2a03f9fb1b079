#!/bin/sh
# Rendered by pgtopo from topology.yml. Edit that file, not this one, and run "pgtopo render".
# Health check of every node: health.sh [--now] [SECONDS], where SECONDS is how long the
# server may take to answer (default 3). Prints why a node is unhealthy, and ends with 1.
#
# Docker changes a container's state only when a check returns. So while work visibly goes on
# (a copy grows, the first initialisation runs, WAL is replayed) this one returns nothing and
# goes on looking, until it ends or stands still for a minute: `docker compose up --wait` waits
# as long as the work takes. With --now it does not wait.
#
# It also does what a running node needs now and then: it notes what it sees in the shared
# state, follows another upstream when another node is the actual primary, makes a slot
# again that is missing, and removes old WAL from the archive.
set -eu

# shellcheck source=container.sh
. "$(dirname "$0")/container.sh"
# shellcheck source=standby.sh
. "$scripts/standby.sh"

seconds=3
blocking=yes
# Seconds without progress that are too many.
patience=60

main() {
  for argument in "$@"; do
    case $argument in
      --now) blocking=no ;;
      *) seconds=$argument ;;
    esac
  done
  while true; do
    verdict='' problem='' hint='' token=''
    look
    case $verdict in
      healthy) conclude 0 ;;
      unhealthy) conclude 1 ;;
    esac
    if ! progresses; then
      problem="$problem (no progress for $patience s)"
      conclude 1
    fi
    note_self
    if [ "$blocking" = no ]; then conclude 1; fi
    sleep 1
  done
}

conclude() {
  note_self problem "$problem" hint "$hint"
  if [ -n "$problem" ]; then printf '%s\n' "$problem" "$hint" | sed '/^$/d'; fi
  exit "$1"
}

# working PROBLEM TOKEN: not healthy yet, and at work as long as the token changes.
working() {
  verdict=working problem=$1 token=$2
}

# The same, but what the last start ended with is said as long as this one may end so too.
working_after_refusal() {
  refusal=$(note_get "$PGTOPO_NODE" refusal)
  working "${refusal:-$1}" "$2"
  hint=$(note_get "$PGTOPO_NODE" refusal_hint)
}

unhealthy() {
  verdict=unhealthy problem=$1
  shift
  hint=$*
}

# From one check to the next, so that a node that stands still is unhealthy at once
# when the next one looks.
progresses() {
  now=$(date +%s)
  if [ "$token" != "$(cat "$runtime/probe-token" 2>/dev/null)" ]; then
    printf '%s\n' "$token" >"$runtime/probe-token"
    printf '%s\n' "$now" >"$runtime/probe-progress"
    return 0
  fi
  [ "$((now - $(cat "$runtime/probe-progress")))" -lt "$patience" ]
}

look() {
  phase=$(note_get "$PGTOPO_NODE" phase)
  if [ "$phase" = initialising ] && server_answers; then phase=running; fi
  case $phase in
    running) look_at_server ;;
    copying)
      working "the copy of the upstream is being made" "copy $(note_get "$PGTOPO_NODE" progress)"
      ;;
    waiting)
      waits_for=$(note_get "$PGTOPO_NODE" upstream)
      if works "$waits_for" 8; then token=$(date +%s); else token="waiting for $waits_for"; fi
      working_after_refusal "waiting for upstream \"$waits_for\"" "$token"
      ;;
    initialising)
      # The image's temporary server and the user's own scripts take what they take.
      if [ -e "$initializing" ] || [ -e "$initialized" ]; then token=$(date +%s); else token=$(ticks); fi
      working "the first initialisation is not done" "$token"
      ;;
    *)
      # Who refuses ends at once: the refusal is the last start's, and this one has not come
      # that far.
      working_after_refusal "the node is starting" "$(ticks)"
      ;;
  esac
}

# works NODE DEPTH: is it doing something that it will finish, or waiting for one that does?
works() {
  [ -n "$1" ] && [ "$2" -gt 0 ] && note_is_fresh "$1" 15 || return 1
  case $(note_get "$1" phase) in
    initialising | copying | starting) ;;
    waiting) works "$(note_get "$1" upstream)" "$(($2 - 1))" ;;
    *) return 1 ;;
  esac
}

# Grows when a process here works: half seconds of processor time, with what the startup
# process says that it reads.
ticks() {
  cat /proc/[0-9]*/stat 2>/dev/null |
    awk '{ sub(/.*\) /, ""); sum += $12 + $13 } END { printf "%d", sum / 50 }'
  tr '\0' ' ' 2>/dev/null <"/proc/$(startup_process)/cmdline" || :
}

startup_process() {
  grep -l '^postgres: .*startup ' /proc/[0-9]*/cmdline 2>/dev/null | sed 's/[^0-9]//g' |
    head -n 1 | grep . || echo self
}

# Over TCP: while the image initialises, its temporary server answers on the socket.
server_answers() {
  as_postgres pg_isready -q -h 127.0.0.1 -p "$PGPORT" -t "$seconds"
}

look_at_server() {
  answered=0
  server_answers || answered=$?
  case $answered in
    0) ;;
    1)
      working "the server is starting, and does not let anybody in yet" "$(ticks)"
      return
      ;;
    *)
      if [ -e "$runtime/probe-up" ]; then
        unhealthy "the server does not answer on port $PGPORT"
      else
        working "the server does not answer on port $PGPORT yet" "$(ticks)"
      fi
      return
      ;;
  esac
  : >"$runtime/probe-up"
  if ! facts=$(query); then
    # It lets nobody in over the socket, or all connections are taken: no more can be said.
    verdict=healthy
    problem="the health check cannot ask the server: $(tail -n 1 "$runtime/probe-error")"
    hint="Let the superuser in over the socket, for this check and for the scripts."
    return
  fi
  IFS='|' read -r in_recovery end replayed paused receiver <<END
$facts
END
  note_running
  actual=$(state_get primary)
  if [ "$in_recovery" = f ]; then look_at_primary; else look_at_standby; fi
}

query() {
  ask_server "SELECT r,
      CASE WHEN r THEN coalesce(pg_last_wal_receive_lsn(), pg_last_wal_replay_lsn())
        ELSE pg_current_wal_lsn() END,
      CASE WHEN r THEN pg_last_wal_replay_lsn() END,
      CASE WHEN r THEN pg_get_wal_replay_pause_state() END,
      (SELECT status FROM pg_stat_wal_receiver)
    FROM pg_is_in_recovery() AS r"
}

# The database is no argument, since psql takes "a=b" there for a connection string.
ask_server() {
  as_postgres env PGOPTIONS= PGCONNECT_TIMEOUT="$seconds" LC_ALL=C PGDATABASE="$POSTGRES_DB" \
    timeout "$seconds" psql -XAtqw -p "$PGPORT" -U "$POSTGRES_USER" -c "$1" 2>"$runtime/probe-error"
}

note_running() {
  if [ "$in_recovery" = f ]; then kind=primary; else kind=replica; fi
  if [ -e "$PGDATA/recovery.signal" ] && [ ! -e "$PGDATA/standby.signal" ]; then kind=restore; fi
  note_self phase running kind "$kind" identifier "$(own_identifier)" timeline "$(own_timeline)" \
    end "$end" major "$(cat "$PGDATA/PG_VERSION")"
}

# --- A node that is writable ------------------------------------------------------

look_at_primary() {
  # Once there were two, a restart of the recorded primary must not make the other one
  # the primary: only somebody who decides which data counts does.
  if [ "$actual" != "$PGTOPO_NODE" ] && [ ! -e "$beside" ] && may_claim; then
    if [ -n "$actual" ]; then claim promoted; else claim adopted; fi
    actual=$PGTOPO_NODE
  fi
  if write_role ''; then reload; fi
  if [ "$actual" = "$PGTOPO_NODE" ]; then
    rm -f "$beside"
    # After a promotion the control file was behind.
    if [ "$(state_get timeline)" != "$(own_timeline)" ]; then claim "$(state_get reason)"; fi
    prune_archive
    verdict=healthy
  elif [ "$(state_get identifier)" = "$(own_identifier)" ] &&
    [ "$(state_get timeline)" -gt "$(own_timeline)" ]; then
    # It was promoted while this node could not be reached. The next start finds out
    # whether this one can follow.
    unhealthy "\"$actual\" is the actual primary since timeline $(state_get timeline): this node stops writing" \
      "If it cannot follow, scripts/rejoin.sh $PGTOPO_NODE makes it a replica again."
    note_self problem "$problem" hint "$hint"
    kill -s INT 1
  else
    if touch "$beside"; then own "$beside"; fi
    unhealthy "this node is writable, and the actual primary is \"$actual\": there are two" \
      "Decide which data counts. scripts/rejoin.sh $PGTOPO_NODE makes this node a replica again;" \
      "scripts/promote.sh $PGTOPO_NODE makes it the primary."
  fi
}

reload() {
  kill -s HUP "$(head -n 1 "$PGDATA/postmaster.pid")"
}

# By age, at most every ten minutes. A .history file is small, and what a restore needs.
prune_archive() {
  [ -n "${PGTOPO_ARCHIVE_KEEP:-}" ] && [ -d /pgtopo/archive ] || return 0
  if [ -n "$(find "$runtime/probe-pruned" -mmin -10 2>/dev/null)" ]; then return 0; fi
  : >"$runtime/probe-pruned"
  find /pgtopo/archive -type f -mmin "+$PGTOPO_ARCHIVE_KEEP" | while IFS= read -r file; do
    name=${file##*/}
    case $name in
      *.history | *[!0-9A-Za-z.]*) continue ;;
      ????????????????????????) ;;
      ????????????????????????.????????.backup | ????????????????????????.partial) ;;
      *) continue ;;
    esac
    rm -f "$file"
  done
}

main "$@"
