#!/usr/bin/env bash
# shellcheck disable=SC2154 # variables of the definitions that plan.py writes
# container.sh SERVICE COMMAND…: the first process of a stand-in for a container,
# in namespaces that the caller made. Builds its file system, then becomes COMMAND.
#
# The file system is the machine's own under an overlay, so that nothing on the
# machine changes; the overlay's upper layer is the container's own, and is kept
# as long as the container is.
set -euo pipefail

state=$PGTOPO_SERVERS
service=$1
shift
layer=$state/services/$service/layer
# shellcheck source=/dev/null
. "$state/services/$service/definition"
# shellcheck source=environment.sh
. "$(dirname "$0")/environment.sh"
# One of its own for each run, since `docker compose run` may be another one.
root=$(mktemp -d "$state/root.XXXXXX")
tools=$(cd "$(dirname "$0")" && pwd)

main() {
  mount --make-rprivate /
  create_layer
  mount -t overlay overlay \
    -o "lowerdir=/,upperdir=$layer/upper,workdir=$layer/work" "$root"
  mount -t proc proc "$root/proc"
  mount --bind /dev "$root/dev"
  mount -t tmpfs tmpfs "$root/dev/shm"
  mount -t tmpfs tmpfs "$root/run"
  mkdir -p "$root/run/secrets" "$root/run/postgresql"
  chown postgres: "$root/run/postgresql"
  chmod 3777 "$root/run/postgresql"
  mount --bind "$layer/home" "$root/var/lib/postgresql"
  mounts
  adopt_environment
  exec chroot "$root" "$@"
}

# What the image holds besides PostgreSQL.
create_layer() {
  [ ! -e "$layer" ] || return 0
  local upper=$layer/upper sample=/usr/share/postgresql/$major/postgresql.conf.sample
  mkdir -p "$layer/work" "$layer/home" "$upper/usr/local/bin" "$upper/etc" \
    "$upper/docker-entrypoint-initdb.d" "$upper/pgtopo" "$upper$(dirname "$sample")"
  install -m 0755 "$tools/docker-entrypoint.sh" "$tools/gosu" "$upper/usr/local/bin/"
  sed "s/^#listen_addresses = 'localhost'/listen_addresses = '*'/" "$sample" >"$upper$sample"
  cp "$state/hosts" "$upper/etc/hosts"
  if [ -n "${PGTOPO_BUSYBOX:-}" ]; then imitate_alpine "$upper"; fi
  chown postgres: "$layer/home"
  chmod 1777 "$layer/home"
}

# What differs for a script in the Alpine images: the shell, the tools, su-exec.
imitate_alpine() {
  local tool
  mv "$1/usr/local/bin/gosu" "$1/usr/local/bin/su-exec"
  sed -i 's/exec gosu/exec su-exec/' "$1/usr/local/bin/docker-entrypoint.sh"
  mkdir -p "$1/usr/bin"
  install -m 0755 "$PGTOPO_BUSYBOX" "$1/usr/bin/sh"
  for tool in cat chmod chown date dirname env id mkdir mv rm rmdir sed sleep sort sync touch; do
    install -m 0755 "$PGTOPO_BUSYBOX" "$1/usr/local/bin/$tool"
  done
}

# The functions that a definition's mounts() calls.

mount_volume() {
  local volume=$state/volumes/$1
  if [ ! -e "$volume" ]; then
    mkdir -p "$volume"
    chown postgres: "$volume"
  fi
  mount_at "$volume" "$2" "$3"
}

# A folder to write to is one of ours with the same path: the machine's own stays as it is.
mount_bind() {
  local source=$1
  if [ "$3" = rw ]; then
    source=$state/folders$1
    mkdir -p "$source"
  elif [ ! -e "$source" ]; then
    echo "container.sh: there is no \"$source\"" >&2
    exit 1
  fi
  mount_at "$source" "$2" "$3"
}

mount_at() {
  if [ -d "$1" ]; then
    mkdir -p "$root$2"
  else
    mkdir -p "$(dirname "$root$2")"
    [ -e "$root$2" ] || : >"$root$2"
  fi
  mount --bind "$1" "$root$2"
  if [ "$3" = ro ]; then mount -o remount,bind,ro "$root$2"; fi
}

mount_temporary() {
  mkdir -p "$root$1"
  mount -t tmpfs -o "$2" tmpfs "$root$1"
}

write_secret() {
  printf '%s' "${!1-}" >"$root$2"
  chmod 0444 "$root$2"
}

main "$@"
