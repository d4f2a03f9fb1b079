#!/bin/sh
# Rendered by pgtopo from topology.yml. Edit that file, not this one, and run "pgtopo render".
# promote.sh NODE [--yes] [--accept-loss]: makes a replica the primary. The present primary is
# stopped first, the state then names NODE, and only then NODE becomes writable: there
# are never two. The old primary starts again as a replica. Asks before; with --yes
# it does not.
#
# Killed at any step, it can be run again with the same NODE, and finishes.
#
# --accept-loss: even if NODE lacks WAL that the old primary or another replica has, or
# nobody can tell whether it does. Also where NODE was promoted beside a primary that
# runs: its data is what counts from then on.
set -eu

folder=$(cd "$(dirname "$0")/.." && pwd)
# shellcheck source=topology.sh
. "$folder/scripts/topology.sh"
# shellcheck source=operations.sh
. "$folder/scripts/operations.sh"

# shellcheck disable=SC2034 # for usage
usage_options="[--accept-loss]"

# shellcheck disable=SC2154 # set by the two
main() {
  read_arguments --accept-loss "$@"
  require_state
  old=$actual
  if [ -z "$old" ]; then
    claim_without_state
  elif [ "$old" = "$node" ]; then
    finish
  else
    writable=no
    require_replica
    [ "$writable" != no ] || require_streaming
    ask
    stop_primary
    if [ "$writable" = stopped ]; then
      claim_stopped
    else
      [ "$writable" = yes ] || require_all_wal
      record
      promote
    fi
  fi
  start_others
  say_what_to_write
}

# --- Before anything changes --------------------------------------------------

require_replica() {
  case $(in_recovery "$node") in
    t) ;;
    f)
      writable=yes
      [ "$accept_loss" = yes ] ||
        give_up "\"$node\" is writable, and the actual primary is \"$old\": there are two" \
          "scripts/rejoin.sh $node makes it a replica again, and loses what it alone has. To lose what" \
          "\"$old\" has since they parted instead, run this with --accept-loss."
      return
      ;;
    *)
      # Data that waits for a primary that will never come back may be the last there is.
      if [ "$accept_loss" = no ] || [ -n "$(in_recovery "$old")" ]; then
        give_up "\"$node\" does not answer: only a replica that runs can be promoted" \
          "Its data: $(inspect "$node" && describe "$node")." \
          "Start it with \"docker compose up -d $node\", or see scripts/status.sh. If \"$old\" is lost for ever," \
          "run this with --accept-loss, and \"$node\" becomes the primary with the data that it has."
      fi
      writable=stopped
      stop_node "$node"
      inspect "$node"
      if [ -n "$is_old" ] || [ "$kind" = empty ]; then
        give_up "$(describe "$node"): it cannot be the primary"
      fi
      [ "$identifier" = "$(state_of identifier)" ] ||
        give_up "\"$node\" has another database than this topology: $(describe "$node")"
      echo "$(describe "$node"). What \"$old\" has beyond that is lost."
      return
      ;;
  esac
  inspect "$node"
  [ "$identifier" = "$(state_of identifier)" ] ||
    give_up "\"$node\" has another database than this topology" \
      "Its identifier is $identifier, the state's $(state_of identifier)."
  [ -z "$(sql "$node" "SELECT 1 WHERE pg_get_wal_replay_pause_state() <> 'not paused'")" ] ||
    give_up "replay is paused on \"$node\": it would lack what it has received" \
      "Run SELECT pg_wal_replay_resume() there, or see scripts/status.sh."
}

# Better said while the primary still runs.
require_streaming() {
  [ "$(in_recovery "$old")" = f ] || return 0
  [ "$(sql "$node" "SELECT status FROM pg_stat_wal_receiver")" = streaming ] ||
    [ "$accept_loss" = yes ] || give_up "\"$node\" does not stream: it would lack what \"$old\" has" \
      "scripts/status.sh says why. Nothing was changed."
}

ask() {
  echo "\"$old\" is the primary. It is stopped, \"$node\" becomes the primary, and \"$old\" starts again"
  echo "as its replica. Applications cannot write meanwhile."
  if [ "$writable" = no ] && [ "$(in_recovery "$old")" = f ]; then
    lag=$(bytes_between "$(data_of replayed)" "$(sql "$old" "SELECT pg_current_wal_lsn()")")
    echo "\"$node\" is $lag bytes behind."
  fi
  [ "$yes" = yes ] || confirm yes
}

