#!/bin/sh
# Entry point of every node, in front of the image's own docker-entrypoint.sh.
#
# It finds out what this node is: the actual primary, which the shared state names, or a
# replica of it. A primary with an empty data directory is initialised by the image, and by
# initialize.sh after it; a replica with an empty one becomes a copy of its upstream. A
# node whose data is a primary's while another one is the actual primary follows that one, or
# refuses to start: it never becomes writable beside it.
#
# Every start writes the password file for replication anew, and every start of a
# replica makes its replication slot where it is missing.
#
# Environment: PGTOPO_NODE, PGDATA, PGPORT, POSTGRES_USER, REPLICATION_USER with
# REPLICATION_PASSWORD or REPLICATION_PASSWORD_FILE, and what the image reads.
#
# It runs in the Debian images and in the Alpine ones: POSIX sh, busybox's tools.
set -eu

# shellcheck source=container.sh
. "$(dirname "$0")/container.sh"
# shellcheck source=start.sh
. "$scripts/start.sh"

main() {
  case ${1:-} in
    postgres | pgtopo) ;;
    # Another command, such as `docker compose run primary bash`, is not our business.
    *) exec docker-entrypoint.sh "$@" ;;
  esac
  # The first process of a container gets no signal that it has no handler for.
  trap 'exit 143' TERM INT
  # It would win over the password file.
  unset PGPASSWORD

  read_password_files
  prepare_folders
  write_password_file
  if [ "$1" = pgtopo ]; then
    shift
    # shellcheck source=commands.sh
    . "$scripts/commands.sh"
    command_main "$@"
    exit
  fi
  # The last start's refusal stays said until this one gets further.
  note_self phase starting problem '' hint '' upstream '' progress '' total ''
  refuse_other_majors
  discard_unfinished_data
  note_data
  become
  note_self phase "$next_phase" problem '' hint '' refusal '' refusal_hint ''
  # shellcheck disable=SC2046 # a word each
  exec docker-entrypoint.sh "$@" $(standby_minimums "$@")
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
  mkdir -p "$runtime" "$PGDATA" "$state/nodes" "$state/initializing"
  # A container that is started again has those of its last run.
  rm -rf "$runtime"/probe-* "$runtime"/refusal.* "$runtime/copy"
  if [ "$(id -u)" = 0 ]; then
    own "$runtime" "$PGDATA" "$state" "$state/nodes" "$state/initializing"
    chmod 0700 "$runtime" "$PGDATA"
    if [ -d /pgtopo/archive ]; then
      own /pgtopo/archive
      chmod 0700 /pgtopo/archive
    fi
    # From here on nothing that SQL can reach, which runs as postgres, reads a secret.
    if [ -d /run/secrets ]; then chmod 0700 /run/secrets; fi
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

main "$@"
