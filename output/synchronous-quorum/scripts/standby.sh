#!/bin/sh
# Rendered by pgtopo from topology.yml. Edit that file, not this one, and run "pgtopo render".
# What health.sh, which sources it, makes of a node that is in recovery: does it follow the
# actual primary, and if not, can it ever?

# shellcheck disable=SC2034,SC2154 # of health.sh and container.sh, and for them

look_at_standby() {
  if [ "$actual" = "$PGTOPO_NODE" ]; then
    if [ "$kind" = restore ]; then
      working "the restore is not done" "$replayed"
    else
      working "the promotion of this node is not done: nobody is writable" promotion
      hint="Was it interrupted? Then run \"scripts/promote.sh $PGTOPO_NODE\" again."
    fi
    return
  fi
  if [ "$kind" = restore ]; then
    working "the restore is not done" "$replayed"
    return
  fi
  look_up "$PGTOPO_NODE" || :
  upstream=$declared_upstream
  if [ -n "$actual" ]; then upstream=$(upstream_of "$PGTOPO_NODE" "$actual"); fi
  if ! look_up "${upstream:-none}"; then
    unhealthy "the actual primary is node \"$actual\", which the topology does not declare" \
      "Declare it again, or make another node the primary: scripts/promote.sh NODE."
    return
  fi
  follow "$upstream"
  note_self upstream "$upstream"
  change_upstream || return 0
  if [ "$paused" = paused ]; then
    unhealthy "replay is paused" \
      "Was a setting raised on the primary that a standby must match? Then restart this node:" \
      "it starts with the larger value. Else: SELECT pg_wal_replay_resume()."
  elif has_left; then
    :
  elif [ "$receiver" = streaming ] && goes_on_streaming; then
    rm -f "$runtime/probe-diagnosis" "$runtime/probe-since"
    [ -e "$runtime/probe-streamed" ] || drop_old_slots
    : >"$runtime/probe-streamed"
    note_self streamed yes
    verdict=healthy
  else
    find_reason
  fi
}

# Its upstream was promoted beside the actual primary, and this node has followed it into a
# history of its own. The state shows where that may be so; then the primary is asked, at most
# every five seconds, and what it said counts while it does not answer.
has_left() {
  mine=$(own_timeline) recorded=$(state_get timeline)
  [ -n "$recorded" ] || return 1
  if [ "$mine" -le "$recorded" ]; then
    began=$(state_get began)
    [ "$mine" = "$recorded" ] && [ -n "$began" ] || return 1
    ours=$(own_beginning "$mine")
    [ -n "$ours" ] && [ "$ours" != "$began" ] || return 1
  fi
  question="$mine $actual $recorded" now=$(date +%s) asked=0 left=no
  if [ "$(sed -n 1p "$runtime/probe-left" 2>/dev/null)" = "$question" ]; then
    asked=$(sed -n 2p "$runtime/probe-left") left=$(sed -n 3p "$runtime/probe-left")
  fi
  if [ "$((now - asked))" -ge 5 ]; then
    judge_history "$actual"
    case $verdict in
      diverged)
        follow "$actual"
        explain_verdict diagnose
        left=yes
        ;;
      yes) left=no ;;
    esac
    printf '%s\n' "$question" "$now" "$left" >"$runtime/probe-left"
  fi
  if [ "$left" = yes ] && say_diagnosis; then return 0; fi
  verdict=''
  follow "$upstream"
  return 1
}

# A receiver whose segment is gone on the upstream streams for a moment at each of its
# tries. Not asked twice of a node that streamed when it was last looked at.
goes_on_streaming() {
  if [ -e "$runtime/probe-streamed" ] && [ ! -e "$runtime/probe-since" ]; then return 0; fi
  sleep 1
  facts=$(query) && [ "${facts##*|}" = streaming ]
}

