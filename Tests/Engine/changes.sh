#!/usr/bin/env bash
# What happens when the topology changes under running nodes: more cases for test-engine, as
# in cases.sh.
# shellcheck disable=SC2154 # set by test-engine
# shellcheck disable=SC2016 # the containers' variables

# To another major and back, twice, as somebody does who is not sure: no row may be lost.
version_tried_and_taken_back() {
  local other name attempt
  other=$(other_major)
  provide_image "$other"
  on "$(primary)" "DROP TABLE IF EXISTS kept_over_majors;
    CREATE TABLE kept_over_majors AS SELECT generate_series(1, 1000) AS row"
  "$folder/scripts/test.sh"
  for attempt in 1 2; do
    set_version "$other"
    render_other_major
    if compose up -d --wait; then because "PostgreSQL $other took the data of $major ($attempt)"; fi
    for name in $(primary) $(replicas); do
      said "$name" "the data is PostgreSQL $major's, this node is $other"
      said "$name" "version: $major"
    done
    set_version "$major"
    render
    # The data never was what the earlier render said.
    if grep -F "the data is PostgreSQL" "$work/rendered"; then because "render says it still"; fi
    compose up -d --wait
    for name in $(primary) $(replicas); do
      expect 1000 "$(on "$name" "SELECT count(*) FROM kept_over_majors")"
    done
    "$folder/scripts/test.sh"
  done
}

# Data in a visible folder is looked at, and render refuses. A user who may not look there
# gets as far as with data in volumes.
render_other_major() {
  local data
  data=$(dirname "$topology")/data
  if [ ! -d "$data" ]; then
    render
    rendered_says "the data is PostgreSQL $major's, and version $other is declared"
    return
  fi
  if render; then because "render gives the data to another major"; fi
  rendered_says "is PostgreSQL $major's, and version $other is declared"
  mv "$data" "$data.unseen"
  render
  mv "$data.unseen" "$data"
}

# The one whose image keeps its data elsewhere, if there is one.
other_major() {
  case $major in 17) echo 18 ;; *) echo 17 ;; esac
}

set_version() {
  sed -i "s/^  version: .*/  version: $1/; s/^\( *image: postgres:\)[0-9]*/\1$1/" "$topology"
}

# One of the settings that must not be lower on a standby than on its upstream.
lowered_settings() {
  local value name
  for value in 150 100 150; do
    sed -i '/^  max_connections: /d' "$topology"
    sed -i "s/^settings:$/settings:\n  max_connections: $value/" "$topology"
    render
    compose up -d --wait
    expect "$value" "$(on "$(primary)" "SHOW max_connections")"
    on "$(primary)" "SET statement_timeout = '60s'; DROP TABLE IF EXISTS lowered;
      CREATE TABLE lowered AS SELECT $value AS value"
    "$folder/scripts/test.sh"
    for name in $(replicas); do expect "$value" "$(on "$name" "SELECT value FROM lowered")"; done
  done
  as_at_first
}

alter_system_is_named() {
  local name
  name=$(last_replica)
  on "$name" "ALTER SYSTEM SET log_replication_commands = off"
  on "$name" "SELECT pg_reload_conf()" >/dev/null
  status_says "$name" log_replication_commands "ALTER SYSTEM"
  on "$name" "ALTER SYSTEM RESET log_replication_commands"
  on "$name" "SELECT pg_reload_conf()" >/dev/null
  "$folder/scripts/status.sh"
}

# `up` does not change the password of an existing role, so the old one stays valid.
password_source_changed() {
  export OTHER_PASSWORD="the other one's \$1"
  sed -i 's/{env: APP_PASSWORD}/{env: OTHER_PASSWORD}/' "$topology"
  render
  rendered_says '\password "app"'
  compose up -d --wait
  status_fails app password
  on "$(primary)" "ALTER ROLE app PASSWORD $(literal "$OTHER_PASSWORD")"
  "$folder/scripts/status.sh"
  on "$(primary)" "ALTER ROLE app PASSWORD $(literal "$APP_PASSWORD")"
  as_at_first
  "$folder/scripts/status.sh"
}

