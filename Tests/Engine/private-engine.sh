#!/usr/bin/env bash
# A Docker Engine that nobody else sees: in its own namespaces, with its data in a temporary
# folder. When the process that created the namespaces ends, so does everything in them.
#
# test-engine sets `state` and `cgroup`, and sources this file.
# shellcheck disable=SC2154 # set there

# Installs what the engine needs and this machine lacks. The installation starts nothing.
install_engine() {
  local missing=() program
  for program in dockerd:docker.io iptables:iptables mmdebstrap:mmdebstrap jq:jq; do
    command -v "${program%%:*}" >/dev/null || missing+=("${program#*:}")
  done
  [ ${#missing[@]} -gt 0 ] || return 0
  echo "Installing ${missing[*]}"
  local policy=/usr/sbin/policy-rc.d made=
  if [ ! -e "$policy" ]; then
    printf '#!/bin/sh\nexit 101\n' >"$policy"
    chmod 0755 "$policy"
    made=$policy
  fi
  local status=0
  {
    apt-get update -qq &&
      DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}"
  } >"$state/install.log" 2>&1 || status=$?
  if [ -n "$made" ]; then rm -f "$made"; fi
  if [ "$status" != 0 ]; then cat "$state/install.log"; fi
  return "$status"
}

# Inside the namespaces. The engine would write to /run and /etc, and must not.
start_engine() {
  mount --make-rprivate /
  mount -t tmpfs tmpfs /run
  mkdir "$state/etc" "$state/etc-work"
  mount -t overlay -o "lowerdir=/etc,upperdir=$state/etc,workdir=$state/etc-work" overlay /etc
  ip link set lo up
  export DOCKER_HOST=unix://$state/docker.sock
  dockerd --data-root "$state/data" --exec-root "$state/exec" --pidfile "$state/dockerd.pid" \
    --host "$DOCKER_HOST" --cgroup-parent "$cgroup" >"$state/dockerd.log" 2>&1 &
  dockerd=$!
  local attempt
  for ((attempt = 0; attempt < 300; attempt++)); do
    if docker version >/dev/null 2>&1; then return; fi
    kill -0 "$dockerd" 2>/dev/null || break
    sleep 0.1
  done
  tail -n 20 "$state/dockerd.log"
  echo "the private Docker Engine does not start"
  return 1
}

stop_engine() {
  local containers
  containers=$(docker ps -aq 2>/dev/null || :)
  # shellcheck disable=SC2086 # several
  if [ -n "$containers" ]; then docker rm --force --volumes $containers >/dev/null 2>&1 || :; fi
  if [ -n "${dockerd:-}" ]; then
    kill "$dockerd" 2>/dev/null || :
    wait "$dockerd" || :
  fi
}

# After the namespaces: check that nothing of the engine is left on this machine.
nothing_left() {
  local left=0 entry attempt
  # Control groups are not part of a namespace, and the engine leaves their parent. They
  # disappear when the kernel is done with the processes in them.
  for ((attempt = 0; attempt < 100; attempt++)); do
    find /sys/fs/cgroup -depth -type d -path "*$cgroup*" -exec rmdir {} + 2>/dev/null || :
    entry=$(find /sys/fs/cgroup -type d -path "*$cgroup*" 2>/dev/null || :)
    [ -n "$entry" ] || break
    sleep 0.1
  done
  if [ -n "$entry" ]; then echo "left: control group $entry" && left=1; fi
  # From a file, so that the search does not find itself.
  entry=$(grep -laF -f <(echo "$state/") /proc/[0-9]*/cmdline 2>/dev/null || :)
  if [ -n "$entry" ]; then echo "left: processes $entry" && left=1; fi
  if grep -F -- "$state/" /proc/self/mounts; then echo "left: the mounts above" && left=1; fi
  rm -rf --one-file-system "$state"
  if [ -e "$state" ]; then echo "left: $state" && left=1; fi
  return "$left"
}