# After a change of roles a former primary has slots of nodes that do not follow it any
# more. They would keep its WAL for ever; a node that comes back makes its own again.
drop_old_slots() {
  for other in $(node_names); do
    look_up "$other"
    if [ "$other" = "$PGTOPO_NODE" ] || [ -z "$declared_slot" ] ||
      [ "$(upstream_of "$other" "${actual:-$upstream}")" = "$PGTOPO_NODE" ]; then continue; fi
    ask_server "SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots
      WHERE slot_name = '$declared_slot' AND slot_type = 'physical' AND NOT active" >/dev/null || :
  done
}

# The way to another upstream, when another node is the primary now or the topology moved
# this one. Not for a node that could not follow it: there it would ask in vain for ever.
change_upstream() {
  if [ -e "$runtime/probe-refused" ] && [ -n "$(find "$runtime/probe-refused" -mmin -1)" ]; then
    say_diagnosis && return 1
  fi
  rm -f "$runtime/probe-refused"
  cp "$role_file" "$role_file.old" 2>/dev/null || : >"$role_file.old"
  write_role "$upstream" || return 0
  judge_history "${actual:-$upstream}"
  case $verdict in
    foreign | diverged)
      mv -f "$role_file.old" "$role_file"
      follow "${actual:-$upstream}"
      explain_verdict diagnose
      : >"$runtime/probe-refused"
      return 1
      ;;
  esac
  verdict=''
  follow "$upstream"
  if answers; then provide_slot || :; fi
  kill -s HUP "$(head -n 1 "$PGDATA/postmaster.pid")"
}

# Not streaming. Asks the upstream at most every five seconds, since it logs each question
# that it refuses.
find_reason() {
  now=$(date +%s)
  [ -e "$runtime/probe-since" ] || echo "$now" >"$runtime/probe-since"
  if [ -e "$runtime/probe-diagnosis" ] &&
    [ "$((now - $(sed -n 1p "$runtime/probe-diagnosis")))" -lt 5 ]; then
    say_diagnosis && return
    verdict=''
  else
    diagnose_upstream
  fi
  if [ -n "$verdict" ]; then return; fi
  working "the node does not stream from upstream $them" "$end $replayed"
  hint="The upstream answers, and nothing there speaks against it yet. The logs of the two say what the servers do."
  # Short breaks belong to life: a node that has streamed since its start is healthy
  # through them.
  if [ -e "$runtime/probe-streamed" ] && progresses; then
    note_self problem "$problem"
    verdict=healthy
  fi
}

# diagnose PROBLEM HINT…: unhealthy, and so until the next look.
diagnose() {
  unhealthy "$@"
  {
    date +%s
    printf '%s' "$problem" | tr '\n' ' '
    echo
    printf '%s' "$hint" | tr '\n' ' '
    echo
  } >"$runtime/probe-diagnosis"
}

# Says again what was found; fails when that was nothing.
say_diagnosis() {
  problem=$(sed -n 2p "$runtime/probe-diagnosis" 2>/dev/null)
  hint=$(sed -n 3p "$runtime/probe-diagnosis" 2>/dev/null)
  [ -n "$problem" ] || return 1
  case $problem in
    "upstream "*" does not answer"*) away ;;
    *) verdict=unhealthy ;;
  esac
}

# An upstream that is away is its own trouble; a replica that has streamed can be read.
away() {
  if [ "$(note_get "$PGTOPO_NODE" streamed)" = yes ]; then
    verdict=healthy
  elif works "$upstream" 8; then
    working "$problem" "$(date +%s)"
  else
    working "$problem" away
  fi
}

diagnose_away() {
  diagnose "upstream $them does not answer" \
    "Start it, or see its log. If it cannot run any more, scripts/promote.sh NODE makes another" \
    "node the primary, and \"upstream\" in the topology says whom a replica follows."
  verdict=''
  away
}