# --- The way ------------------------------------------------------------------

stop_primary() {
  if [ "$(container_state "$old")" = none ]; then return; fi
  say "stopping \"$old\""
  stop_node "$old"
}

# A primary that is stopped sends everything to the replicas that stream, and waits for it.
require_all_wal() {
  replayed=$(sql "$node" "SELECT pg_last_wal_replay_lsn()") || replayed=
  position_of_old
  if [ -z "$wanted" ]; then
    accept_or_give_up "nobody can tell how much WAL \"$old\" has: $(describe "$old")"
  # A position says nothing on another timeline: a node that diverged may even be ahead.
  elif [ "$(newest_timeline)" != "$timeline" ]; then
    accept_or_give_up "\"$node\" has nothing of timeline $timeline, where \"$old\" is: it lacks what was written there"
    replayed=''
  else
    wait_for_replay || accept_or_give_up \
      "\"$node\" lacks at least $(bytes_between "$replayed" "$wanted") bytes of WAL that \"$old\" has: it has replayed up to $replayed, and the last record begins at $wanted"
  fi
  for other in $(declared_nodes); do
    case $other in "$node" | "$old") continue ;; esac
    [ "$(note_of "$other" identifier)" = "$(state_of identifier)" ] || continue
    # On another timeline than the primary's its position says nothing: it may have diverged.
    [ "$(note_of "$other" timeline)" = "$(state_of timeline)" ] || continue
    ahead=$(bytes_between "$replayed" "$(note_of "$other" end)")
    [ "${ahead:-0}" = 0 ] || accept_or_give_up \
      "\"$other\" has at least $ahead bytes of WAL that \"$node\" lacks" \
      "Promote \"$other\" instead, and nothing is lost."
  done
}

position_of_old() {
  wanted=''
  if is_declared "$old"; then inspect "$old"; else kind='' is_old=''; fi
  if [ "$kind" = primary ] && [ -z "$is_old" ] && [ "$identifier" = "$(state_of identifier)" ]; then
    wanted=$end
  fi
}

# The newest one that the node has WAL of.
newest_timeline() {
  in_node "$node" sh -c '. /pgtopo/scripts/container.sh; own_timeline'
}

# Until the last record, which begins at `wanted`, is replayed, or nothing more comes.
wait_for_replay() {
  replayed=$(sql "$node" "SELECT pg_last_wal_replay_lsn()")
  idle=0
  # A node that does not answer has shown nothing; dash would take no number for a no.
  while [ -z "$replayed" ] || [ "$(position "$replayed")" -le "$(position "$wanted")" ]; do
    [ "$idle" -lt 10 ] || return 1
    sleep 1
    before=$replayed
    replayed=$(sql "$node" "SELECT pg_last_wal_replay_lsn()")
    if [ "$replayed" = "$before" ]; then idle=$((idle + 1)); else idle=0; fi
  done
}

accept_or_give_up() {
  if [ "$accept_loss" = yes ]; then
    say "$1; going on, as --accept-loss says"
    return
  fi
  fact=$1
  shift
  give_up "$fact" "$@" "Nothing was promoted. \"$old\" is stopped: \"docker compose up -d $old\" starts it as before." \
    "To promote \"$node\" all the same, and lose that, run this again with --accept-loss."
}

claim_stopped() {
  one_off "$node" claim promote.sh || give_up "cannot write the state; nothing was promoted"
  finish
}

# The fence: from here on no other node becomes writable, whatever starts.
record() {
  # shellcheck disable=SC2016 # the container's variables
  in_node "$node" sh -c 'set -e; . /pgtopo/scripts/container.sh
    claim promote.sh' || give_up "cannot write the state; nothing was promoted" \
    "\"$old\" is stopped: \"docker compose up -d $old\" starts it as before."
}