user_added() {
  export AUDITOR_PASSWORD="auditor's"
  sed -i 's/^users:$/users:\n  auditor: {password: {env: AUDITOR_PASSWORD}}/' "$topology"
  render
  rendered_says auditor "CREATE ROLE"
  compose up -d --wait
  status_fails auditor
  on "$(primary)" "CREATE ROLE auditor LOGIN PASSWORD $(literal "$AUDITOR_PASSWORD")"
  "$folder/scripts/status.sh"
  on "$(primary)" "DROP ROLE auditor"
  as_at_first
  "$folder/scripts/status.sh"
}

# Everything left of a node that the topology no longer has is reported: its container, its
# volume, its slot on the node that it followed.
removed_renamed_nodes() {
  sed -i '/^  reader-2:/,/^$/d' "$topology"
  printf '\n' >>"$topology"
  render
  rendered_says reader-2
  compose up -d --wait
  status_fails reader-2 reader_2
  drop_slot relay reader_2
  compose up -d --wait --remove-orphans
  "$folder/scripts/status.sh"

  sed -i 's/^  reader-1: .*/  reader-1: {role: replica, ip: 172.24.0.12}/' "$topology"
  render
  rendered_says reader-1 relay
  compose up -d --wait
  "$folder/scripts/test.sh"
  status_fails reader_1 relay
  drop_slot relay reader_1
  "$folder/scripts/status.sh"

  sed -i 's/^  reader-1: /  reader-3: /' "$topology"
  render
  rendered_says reader-1 reader-3
  # It has the address of the new one.
  compose up -d --wait --remove-orphans
  "$folder/scripts/test.sh"
  status_fails reader_1
  drop_slot primary reader_1
  "$folder/scripts/status.sh"
}

drop_slot() {
  on "$1" "SELECT pg_drop_replication_slot('$2')" >/dev/null
}

# Another database uses the same folder of archived WAL.
archive_of_another_database() {
  local archive
  archive=$(dirname "$topology")/archive
  on "$(primary)" "SELECT pg_switch_wal()" >/dev/null
  eventually 60 archived "$archive"
  compose down --volumes
  if compose up -d --wait; then because "a new database began to archive into another one's folder"; fi
  said "$(primary)" "the archive holds WAL of another database"
  archived "$archive"
  mkdir "$archive.old"
  mv "$archive"/* "$archive.old"
  eventually 60 compose up -d --wait
  "$folder/scripts/test.sh"
  on "$(primary)" "SELECT pg_switch_wal()" >/dev/null
  eventually 60 archived "$archive"
}

archived() {
  local file
  for file in "$1"/00000001*; do if [ -s "$file" ]; then return; fi; done
  return 1
}

# --- Helpers -----------------------------------------------

# Keeps what render reports about what `up` will not do.
render() {
  "$pgtopo" render --output "$folder" "$topology" >"$work/rendered" 2>&1 || {
    cat "$work/rendered"
    return 1
  }
}

rendered_says() {
  local word
  for word in "$@"; do
    grep -qF -- "$word" "$work/rendered" || {
      cat "$work/rendered"
      because "render does not say: $word"
    }
  done
}

# The topology as it was before any case changed it.
as_at_first() {
  cp "$work/topology.first" "$topology"
  render
  compose up -d --wait
}

# status_says WORD…: whether it finds problems or not.
status_says() {
  local word
  "$folder/scripts/status.sh" >"$work/status" 2>&1 || :
  for word in "$@"; do
    grep -qF -- "$word" "$work/status" || {
      cat "$work/status"
      because "status.sh does not say: $word"
    }
  done
}

status_fails() {
  status_says "$@"
  if "$folder/scripts/status.sh" >/dev/null 2>&1; then
    cat "$work/status"
    because "status.sh finds no problem"
  fi
}

# A string as an SQL literal.
literal() {
  printf "'%s'" "${1//\'/\'\'}"
}
