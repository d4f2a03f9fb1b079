#!/usr/bin/env bash
# shellcheck disable=SC2154 # variables of the definitions that plan.py writes, and of docker
# The containers and volumes of the stand-in for Docker: one folder each in
# $PGTOPO_SERVERS/containers, named like the service, with the service's definition when the
# container was created, its layer, its log, and what supervise.py knows about it.

containers() {
  local folder
  for folder in "$state/containers"/*/; do
    if [ -e "$folder/definition" ]; then basename "$folder"; fi
  done
}

exists() {
  [ -e "$state/containers/$1/definition" ]
}

# By the service, by Compose's name for the container, or by its number.
container_of() {
  local name
  for name in $(containers); do
    case $1 in "$name" | "$(full_name "$name")") echo "$name" && return ;; esac
    case $(cat "$state/containers/$name/id") in "$1"*) echo "$name" && return ;; esac
  done
  echo "Error response from daemon: No such container: $1" >&2
  exit 1
}

full_name() {
  echo "$(cat "$state/project")-$1-1"
}

create() {
  local name=$1 container=$state/containers/$1
  mkdir -p "$container"
  cp "$state/services/$name/definition.json" "$state/services/$name/hash" "$container/"
  (
    # shellcheck source=/dev/null
    . "$state/services/$name/definition"
    printf '%s\n' "${volumes[@]}" >"$container/volumes"
  )
  od -An -tx1 -N32 /dev/urandom | tr -d ' \n' >"$container/id"
  # Last: with it, the container exists.
  cp "$state/services/$name/definition" "$container/definition"
}

# The image's own volume is kept when the container is recreated.
discard() {
  local file
  for file in "$state/containers/$1"/*; do
    case $file in
      */anonymous | */anonymous.prepared | */lock) [ "${2:-}" = --keep-anonymous ] || rm -rf "$file" ;;
      *) rm -rf "$file" ;;
    esac
  done
  rm -f "$state/cut/$1"
}

start() {
  local name=$1 container=$state/containers/$1 supervisor
  (
    flock 8
    if is_alive "$name"; then exit; fi
    rm -f "$container/stopped" "$container/paused" "$container/status" "$container/ready"
    copy_secrets "$container"
    # Neither the lock nor this command's output may be held as long as the container lives.
    setsid "${PGTOPO_PYTHON:-python3}" "$tools/supervise.py" "$name" \
      >>"$container/log" 2>&1 </dev/null 8>&- &
    supervisor=$!
    until [ -e "$container/status" ]; do
      if ! kill -0 "$supervisor" 2>/dev/null; then
        echo "cannot start the container of \"$name\"" >&2
        exit 1
      fi
      sleep 0.01
    done
    if [ "$(state_of "$name")" = exited ] && [ "$(status_of "$name" exit)" = 128 ]; then
      tail -n 1 "$container/log" >&2
      exit 1
    fi
  ) 8>"$container/lock"
}

# copy_secrets FOLDER: Compose copies secrets from the environment into the container at each
# start.
copy_secrets() {
  local folder=$1
  (
    # shellcheck source=/dev/null
    . "$folder/definition"
    # shellcheck disable=SC2317 # secrets() calls it
    write_secret() {
      local file=$folder/layer$2
      if [ -z "${!1+set}" ]; then
        echo "environment variable \"$1\" required by the secret for $2 is not set" >&2
        exit 1
      fi
      mkdir -p "$(dirname "$file")"
      rm -f "$file"
      (umask 077 && printf '%s' "${!1}" >"$file")
      chown "$4" "$file"
      chmod "$3" "$file"
    }
    secrets
  )
}

# stop NAME SIGNAL SECONDS: stops it for good, by force in the end.
stop() {
  local name=$1 container=$state/containers/$1 end=$((SECONDS + $3)) process signalled=
  exists "$name" || return 0
  : >"$container/stopped"
  while is_alive "$name"; do
    process=$(status_of "$name" pid)
    if [ -n "$process" ] && [ "$process" != "$signalled" ]; then
      kill -s "$2" "$process" 2>/dev/null || :
      if [ -e "$container/paused" ]; then thaw "$name"; fi
      signalled=$process
    elif [ -n "$process" ] && [ "$SECONDS" -ge "$end" ]; then
      kill -s KILL "$process" 2>/dev/null || :
    fi
    flock -s -w 0.1 "$container/alive" true || :
  done
}

is_alive() {
  [ -e "$state/containers/$1/alive" ] && ! flock -s -n "$state/containers/$1/alive" true
}

# status_of NAME KEY: what supervise.py last wrote.
status_of() {
  sed -n "s/^$2=//p" "$state/containers/$1/status" 2>/dev/null || :
}

state_of() {
  local current
  current=$(status_of "$1" state)
  if [ "$current" = running ] && [ -e "$state/containers/$1/paused" ]; then current=paused; fi
  echo "${current:-created}"
}

freeze() {
  : >"$state/containers/$1/paused"
  signal_all "$1" STOP
}

thaw() {
  rm -f "$state/containers/$1/paused"
  signal_all "$1" CONT
}

# Every process in the container's own namespace.
signal_all() {
  local first space process
  first=$(status_of "$1" pid)
  space=$(readlink "/proc/$first/ns/pid")
  for process in /proc/[0-9]*; do
    if [ "$(readlink "$process/ns/pid" 2>/dev/null)" = "$space" ]; then
      kill -s "$2" "${process#/proc/}" 2>/dev/null || :
    fi
  done
}

# create_volume NAME OPTIONS: in memory if there are any.
create_volume() {
  [ ! -e "$state/volumes/$1" ] || return 0
  mkdir -p "$state/volumes/$1"
  if [ -n "$2" ]; then mount -t tmpfs -o "$2" tmpfs "$state/volumes/$1"; fi
}

remove_volume() {
  umount "$state/volumes/$1" 2>/dev/null || :
  rm -rf "${state:?}/volumes/$1" "$state/volumes/$1.prepared"
}
