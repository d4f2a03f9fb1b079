#!/bin/sh
# Rendered by pgtopo from topology.yml. Edit that file, not this one, and run "pgtopo render".
# What is done with the data of a node that is stopped: sourced by entrypoint.sh for
# `docker compose run --rm -T --no-deps NODE pgtopo SUBCOMMAND`, which the scripts outside
# of the containers use. Each of them has asked before; nothing here asks.
#
#   state       what all nodes have noted
#   report      this node's data, and that
#   claim       makes this node the actual primary, with the data it has
#   recopy ID   marks the data to be replaced, at the next start, by a copy of database ID
#   rewind      makes data that diverged from the primary's a replica's again
#   erase [archive]   empties the data directory, and the archive with it

# Of the scripts that entrypoint.sh sources before.
# shellcheck disable=SC2154

command_main() {
  case ${1:-} in
    state) print_state ;;
    report)
      print_data
      print_state
      ;;
    claim) claim_data "${2:-promote.sh}" ;;
    recopy) mark_for_recopy "${2:-}" ;;
    rewind) rewind_data ;;
    erase) erase_data "${2:-}" ;;
    *) refuse "\"pgtopo ${1:-}\" is no command" \
      "state, report, claim, recopy, rewind and erase are some." ;;
  esac
}

# A message of the command, and nothing that the node would have to say at its next start.
refuse() {
  note "$@"
  exit 1
}

print_state() {
  sh "$scripts/facts.sh" state
}

# A line "data TAB key TAB value" each, and "history TAB timeline TAB LSN" for timelines
# that ended.
print_data() {
  printf 'data\tkind\t%s\n' "$(data_kind)"
  [ -e "$PGDATA/global/pg_control" ] || return 0
  printf 'data\t%s\t%s\n' \
    identifier "$(own_identifier)" timeline "$(own_timeline)" end "$(lsn_text "$(lsn_number "$(own_last_record)")")" \
    state "$(control "Database cluster state")" major "$(cat "$PGDATA/PG_VERSION")"
  sh "$scripts/facts.sh" history
}

claim_data() {
  is_database || refuse "there is no database in \"$PGDATA\": this node cannot be the primary"
  if [ -e "$rewinding" ] || [ -e "$copying" ]; then
    refuse "a rewind or a copy of the data did not finish: this node cannot be the primary"
  fi
  claim "$1" || refuse "cannot write the state: \"$state/primary\""
}

# The next start deletes the data, once its upstream answers and has the same database.
mark_for_recopy() {
  is_database || refuse "there is no database in \"$PGDATA\": the next start makes a copy anyway"
  [ -n "$1" ] || refuse "recopy needs the identifier of the database that is to be copied"
  write_marker "$recopy" "identifier=$(own_identifier)" "upstream=$1"
  # A rewind that did not finish is of no matter any more.
  if [ -e "$rewinding" ]; then remove_marker "$rewinding"; fi
}

# --- pg_rewind -------------------------------------------------------------------

# Ends with 3 where pg_rewind is impossible or failed, so that the caller offers a copy.
#
# From the marker on nothing starts this data. Without standby.signal it is a primary's,
# which is fenced: pg_rewind removes what the primary does not have, the marker too,
# before it is done.
rewind_data() {
  source=$(state_get primary)
  [ "$source" != "$PGTOPO_NODE" ] || refuse "this node is the actual primary: it follows nobody"
  is_database || refuse "there is no database in \"$PGDATA\""
  can_rewind || exit 3
  if is_of_its_own; then
    note "pg_rewind is not possible: the primary \"$source\" has another timeline $(own_timeline)"
    exit 3
  fi
  if [ -e "$PGDATA/backup_label" ]; then
    # pg_rewind would recover that as a primary of its own, and find it to be none the worse.
    note "an earlier rewind was interrupted at its end: the data cannot be rewound again"
    exit 3
  fi
  note "rewinding the data to where it left the primary \"$source\""
  write_marker "$rewinding" "identifier=$(own_identifier)"
  rm -f "$PGDATA/standby.signal" "$PGDATA/recovery.signal"
  as_postgres env LC_ALL=C pg_rewind --target-pgdata="$PGDATA" --progress \
    --source-server="$(link_of "$source") dbname=postgres application_name=pgtopo-rewind" >&2 || {
    note "pg_rewind failed; the reason stands above"
    exit 3
  }
  forget_later_timelines
  make_replica
  remove_marker "$rewinding"
  note_data phase waiting problem '' hint '' refusal '' refusal_hint ''
  note "the data is a replica's again"
}

# pg_rewind takes two timelines of one number for the same, and finds nothing to do.
is_of_its_own() {
  [ "$(own_timeline)" = "$(state_get timeline)" ] || return 1
  began=$(state_get began)
  [ "$(data_kind)" = primary ] || { [ -n "$began" ] && [ "$(own_beginning "$(own_timeline)")" != "$began" ]; }
}

# The pages that changed since the switch point are found by their own WAL only when it
# tells of hint bits, too.
can_rewind() {
  [ "$(control "Data page checksum version")" != 0 ] ||
    [ "$(control "wal_log_hints setting")" = on ] || {
    note "pg_rewind is not possible: the data has no checksums, and was written without wal_log_hints"
    return 1
  }
}

# pg_rewind leaves segments that it read itself. Those of a timeline that the primary does
# not have would tell that this data is ahead of it.
forget_later_timelines() {
  theirs=$(control "Latest checkpoint's TimeLineID")
  for file in "$PGDATA"/pg_wal/[0-9A-F]*; do
    found=${file##*/}
    found=${found%%.*}
    case ${#found} in
      8 | 24) ;;
      *) continue ;;
    esac
    # The first eight digits.
    if [ "$((0x${found%"${found#????????}"}))" -gt "$theirs" ]; then rm -f "$file"; fi
  done
}

# pg_rewind brings the primary's own postgresql.auto.conf. What ALTER SYSTEM wrote there of
# an upstream would win over the settings of this node.
make_replica() {
  settings=$PGDATA/postgresql.auto.conf
  if grep -q '^primary_\(conninfo\|slot_name\)' "$settings" 2>/dev/null; then
    sed '/^primary_conninfo/d; /^primary_slot_name/d' "$settings" >"$settings.new"
    own "$settings.new"
    chmod 0600 "$settings.new"
    mv -f "$settings.new" "$settings"
  fi
  rm -f "$PGDATA/recovery.signal"
  as_postgres touch "$PGDATA/standby.signal"
}

# --- The end of all data -----------------------------------------------------------

# A state that names this node as the primary goes after its data: nothing may initialise
# a new database while the old one is half here.
erase_data() {
  rm -f "$PGDATA/global/pg_control"
  sync
  case $PGDATA in
    */docker) empty_folder "${PGDATA%/*/docker}" ;;
    *) empty_folder "$PGDATA" ;;
  esac
  if [ "$1" = archive ] && [ -d /pgtopo/archive ]; then empty_folder /pgtopo/archive; fi
  sync
  rm -f "$state/nodes/$PGTOPO_NODE" "$initializing"
  if [ "$(state_get primary)" = "$PGTOPO_NODE" ]; then rm -f "$state/primary"; fi
  sync
}

empty_folder() {
  for entry in "$1"/* "$1"/.[!.]* "$1"/..?*; do
    case $entry in
      */lost+found) ;;
      *) rm -rf "$entry" ;;
    esac
  done
}
