#!/bin/sh
# The server runs it at the end of a promotion, before anybody can write
# (recovery_end_command): notes who is the primary now, and puts the settings of a primary
# in force, so that the first commit already waits for its synchronous standbys.
set -eu

# shellcheck source=container.sh
. "$(dirname "$0")/container.sh"

main() {
  rm -f "$beside"
  if may_claim; then
    # Until it is recorded the old primary would start as one: the promotion waits. A signal's
    # exit status makes the server give it up.
    until claim promoted; do
      note "cannot write the state: the promotion waits until it can, since nobody may write before"
      sleep 5
      may_claim || exit 137
    done
    note "this node was promoted: it is recorded as the actual primary"
  else
    touch "$beside"
    note "this node was promoted, and \"$(state_get primary)\" is the actual primary: there are two now" \
      "Stop one of them. The next start of this node refuses to be a second primary."
  fi
  note_self kind primary timeline "$(own_timeline)" upstream '' phase running
  if write_role ''; then
    kill -s HUP "$(head -n 1 "$PGDATA/postmaster.pid")"
    # The checkpointer is who tells all sessions whether commits wait.
    sleep 1
  fi
}

# Whatever goes wrong here, the promotion itself is not stopped by it.
main || :
