#!/bin/sh
# What may be deleted, and what must not be touched: sourced by entrypoint.sh.
#
# Data goes only where a marker proves that it is this script's own unfinished work. A
# marker names the major, the path and the time of its beginning, and is written only
# after looking wherever the images would find another database. What does not fit its
# marker is left alone, and said. What changes reaches the disk before its marker changes, and
# the marker before what follows it, so that a power failure brings none back.
#
#   $state/initializing/NODE       from before initdb to the end of initialize.sh. Not beside
#                                  the data: initdb wants an empty folder
#   $PGDATA/.pgtopo-initializing   from initialize.sh on, with the identifier
#   $PGDATA/.pgtopo-copying        a copy is being made, with the upstream's identifier
#   $PGDATA/.pgtopo-recopy         somebody agreed to throw this data away for a new copy
#   $PGDATA/.pgtopo-rewinding      pg_rewind is at work, or did not finish
#   $PGDATA/.pgtopo-beside         this node was promoted while the recorded primary ran

# shellcheck disable=SC2034,SC2154 # of the other scripts, and for them
initializing=$state/initializing/$PGTOPO_NODE
initialized=${PGDATA:-}/.pgtopo-initializing
copying=${PGDATA:-}/.pgtopo-copying
recopy=${PGDATA:-}/.pgtopo-recopy
rewinding=${PGDATA:-}/.pgtopo-rewinding
beside=${PGDATA:-}/.pgtopo-beside

# write_marker FILE KEY=VALUE…
write_marker() {
  marker=$1
  shift
  mkdir -p "${marker%/*}"
  printf '%s\n' "major=$(own_major)" "path=$PGDATA" "begun=$(date +%s)" "$@" >"$marker.new"
  own "$marker.new"
  flush "$marker.new"
  mv -f "$marker.new" "$marker"
  flush "${marker%/*}"
}

# The work that it was about comes first to the disk, all of it.
remove_marker() {
  sync -f "$PGDATA" 2>/dev/null || sync
  rm -f "$@"
  for marker in "$@"; do
    if [ -d "${marker%/*}" ]; then flush "${marker%/*}"; fi
  done
}

marker_get() {
  sed -n "s/^$2=//p" "$1" 2>/dev/null || :
}

own_major() {
  postgres -V | sed 's/[^0-9]*\([0-9]*\).*/\1/'
}

# --- Other majors -------------------------------------------------------------

