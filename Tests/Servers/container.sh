#!/usr/bin/env bash
# shellcheck disable=SC2154 # variables of the definitions that plan.py writes
# container.sh FOLDER: the first process of a stand-in for a container, in namespaces that the
# caller created. Builds its file system, then becomes the container's command.
#
# The file system is the machine's own or, for a major that the machine does not have, the
# Debian that Scripts/install-servers unpacked. It is under an overlay, so that nothing there
# changes; the overlay's upper layer is the container's own, and is kept as long as the
# container. So are /run and /var/lib/postgresql. The contents of the image's VOLUME outlive a
# container that is recreated.
set -euo pipefail

state=$PGTOPO_SERVERS
tools=$(cd "$(dirname "$0")" && pwd)
container=$1
layer=$container/layer
root=$container/root
# The user of the official image.
postgres=999
# shellcheck source=/dev/null
. "$container/definition"
# shellcheck source=environment.sh
. "$tools/environment.sh"

main() {
  local lower=/
  if [ ! -x "/usr/lib/postgresql/$major/bin/postgres" ]; then
    lower=$tools/../../.build-tools/servers/$major/root
  fi
  mount --make-rprivate /
  mkdir -p "$root"
  if [ ! -e "$layer/upper" ]; then create_layer "$(realpath "$lower")"; fi
  mount -t overlay overlay \
    -o "lowerdir=$(realpath "$lower"),upperdir=$layer/upper,workdir=$layer/work" "$root"
  mount -t proc proc "$root/proc"
  mount --bind /dev "$root/dev"
  mount -t tmpfs -o "size=$shm_size,mode=1777" tmpfs "$root/dev/shm"
  mount --bind "$layer/run" "$root/run"
  mount --bind "$layer/home" "$root/var/lib/postgresql"
  mount_at "$state/hosts" /etc/hosts rw
  mounts
  set_user "$user" "$root"
  adopt_environment
  cd "$root"
  # From here on, a signal reaches the container's own process.
  : >"$container/ready"
  exec /usr/sbin/chroot "${userspec[@]}" "$root" "${entrypoint[@]}" "${command[@]}"
}

# create_layer LOWER: what the image contains besides PostgreSQL.
create_layer() {
  local upper=$layer/upper sample=/usr/share/postgresql/$major/postgresql.conf.sample
  mkdir -p "$layer/work" "$layer/home/data" "$layer/run/postgresql" "$upper/usr/local/bin" \
    "$upper/etc" "$upper/docker-entrypoint-initdb.d" "$upper/pgtopo" "$upper$(dirname "$sample")"
  install -m 0755 "$tools/docker-entrypoint.sh" "$upper/usr/local/bin/"
  if [ ! -x "$1/usr/sbin/gosu" ]; then install -m 0755 "$tools/gosu" "$upper/usr/local/bin/"; fi
  sed "s/^#listen_addresses = 'localhost'/listen_addresses = '*'/" "$1$sample" >"$upper$sample"
  {
    awk -F : -v id="$postgres" '$1 != "postgres" && $3 != id' "$1/etc/passwd"
    echo "postgres:x:$postgres:$postgres::/var/lib/postgresql:/bin/bash"
  } >"$upper/etc/passwd"
  {
    awk -F : -v id="$postgres" '$1 != "postgres" && $3 != id' "$1/etc/group"
    echo "postgres:x:$postgres:"
  } >"$upper/etc/group"
  if [ -n "${PGTOPO_BUSYBOX:-}" ]; then imitate_alpine "$1" "$upper"; fi
  chown "$postgres:$postgres" "$layer/home" "$layer/home/data" "$layer/run/postgresql"
  chmod 1777 "$layer/home" "$layer/home/data"
  chmod 3777 "$layer/run/postgresql"
}

# Differences that a script sees in the Alpine images: the shell, the tools, su-exec.
imitate_alpine() {
  local upper=$2 tool
  install -m 0755 "$tools/gosu" "$upper/usr/local/bin/su-exec"
  rm -f "$upper/usr/local/bin/gosu"
  if [ -e "$1/usr/sbin/gosu" ]; then mkdir -p "$upper/usr/sbin" && mknod "$upper/usr/sbin/gosu" c 0 0; fi
  sed -i 's/exec gosu/exec su-exec/' "$upper/usr/local/bin/docker-entrypoint.sh"
  mkdir -p "$upper/usr/bin"
  install -m 0755 "$PGTOPO_BUSYBOX" "$upper/usr/bin/sh"
  for tool in $("$PGTOPO_BUSYBOX" --list); do ln -f "$upper/usr/bin/sh" "$upper/usr/local/bin/$tool"; done
}

# The functions that a definition's mounts() calls, each with its target first.

# A new volume gets the owner and the mode of the image's folder.
mount_volume() {
  local volume=$state/volumes/$2
  prepare_volume "$volume" "$1"
  mount_at "$volume" "$1" "$3"
}

# An image's VOLUME without a mount.
mount_anonymous() {
  prepare_volume "$container/anonymous" "$1"
  mount_at "$container/anonymous" "$1" rw
}

prepare_volume() {
  mkdir -p "$1"
  [ ! -e "$1.prepared" ] || return 0
  case $2 in
    /var/lib/postgresql | /var/lib/postgresql/data)
      chown "$postgres:$postgres" "$1"
      chmod 1777 "$1"
      ;;
  esac
  : >"$1.prepared"
}

# A writable folder is one of ours with the same path, so that the machine's own is not changed.
mount_bind() {
  local source=$2
  if [ "$3" = rw ]; then
    source=$state/folders$2
    mkdir -p "$source"
  elif [ ! -e "$source" ]; then
    echo "container.sh: there is no \"$source\"" >&2
    exit 1
  fi
  mount_at "$source" "$1" "$3"
}

mount_temporary() {
  mkdir -p "$root$1"
  mount -t tmpfs -o "$2" tmpfs "$root$1"
}

# mount_at SOURCE TARGET MODE
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

main "$@"
