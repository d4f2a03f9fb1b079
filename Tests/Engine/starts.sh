#!/usr/bin/env bash
# First starts that take a while, and what is left of the secrets that they used: more cases
# for test-engine, as in cases.sh.
# shellcheck disable=SC2154 # set by test-engine

# With an init file that takes longer than a minute: no node is healthy too early, and
# `up --wait` waits.
slow_first_start() {
  waits_for_start "$(primary)" "slow.sh ends"
  # Here the copy takes as long; the healthy primary does not hide that.
  is_well
}

slow_copy() {
  local name
  name=$(last_replica)
  remove "$name"
  slow_copies "$name" 400k
  PGTOPO_COMPOSE_FILE=$work/override.yml waits_for_start "$name" "the copy is complete"
  is_well
  compose up -d --wait
}

# waits_for_start NODE LINE: starts everything. The node is not healthy before it logs the
# line, and no container waits for it to be started: a busy engine takes some seconds.
waits_for_start() {
  local up health created=0 begin=$SECONDS
  compose up -d --wait &
  up=$!
  while kill -0 "$up" 2>/dev/null; do
    sleep 2
    # Read before the log, which may get the line a moment later.
    health=$(health_of "$1")
    case $health in
      healthy) said "$1" "$2" ;;
      unhealthy) because "\"$1\" is unhealthy while it starts" ;;
    esac
    if compose ps --all --format '{{.State}}' | grep -x created >/dev/null; then
      created=$((created + 1))
    else
      created=0
    fi
    [ "$created" -lt 10 ] || because "a container is not started"
  done
  wait "$up"
  expect healthy "$(health_of "$1")"
  # Otherwise this proves nothing.
  [ "$((SECONDS - begin))" -ge 70 ] || because "it took $((SECONDS - begin)) s alone"
}

health_of() {
  compose ps --all --format json "$1" | jq -r 'if type == "array" then .[] else . end | .Health'
}

# Neither the first process of a node, nor a backend, nor `docker inspect` reveals a password.
environment_has_no_password() {
  local name password
  known_passwords >"$work/known"
  for name in $(primary) $(replicas); do
    {
      environment_of "$name"
      on "$name" "SELECT encode(pg_read_binary_file('/proc/self/environ', 0, 65536, true), 'escape')"
      docker inspect "$(compose ps -q "$name")"
    } >"$work/environment"
    while IFS= read -r password; do
      if grep -qF -- "$password" "$work/environment"; then
        because "\"$name\" has a password in its environment"
      fi
    done <"$work/known"
  done
}

# The passwords as they are, and as JSON writes them.
known_passwords() {
  local password
  passwords | while IFS= read -r password; do
    printf '%s\n' "$password"
    printf '%s' "$password" | jq -Rs . | sed 's/^"//; s/"$//'
  done | sort -u
}