# The images up to 17 keep the database in the volume's root, later ones in
# <major>/docker. Looked for as deep as the images look, and before they are asked: what
# they would say of it is an error of the server, or nothing at all.
refuse_other_majors() {
  ours=$(own_major)
  if is_database; then
    theirs=$(cat "$PGDATA/PG_VERSION")
    [ "$theirs" = "$ours" ] || fail_for_major "$theirs" "$PGDATA"
    return 0
  fi
  volume=$PGDATA
  case $PGDATA in */docker) volume=${PGDATA%/*/docker} ;; esac
  for found in "$volume/PG_VERSION" "$volume"/*/PG_VERSION "$volume"/*/docker/PG_VERSION; do
    [ -s "$found" ] || continue
    # These are parts of a database, not databases.
    case $found in "$volume"/base/* | "$PGDATA/.pgtopo-copy/"*) continue ;; esac
    fail_for_major "$(cat "$found")" "${found%/PG_VERSION}"
  done
}

fail_for_major() {
  if [ "$1" = "$ours" ]; then
    fail "a database of PostgreSQL $1 is in \"$2\", and this node looks for it in \"$PGDATA\"" \
      "Nothing was changed. Move it there, or mount its folder as the images of this major do."
  fi
  fail "the data is PostgreSQL $1's, this node is $ours: \"$2\"" \
    "Nothing was changed. Write \"version: $1\" in the topology again, and render: the database" \
    "starts as it was. To go to $ours, dump it there (pg_dumpall) and restore the dump into a new" \
    "topology, or use pg_upgrade on a copy of the data."
}

# --- Unfinished work of an earlier start ----------------------------------------

discard_unfinished_data() {
  # Of a start that was killed while it wrote a marker.
  rm -f "$PGDATA"/.pgtopo-*.new
  if [ -e "$rewinding" ]; then
    fail "a rewind of this node's data did not finish" \
      "Run \"scripts/rejoin.sh $PGTOPO_NODE\" again."
  fi
  if [ -e "$copying" ]; then
    discard_copy
  elif [ -e "$initialized" ]; then
    refuse_unproved "$initialized" identifier
    discard_initialisation
  elif [ -s "$initializing" ]; then
    if is_database; then
      refuse_unproved "$initializing"
      discard_initialisation
    else
      refuse_other_path
      empty_data_directory
    fi
  elif is_database && [ ! -e "$PGDATA/global/pg_control" ]; then
    fail "the data directory holds no complete database: \"global/pg_control\" is missing" \
      "Nothing was deleted. Was its initialisation interrupted, or is a file system not mounted?"
  fi
  rm -f "$initializing"
}

discard_initialisation() {
  note "the first initialisation did not finish: it is thrown away and done again"
  # Nothing can have been copied from it: it never listened to the network.
  if [ "$(state_get identifier)" = "$(own_identifier)" ] &&
    [ "$(state_get reason)" = initialised ]; then rm -f "$state/primary"; fi
  empty_data_directory
}

discard_copy() {
  if is_database || [ -e "$PGDATA/global/pg_control" ]; then
    refuse_unproved "$copying" identifier
  elif [ -e "$recopy" ] || [ -e "$PGDATA/.pgtopo-copy" ] || has_nothing_but_markers; then
    refuse_other_path
  else
    fail "the marker of an unfinished copy lies beside files that are no copy: \"$copying\"" \
      "Nothing was deleted. Look at them, and remove the marker or the files."
  fi
  note "the copy of the upstream was interrupted: it is thrown away and made again"
  empty_data_directory
}

# refuse_unproved MARKER [identifier]: ends here unless the database is what the marker is
# about: of this major and path, and with that identifier or made since. The upper half of an
# identifier is the time of its initdb, in seconds. awk reads it, since the numbers of some
# shells end at 63 bits, and identifiers need the last one from 2038 on.
refuse_unproved() {
  found=$(own_identifier)
  if [ -n "${2:-}" ]; then
    if [ -z "$found" ] || [ "$(marker_get "$1" "$2")" = "$found" ]; then fits=yes; else fits=no; fi
    if [ -z "$(marker_get "$1" "$2")" ]; then fits=no; fi
  elif [ -z "$found" ]; then
    fits=yes
  else
    made=$(awk "BEGIN { printf \"%.0f\", int($found / 4294967296) }")
    if [ "$made" -ge "$(marker_get "$1" begun)" ]; then fits=yes; else fits=no; fi
  fi
  if [ "$fits" = yes ] && [ "$(marker_get "$1" path)" = "$PGDATA" ] &&
    { ! is_database || [ "$(marker_get "$1" major)" = "$(cat "$PGDATA/PG_VERSION")" ]; }; then
    return 0
  fi
  fail "\"$1\" says that work on the data did not finish, but it is not about this database:" \
    "identifier $found, PostgreSQL $(cat "$PGDATA/PG_VERSION" 2>/dev/null || echo unknown)." \
    "Nothing was deleted. If the database is whole, remove that file, and it starts as it is."
}

refuse_other_path() {
  for marker in "$initializing" "$copying"; do
    [ -s "$marker" ] || continue
    [ "$(marker_get "$marker" path)" = "$PGDATA" ] ||
      fail "\"$marker\" is about \"$(marker_get "$marker" path)\", and the data is in \"$PGDATA\"" \
        "Nothing was deleted. Remove that file when its work is not needed any more."
  done
}

has_nothing_but_markers() {
  for entry in "$PGDATA"/* "$PGDATA"/.[!.]*; do
    case $entry in
      */.pgtopo-* | */lost+found) ;;
      *) [ ! -e "$entry" ] || return 1 ;;
    esac
  done
}

# Markers go last, so that this can be interrupted too.
empty_data_directory() {
  for entry in "$PGDATA"/* "$PGDATA"/.[!.]*; do
    case $entry in
      "$copying" | "$initialized" | "$recopy" | */lost+found) ;;
      *) rm -rf "$entry" ;;
    esac
  done
  # An agreement alone would be a foreign file in an empty directory.
  remove_marker "$recopy" "$copying" "$initialized" "$initializing"
}

refuse_foreign_files() {
  for entry in "$PGDATA"/* "$PGDATA"/.[!.]*; do
    case $entry in
      */lost+found) continue ;;
    esac
    [ ! -e "$entry" ] || fail "the data directory holds files, but no database: \"$entry\"" \
      "Nothing was deleted. Node \"$PGTOPO_NODE\" starts when it is empty."
  done
}

# --- The archive ----------------------------------------------------------------

# A segment has its database's identifier in the bytes 24 to 31, in the machine's own order
# (XLogLongPageHeaderData of access/xlog_internal.h). With another database's WAL in the
# folder nothing could be archived, and replicas would read what is not theirs.
refuse_foreign_archive() {
  [ -d /pgtopo/archive ] || return 0
  for segment in /pgtopo/archive/[0-9A-F]*; do
    name=${segment##*/}
    if [ "${#name}" != 24 ] || [ ! -s "$segment" ]; then continue; fi
    theirs=$(od -A n -t u8 -j 24 -N 8 "$segment" | tr -d ' ')
    ours=${1:-$(own_identifier)}
    [ "$theirs" = "$ours" ] || fail \
      "the archive holds WAL of another database: its identifier is $theirs, this one's is $ours" \
      "Nothing was changed. Move the files of the archive away, or name another place in" \
      "\"archive\", and render. Do not delete them while you may need that database's backups."
    return 0
  done
}