diagnose_upstream() {
  if answers; then
    # What is found now counts for five seconds, and so does that nothing was found.
    printf '%s\n\n\n' "$(date +%s)" >"$runtime/probe-diagnosis"
    if ! ask IDENTIFY_SYSTEM; then
      refusal=$answer
      # It may have begun to shut down between the two.
      if answers; then
        answer=$refusal
        explain_refusal diagnose
        return
      fi
    fi
  fi
  judge_history "${actual:-$upstream}"
  case $verdict in
    foreign | diverged)
      follow "${actual:-$upstream}"
      explain_verdict diagnose
      return
      ;;
  esac
  judged=$verdict verdict=''
  follow "$upstream"
  if ! answers; then
    diagnose_away
    return
  fi
  renew_lost_slot || {
    diagnose "cannot make replication slot \"$slot\" on $them: $answer" \
      "This node cannot follow without it. Does another node have its name or its data?"
    return
  }
  # A receiver that was just begun needs no second opinion.
  if [ "$(($(date +%s) - $(cat "$runtime/probe-since")))" -ge 5 ] && upstream_lacks_wal; then
    say_wal_is_gone
  fi
}

# A slot that lost its WAL is of no use; whether the upstream has the WAL all the same is
# found out after it.
renew_lost_slot() {
  [ -n "$slot" ] || return 0
  slot_on_upstream || return 1
  if [ "$slot_state" = lost ]; then
    ask "DROP_REPLICATION_SLOT \"$slot\"" || return 1
  fi
  provide_slot
}

# upstream_lacks_wal: asks for the segment that this node needs next, as any receiver would:
# only the upstream's own answer counts. pg_receivewal goes on after the newest file in its
# folder, so it gets an empty one in the place of the segment before. Not when the archive
# has the segment: the server finds it there.
upstream_lacks_wal() {
  size=$(control "Bytes per WAL segment")
  position=$(lsn_number "$end")
  number=$((position / size))
  timeline=$(own_timeline)
  if [ -e "/pgtopo/archive/$(segment_name "$timeline" "$number" "$size")" ]; then return 1; fi
  folder=$runtime/probe-wal
  rm -rf "$folder"
  mkdir "$folder"
  before=$folder/$(segment_name "$timeline" "$((number - 1))" "$size")
  dd if=/dev/null of="$before" bs=1 seek="$size" 2>/dev/null
  # It would ask first for the timeline's history, which an upstream on a later timeline
  # need not have, if there were none here.
  history=$folder/$(printf '%08X' "$timeline").history
  : >"$history"
  own "$folder" "$before" "$history"
  said=$(as_postgres env LC_ALL=C timeout 10 pg_receivewal -w --no-loop -D "$folder" \
    -E "$(lsn_text "$((number * size + 1))")" \
    -d "$link application_name=pgtopo-probe" 2>&1) || :
  rm -rf "$folder"
  case $said in *"has already been removed"*) ;; *) return 1 ;; esac
}

# Of a timeline, a number counted from the first byte of WAL, and a size (access/xlog_internal.h,
# XLogFileName).
segment_name() {
  per_id=$((0x100000000 / $3))
  printf '%08X%08X%08X' "$1" "$(($2 / per_id))" "$(($2 % per_id))"
}

say_wal_is_gone() {
  diagnose "upstream $them no longer has the WAL that this node needs, from $end on" \
    "This node can never follow it again: run scripts/recopy.sh $PGTOPO_NODE, or write" \
    "\"recopy: automatic\" below \"replication\" in the topology."
  [ "${PGTOPO_RECOPY:-manual}" = automatic ] && nothing_is_lost || return 0
  hint="It is copied anew now, as the topology says (recopy: automatic)."
  write_marker "$recopy" "identifier=$(own_identifier)" "upstream=$their_identifier" "reason=$problem"
  note_self problem "$problem" hint "$hint"
  kill -s INT 1
}

# Whether all that this node has is known to be in the actual primary, and in the upstream that
# it would copy, which follows it.
nothing_is_lost() {
  [ "$judged" = yes ] || return 1
  [ "$upstream" != "${actual:-$upstream}" ] || return 0
  judge_history "$upstream"
  judged=$verdict verdict=unhealthy
  [ "$judged" = yes ] && ask "SHOW in_hot_standby" && [ "$answer" = on ]
}
