#!/bin/sh
# Rendered by pgtopo from topology.yml. Edit that file, not this one, and run "pgtopo render".
# What the scripts that run in the containers share, which source this file alone.

# shellcheck disable=SC2034 # for them
runtime=/run/pgtopo
passfile=$runtime/passfile
scripts=/pgtopo/scripts
state=/pgtopo/state
tab=$(printf '\t')

own() {
  if [ "$(id -u)" = 0 ]; then chown postgres:postgres "$@"; fi
}

# flush FILE…: to the disk. Folders, too, for what was renamed or removed in them.
flush() {
  sync "$@" 2>/dev/null || sync
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

note() {
  printf 'pgtopo: node "%s": %s\n' "$PGTOPO_NODE" "$1" >&2
  shift
  for line in "$@"; do
    [ -n "$line" ] || continue
    printf '%s\n' "$line" | sed 's/^/pgtopo:   /' >&2
  done
}

# At once: Docker waits longer and longer before it restarts a container, up to a
# minute, but only one that ran for less than ten seconds. So the message is not
# hidden under a hundred others, and `docker compose up --wait` ends with an error
# as soon as it sees the container wait.
fail() {
  note "$@"
  problem=$1
  shift
  note_self phase refused problem "$problem" hint "$*" refusal "$problem" refusal_hint "$*"
  exit 1
}

pause() {
  sleep "$1" &
  wait "$!"
}

# shellcheck source=state.sh
. "$scripts/state.sh"
# shellcheck source=history.sh
. "$scripts/history.sh"
# shellcheck source=data.sh
. "$scripts/data.sh"
# shellcheck source=replica.sh
. "$scripts/replica.sh"
# shellcheck source=role.sh
. "$scripts/role.sh"
