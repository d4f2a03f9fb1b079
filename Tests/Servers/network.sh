#!/usr/bin/env bash
# The network of the stand-in for Docker: one bridge, and for each running container a
# network namespace with the addresses that docker-compose.yml gives its service.
#
# usage: network.sh prepare                     the bridge, with the gateways' addresses
#        network.sh connect CONTAINER ADDRESS…  fails when another container has one
#        network.sh remove CONTAINER
#        network.sh cut CONTAINER               nothing passes any more, also after restarts
#        network.sh mend CONTAINER
set -euo pipefail

state=$PGTOPO_SERVERS

main() {
  mkdir -p "$state/addresses" "$state/cut"
  "$@"
}

prepare() {
  local gateway
  if ! ip link show containers >/dev/null 2>&1; then
    ip link add containers type bridge
    ip link set containers up
  fi
  while read -r gateway; do
    ip address replace "$gateway" dev containers
  done <"$state/gateways"
}

connect() {
  local name=$1 port address hardware
  shift
  port=$(port_of "$name")
  reserve "$name" "$@"
  # The kernel takes some time to remove what a namespace leaves behind.
  ip link del "$port" 2>/dev/null || :
  ip netns del "$name" 2>/dev/null || :
  ip netns add "$name"
  # The same after each start, otherwise the others use the old one for half a minute; Docker
  # derives it from the address, too, or announces it.
  hardware=02:42:$(printf %s "${1:-$name}" | md5sum | sed 's/\(..\)\(..\)\(..\)\(..\).*/\1:\2:\3:\4/')
  ip link add "$port" type veth peer name eth0 address "$hardware" netns "$name"
  ip link set "$port" up
  if [ ! -e "$state/cut/$name" ]; then ip link set "$port" master containers; fi
  {
    echo "link set lo up"
    for address in "$@"; do
      case $address in
        *:*) echo "address add $address dev eth0 nodad" ;;
        *) echo "address add $address dev eth0" ;;
      esac
    done
    echo "link set eth0 up"
  } | ip -n "$name" -batch -
  name_hosts
}

# Docker gives an address to only one container at a time.
reserve() {
  local name=$1 address file
  shift
  for address in "$@"; do
    file=$state/addresses/${address%/*}
    if ! (set -C && echo "$name" >"$file") 2>/dev/null && [ "$(cat "$file")" != "$name" ]; then
      echo "Error response from daemon: failed to set up container networking: Address already in use" >&2
      release "$name"
      exit 1
    fi
  done
}

release() {
  local file
  for file in "$state/addresses"/*; do
    if [ -e "$file" ] && [ "$(cat "$file")" = "$1" ]; then rm -f "$file"; fi
  done
}

remove() {
  ip link del "$(port_of "$1")" 2>/dev/null || :
  ip netns del "$1" 2>/dev/null || :
  release "$1"
  name_hosts
}

cut() {
  : >"$state/cut/$1"
  ip link set "$(port_of "$1")" nomaster 2>/dev/null || :
}

mend() {
  rm -f "$state/cut/$1"
  ip link set "$(port_of "$1")" master containers 2>/dev/null || :
}

# Docker's name server, as a file: it knows the names of running containers. It is written in
# place, since containers have it mounted.
name_hosts() {
  (
    flock 9
    {
      echo "127.0.0.1 localhost"
      echo "::1 localhost"
      for file in "$state/addresses"/*; do
        if [ -e "$file" ]; then echo "${file##*/} $(cat "$file")"; fi
      done
    } >"$state/hosts.new"
    cat "$state/hosts.new" >"$state/hosts"
  ) 9>"$state/hosts.lock"
}

port_of() {
  printf 'veth%08x' "$(printf %s "$1" | cksum | command cut -d ' ' -f 1)"
}

main "$@"