promote() {
  say "promoting \"$node\""
  [ "$(in_recovery "$node")" = f ] || sql "$node" "SELECT pg_promote(true, 60)" >/dev/null || :
  deadline=$(($(date +%s) + 60))
  until [ "$(in_recovery "$node")" = f ]; do
    [ "$(date +%s)" -lt "$deadline" ] || give_up "\"$node\" is not promoted yet" \
      "It may be replaying still: see its log. Run this again, and it goes on."
    sleep 1
  done
  # Once more, for the timeline.
  record
  require_state
  [ "$(state_of primary)" = "$node" ] || give_up "the state names another primary: \"$actual\"" \
    "Was it changed meanwhile? See scripts/status.sh."
  say "\"$node\" is the primary, on timeline $(state_of timeline)"
}

# The state names NODE already: an earlier run did not come to its end, or all is done.
finish() {
  case $(container_state "$node") in
    running) ;;
    *)
      say "the state names \"$node\" as the primary: starting it"
      compose up -d "$node" || :
      ;;
  esac
  deadline=$(($(date +%s) + 60))
  until [ -n "$(in_recovery "$node")" ]; do
    [ "$(date +%s)" -lt "$deadline" ] || give_up "\"$node\" does not answer: $(note_of "$node" problem)" \
      "$(note_of "$node" hint)"
    sleep 1
    read_state || :
  done
  if [ "$(in_recovery "$node")" = f ]; then
    say "\"$node\" is the actual primary already"
  else
    no_other_is_writable
    promote
  fi
}

no_other_is_writable() {
  for other in $(declared_nodes); do
    [ "$other" != "$node" ] || continue
    [ "$(in_recovery "$other")" != f ] || stop_node "$other"
  done
}

# --- Without a state ----------------------------------------------------------

# Nobody recorded who the primary is, and this node's data is a primary's.
claim_without_state() {
  case $(container_state "$node") in
    running)
      case $(in_recovery "$node") in
        t) give_up "nobody recorded who the primary is, and \"$node\" is a replica" \
          "Start the node whose data is the primary's, or name it here." ;;
      esac
      ;;
    *) stop_node "$node" ;;
  esac
  inspect "$node"
  case $kind in
    primary | restore) ;;
    *) give_up "$(describe "$node"): it cannot be the primary as it is" ;;
  esac
  echo "Nobody recorded who the primary is. From now on it is the first of these:"
  echo "  $(describe "$node")"
  for other in $(declared_nodes); do
    [ "$other" = "$node" ] || (inspect "$other" && echo "  $(describe "$other")")
  done
  echo "The others become its replicas, if they are not ahead of it or another database."
  [ "$yes" = yes ] || confirm yes
  if [ "$(container_state "$node")" = running ]; then
    record
  else
    one_off "$node" claim promote.sh || give_up "cannot write the state"
  fi
  say "the state names \"$node\" as the primary"
  compose up -d "$node" || :
  old=''
  finish
}

# --- The others ---------------------------------------------------------------

start_others() {
  require_state
  problems=0
  for other in $(declared_nodes); do
    [ "$other" != "$node" ] || continue
    # Others that are stopped were stopped by somebody who knows why.
    if [ "$other" != "$old" ] && [ "$(note_of "$other" kind)" != primary ] &&
      [ "$(container_state "$other")" != running ]; then continue; fi
    upstream=$(upstream_of "$other")
    if starts_following "$other" "$upstream"; then
      say "\"$other\" follows \"$upstream\""
    else
      problems=1
    fi
  done
  drop_old_slots
}

# What keeps WAL for a node that follows another one now would keep it for ever.
drop_old_slots() {
  for other in $(declared_nodes); do
    [ "$other" != "$node" ] || continue
    names=
    for owner in $(declared_nodes); do
      [ "$(upstream_of "$owner")" = "$other" ] || names="$names, '$(declared "$owner" 5)'"
    done
    sql "$other" "SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots
      WHERE slot_name IN (${names#, }) AND NOT active" >/dev/null 2>&1 || :
  done
}

say_what_to_write() {
  declared=$(declared_primary)
  if [ "$declared" != "$node" ]; then
    say "the topology still declares \"$declared\" as the primary" \
      "Write \"role: primary\" for \"$node\" and \"role: replica\" for \"$declared\", run \"pgtopo render\"," \
      "and the files say what is so. Nothing restarts for it."
  fi
  exit "$problems"
}

main "$@"
