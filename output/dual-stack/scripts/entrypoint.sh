#!/bin/sh
# Rendered by pgtopo from topology.yml. Edit that file, not this one, and run "pgtopo render".
# Entry point of every node, in front of the image's own docker-entrypoint.sh.
#
# A primary with an empty data directory is initialised by the image, and by
# initialize.sh after it. A replica with an empty data directory becomes a copy
# of its upstream. Every start writes the password file for replication anew,
# and every start of a replica makes its replication slot where it is missing.
# Data is deleted only where a marker of this script says that the data is this
# script's own unfinished work.
#
# Environment: PGTOPO_NODE, PGTOPO_ROLE (primary or replica), PGDATA,
# REPLICATION_USER with REPLICATION_PASSWORD or REPLICATION_PASSWORD_FILE, and
# on a replica PGTOPO_UPSTREAM, PGTOPO_UPSTREAM_ADDRESS, PGTOPO_UPSTREAM_CONNINFO
# and PGTOPO_SLOT (empty: no slot).
#
# It runs in the Debian images and in the Alpine ones: POSIX sh, busybox's tools.
set -eu

runtime=/run/pgtopo
passfile=$runtime/passfile
# Beside the data directory, since initdb wants that one empty. Up to
# PostgreSQL 17 it lies in the container's own layer, and goes with the container.
initializing=/var/lib/postgresql/.pgtopo-initializing
copying=${PGDATA:-}/.pgtopo-copying

# shellcheck source=replica.sh
. "$(dirname "$0")/replica.sh"

main() {
  # Another command, such as `docker compose run primary bash`, is not our business.
  if [ "${1:-}" != postgres ]; then
    exec docker-entrypoint.sh "$@"
  fi
  # The first process of a container gets no signal that it has no handler for.
  trap 'exit 143' TERM INT
  # It would win over the password file.
  unset PGPASSWORD

  read_password_files
  prepare_folders
  write_password_file
  discard_unfinished_data
  case $PGTOPO_ROLE in
    primary) prepare_primary ;;
    replica) prepare_replica ;;
    *) fail "PGTOPO_ROLE is \"$PGTOPO_ROLE\", which is neither primary nor replica" ;;
  esac
  exec docker-entrypoint.sh "$@"
}

prepare_primary() {
  if is_database; then
    forget_passwords
    return
  fi
  refuse_foreign_files
  note "initialising a new database"
  date +%s >"$initializing"
  own "$initializing"
  # No standby exists yet: with synchronous_standby_names set, the first commit
  # would wait for ever. initialize.sh takes this back.
  export PGOPTIONS="${PGOPTIONS:+$PGOPTIONS }-c synchronous_commit=local"
}

# --- Passwords ---------------------------------------------------------------

# Only root can read a secret that its owner alone may read, and what runs
# after docker-entrypoint.sh is not root. Trailing newlines go, as in the image.
read_password_files() {
  for variable in $(password_variables); do
    eval "file=\${${variable}_FILE:-}"
    [ -n "$file" ] || continue
    [ -r "$file" ] || fail "cannot read \"$file\", which ${variable}_FILE names"
    value=$(cat "$file")
    [ -n "$value" ] || fail "\"$file\", which ${variable}_FILE names, is empty"
    export "$variable=$value"
    unset "${variable}_FILE"
  done
  value=
}

# The server inherits the environment, and needs none of them.
forget_passwords() {
  for variable in $(password_variables); do
    unset "$variable"
  done
}

password_variables() {
  env | LC_ALL=C sed -n 's/^\([A-Z][A-Z0-9_]*_PASSWORD\)\(_FILE\)\{0,1\}=.*/\1/p' | sort -u
}

# primary_conninfo names this file, so that no password stands in a setting.
write_password_file() {
  [ -n "${REPLICATION_USER:-}" ] || return 0
  case ${REPLICATION_PASSWORD:-} in
    '') fail "neither REPLICATION_PASSWORD nor REPLICATION_PASSWORD_FILE is set" ;;
    *"$(printf '\r')") fail "the password of \"$REPLICATION_USER\" ends with a carriage return" \
      "libpq cuts it off. Was the secret's file saved with Windows line ends?" ;;
    *"
"*) fail "the password of \"$REPLICATION_USER\" contains a line break" ;;
  esac
  (
    umask 077
    printf '*:*:*:%s:%s\n' "$(escaped "$REPLICATION_USER")" "$(escaped "$REPLICATION_PASSWORD")" \
      >"$passfile.new"
  )
  own "$passfile.new"
  mv -f "$passfile.new" "$passfile"
}

