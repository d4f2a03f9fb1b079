#!/usr/bin/env bash
# Where test-servers and test-majors run the stand-in for Docker: in namespaces that end with
# the process that created them, together with servers, addresses, mounts and files.
# shellcheck disable=SC2154 # here and tools: set by those that source it

skip() {
  echo "skipped: $(basename "$0"): $1"
  if [ "${PGTOPO_STRICT:-}" = 1 ]; then exit 1; else exit 0; fi
}

check_machine() {
  [ "$(uname -s)" = Linux ] || skip "this machine does not run Linux"
  [ "$(id -u)" = 0 ] || skip "only root can make network namespaces"
  local command
  for command in ip unshare nsenter setpriv jq python3; do
    command -v "$command" >/dev/null || skip "\"$command\" is not installed"
  done
  docker compose version >/dev/null 2>&1 || skip "there is no \"docker compose\""
  unshare --mount --net --pid --ipc --fork true 2>/dev/null ||
    skip "this machine lets nobody make namespaces"
}

# From the machine, or from Scripts/install-servers.
has_server() {
  [ -x "/usr/lib/postgresql/$1/bin/postgres" ] ||
    [ -x "$here/.build-tools/servers/$1/root/usr/lib/postgresql/$1/bin/postgres" ]
}

# in_namespaces COMMAND…: runs it there, with its own folder as PGTOPO_NAMESPACES.
in_namespaces() {
  local status=0
  PGTOPO_NAMESPACES=$(mktemp -d)
  export PGTOPO_NAMESPACES
  unshare --mount --net --pid --ipc --fork --kill-child --mount-proc "$@" || status=$?
  rmdir "$PGTOPO_NAMESPACES"
  return "$status"
}

# Must be called first there: sets `work` to that folder, in memory, and puts the stand-in
# first on PATH.
enter_namespaces() {
  work=$PGTOPO_NAMESPACES
  mount --make-rprivate /
  mount -t tmpfs tmpfs "$work"
  mkdir "$work/run"
  mount --bind "$work/run" /run
  mkdir -p /run/netns
  ip link set lo up
  PGTOPO_REAL_DOCKER=$(command -v docker)
  # By its path, since the one on PATH may be a slow wrapper.
  PGTOPO_PYTHON=$(python3 -c 'import sys; print(sys.executable)')
  export PGTOPO_SERVERS=$work/state
  mkdir "$PGTOPO_SERVERS"
  export PGTOPO_REAL_DOCKER PGTOPO_PYTHON PATH="$tools:$PATH"
}
