#!/bin/sh
# Rendered by pgtopo from topology.yml. Edit that file, not this one, and run "pgtopo render".
# What a data directory holds, and whether it can follow another node. Sourced after
# state.sh by the scripts that run in the containers.
#
# A promotion begins a new timeline at a switch point. Who has a record of the old
# timeline that begins at or behind that point has diverged: it has what the new primary
# lacks, and can never follow it. The control file does not tell where the WAL ends, so
# after a crash the records are read (pg_waldump).

# shellcheck disable=SC2034,SC2154 # of state.sh and replica.sh, and for them

control() {
  LC_ALL=C pg_controldata -D "$PGDATA" 2>/dev/null | sed -n "s/^$1: *//p"
}

own_identifier() {
  control "Database system identifier"
}

# What the data is: that of a primary, of a replica, of a restore from a backup, or none.
data_kind() {
  if ! is_database; then
    echo empty
  elif [ -e "$PGDATA/standby.signal" ]; then
    echo replica
  elif [ -e "$PGDATA/recovery.signal" ]; then
    echo restore
  else
    echo primary
  fi
}

is_database() {
  [ -s "$PGDATA/PG_VERSION" ]
}

# The newest timeline that has WAL here, or the control file's: right after a promotion
# the control file still has the old one.
own_timeline() {
  newest=$(control "Latest checkpoint's TimeLineID")
  for segment in "$PGDATA"/pg_wal/[0-9A-F]*; do
    segment=${segment##*/}
    [ "${#segment}" = 24 ] || continue
    timeline=$((0x${segment%????????????????}))
    if [ "$timeline" -gt "${newest:-0}" ]; then newest=$timeline; fi
  done
  echo "${newest:-0}"
}

# Where the last record of the own timeline begins; without one, the last checkpoint.
own_last_record() {
  timeline=$(own_timeline)
  size=$(control "Bytes per WAL segment")
  begin=$(lsn_number "$(control "Latest checkpoint's REDO location")")
  first=$(first_segment "$timeline" "$size")
  if [ -n "$first" ] && [ "$begin" -lt "$first" ]; then begin=$first; fi
  last=$(as_postgres env LC_ALL=C pg_waldump -p "$PGDATA/pg_wal" -t "$timeline" \
    -s "$(lsn_text "$begin")" 2>/dev/null | sed -n '$s/.*lsn: \([0-9A-F]*\/[0-9A-F]*\),.*/\1/p')
  # pg_waldump writes zeros in front.
  lsn_text "$(lsn_number "${last:-$(control "Latest checkpoint location")}")"
}

# Where the oldest segment of the timeline begins, as a number.
first_segment() {
  for segment in "$PGDATA/pg_wal/$(printf '%08X' "$1")"*; do
    segment=${segment##*/}
    [ "${#segment}" = 24 ] || continue
    rest=${segment#????????}
    echo "$(((0x${rest%????????} << 32) + 0x${rest#????????} * $2))"
    return
  done
}

# 0/3000148 as a number of bytes, and back.
lsn_number() {
  echo "$(((0x${1%/*} << 32) | 0x${1#*/}))"
}

lsn_text() {
  printf '%X/%X\n' "$(($1 >> 32 & 0xFFFFFFFF))" "$(($1 & 0xFFFFFFFF))"
}

# own_beginning TIMELINE: "PARENT LSN", where this node's timeline of that number began; empty for
# the first one. Two nodes that were promoted apart have timelines of the same number.
own_beginning() {
  history=$PGDATA/pg_wal/$(printf '%08X' "$1").history
  if [ -e "$history" ]; then beginning_in <"$history"; fi
}

# Of a history file, whose last line is about the parent.
beginning_in() {
  sed -n "s/^\(.*[|]\)\{0,1\}\([0-9][0-9]*\)[$tab ][$tab ]*\([0-9A-F]*\/[0-9A-F]*\)[$tab ].*/\2 \3/p" |
    tail -n 1
}

# judge_history NODE: can this node's data follow that one? Puts the answer into `verdict`:
# yes, away (it does not answer), refused (`answer` says why), foreign, diverged, or same (a
# primary's data, and a node of the same timeline). Sets their_identifier, their_timeline
# and, where timelines differ, switch_point and last_record.
judge_history() {
  link=$(link_of "$1") || { verdict=away && return; }
  their_identifier='' their_timeline='' switch_point='' last_record=''
  if ! answers; then verdict=away && return; fi
  if ! ask IDENTIFY_SYSTEM; then verdict=refused && return; fi
  their_identifier=${answer%%|*}
  their_timeline=${answer#*|}
  their_timeline=${their_timeline%%|*}
  if [ "$their_identifier" != "$(own_identifier)" ]; then verdict=foreign && return; fi
  mine=$(own_timeline)
  if [ "$their_timeline" = "$mine" ]; then
    verdict=yes
    if [ "$(data_kind)" = primary ]; then verdict=same; fi
    began_elsewhere || return 0
    verdict=diverged
    return
  fi
  verdict=diverged
  [ "$their_timeline" -gt "$mine" ] || return 0
  if ! ask "TIMELINE_HISTORY $their_timeline"; then verdict=refused && return; fi
  switch_point=$(printf '%s\n' "$answer" | switch_point_of "$mine")
  [ -n "$switch_point" ] || return 0
  last_record=$(own_last_record)
  if [ "$(lsn_number "$last_record")" -lt "$(lsn_number "$switch_point")" ] &&
    ! is_beyond "$(control "Minimum recovery ending location")" "$switch_point"; then
    verdict=yes
  fi
}

# Whether their timeline, of the same number as this node's, is another one.
began_elsewhere() {
  ours=$(own_beginning "$mine")
  [ -n "$ours" ] && ask "TIMELINE_HISTORY $mine" || return 1
  theirs=$(printf '%s\n' "$answer" | beginning_in)
  switch_point=${theirs#* }
  [ -n "$theirs" ] && [ "$ours" != "$theirs" ]
}

is_beyond() {
  [ "$(lsn_number "$1")" -gt "$(lsn_number "$2")" ]
}

# Of a timeline's history file, whose lines are "timeline TAB switch point TAB reason". psql
# writes the file's name before the first one.
switch_point_of() {
  sed -n "s/^\(.*[|]\)\{0,1\}$1[$tab ][$tab ]*\([0-9A-F]*\/[0-9A-F]*\)[$tab ].*/\2/p" | head -n 1
}

# What this node knows of its data, for its note.
note_data() {
  kind=$(data_kind)
  if [ "$kind" = empty ]; then
    note_self kind empty identifier '' timeline '' end '' major '' "$@"
  else
    note_self kind "$kind" identifier "$(own_identifier)" timeline "$(own_timeline)" \
      end "$(own_last_record)" major "$(cat "$PGDATA/PG_VERSION")" "$@"
  fi
}