# A colon ends a field of the password file, a backslash escapes.
escaped() {
  printf '%s' "$1" | LC_ALL=C sed 's/[\\:]/\\&/g'
}

# --- Folders -----------------------------------------------------------------

prepare_folders() {
  mkdir -p "$runtime" "$PGDATA"
  if [ "$(id -u)" = 0 ]; then
    own "$runtime" "$PGDATA"
    chmod 0700 "$runtime" "$PGDATA"
    if [ -d /pgtopo/archive ]; then
      own /pgtopo/archive
      chmod 0700 /pgtopo/archive
    fi
  fi
  # Compose mounts a secret with its owner and mode on the host; the server
  # takes only a key that is its own and nobody else's to read.
  install_secret pgtopo_tls_certificate server.crt
  install_secret pgtopo_tls_key server.key
  install_secret pgtopo_tls_ca ca.crt
}

install_secret() {
  [ -e "/run/secrets/$1" ] || return 0
  (
    umask 077
    mkdir -p "$runtime/tls"
    rm -f "$runtime/tls/$2"
    cat "/run/secrets/$1" >"$runtime/tls/$2"
  ) || fail "cannot copy the secret \"$1\""
  own "$runtime/tls" "$runtime/tls/$2"
}

own() {
  if [ "$(id -u)" = 0 ]; then chown postgres:postgres "$@"; fi
}

as_postgres() {
  if [ "$(id -u)" != 0 ]; then
    "$@"
  elif command -v gosu >/dev/null; then
    gosu postgres "$@"
  else
    su-exec postgres "$@"
  fi
}

# --- Unfinished work of an earlier start -------------------------------------

is_database() {
  [ -s "$PGDATA/PG_VERSION" ]
}

# A copy lies in its folder, or half moved out of it, as long as its marker is
# there. An initialisation is marked outside of the data directory from before
# initdb, and inside of it from initialize.sh on, both until that is done.
discard_unfinished_data() {
  if [ -e "$copying" ]; then
    note "the copy of the upstream was interrupted: it is thrown away and made again"
    empty_data_directory
    return
  fi
  if [ -e "$PGDATA/.pgtopo-initializing" ]; then
    discard_initialisation
  elif [ -s "$initializing" ]; then
    if is_database; then
      refuse_older_database
      discard_initialisation
    else
      empty_data_directory
    fi
  elif is_database && [ ! -e "$PGDATA/global/pg_control" ]; then
    fail "the data directory holds no complete database: \"global/pg_control\" is missing" \
      "Was its initialisation interrupted? scripts/reset.sh throws it away and starts again."
  fi
  rm -f "$initializing"
}

discard_initialisation() {
  note "the first initialisation did not finish: it is thrown away and done again"
  empty_data_directory
}

# Somebody may have put a database of his own where the unfinished one was. The
# upper half of a system identifier is the time of its initdb in seconds.
refuse_older_database() {
  identifier=$(own_system_identifier)
  if [ -n "$identifier" ] && [ "$((identifier >> 32))" -lt "$(cat "$initializing")" ]; then
    rm -f "$initializing"
    fail "an initialisation did not finish, but the data directory holds an older database" \
      "Nothing was deleted. The next start takes the database as it is."
  fi
}

own_system_identifier() {
  LC_ALL=C pg_controldata -D "$PGDATA" 2>/dev/null |
    sed -n 's/^Database system identifier: *//p'
}

# Markers go last, so that this can be interrupted too.
empty_data_directory() {
  for entry in "$PGDATA"/* "$PGDATA"/.[!.]*; do
    case $entry in
      "$copying" | */.pgtopo-initializing | */lost+found) ;;
      *) rm -rf "$entry" ;;
    esac
  done
  rm -f "$copying" "$PGDATA/.pgtopo-initializing"
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

# --- Words -------------------------------------------------------------------

note() {
  printf 'pgtopo: node "%s": %s\n' "$PGTOPO_NODE" "$1" >&2
  shift
  for line in "$@"; do
    printf '%s\n' "$line" | sed 's/^/pgtopo:   /' >&2
  done
}

# At once: Docker waits longer and longer before it restarts a container, up to a
# minute, but only one that ran for less than ten seconds. So the message is not
# hidden under a hundred others, and `docker compose up --wait` ends with an error
# as soon as it sees the container wait.
fail() {
  note "$@"
  exit 1
}

pause() {
  sleep "$1" &
  wait "$!"
}

main "$@"
