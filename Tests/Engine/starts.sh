#!/usr/bin/env bash
# First starts that take their time, what they log, and what SQL may read of the secrets
# they used: more cases for test-engine, as in cases.sh.
# shellcheck disable=SC2154 # set by test-engine
# shellcheck disable=SC2016 # the containers' variables

# With an init file that takes longer than a minute: nobody is healthy before its time, and
# `up --wait` waits.
slow_first_start() {
  waits_for_start "$(primary)" "slow.sh ends"
  # Here the copy takes as long: the healthy primary does not hide it.
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

# waits_for_start NODE LINE: brings all up. The node is not healthy before it logged the line,
# and no container waits for it to be made.
waits_for_start() {
  local up health begin=$SECONDS
  compose up -d --wait &
  up=$!
  while kill -0 "$up" 2>/dev/null; do
    sleep 2
    # Before the log, which may have the line a moment later.
    health=$(health_of "$1")
    case $health in
      healthy) said "$1" "$2" ;;
      unhealthy) because "\"$1\" is unhealthy while it starts" ;;
    esac
    expect "" "$(compose ps --all --format '{{.State}}' | grep -x created || :)"
  done
  wait "$up"
  expect healthy "$(health_of "$1")"
  # Else this shows nothing.
  [ "$((SECONDS - begin))" -ge 70 ] || because "it took $((SECONDS - begin)) s alone"
}

health_of() {
  compose ps --all --format json "$1" | jq -r 'if type == "array" then .[] else . end | .Health'
}

# Slots are looked at before they are made or dropped.
no_errors_in_ordinary_life() {
  local name
  for name in $(replicas); do compose restart "$name"; done
  compose up -d --wait
  compose restart "$(primary)"
  compose up -d --wait
  remove "$(last_replica)"
  compose up -d --wait
  "$folder/scripts/test.sh"
  # Before 15 there is no READ_REPLICATION_SLOT.
  [ "$major" -ge 15 ] || return 0
  for name in $(primary) $(replicas); do
    compose logs --no-color "$name" | grep -E '(ERROR|FATAL): .*slot' >"$work/errors" || continue
    cat "$work/errors"
    because "\"$name\" logged errors about slots"
  done
}

# A superuser of SQL may read what the server may: no secret is among that.
secrets_are_unreadable() {
  local name file password
  known_passwords >"$work/known"
  for name in $(primary) $(replicas); do
    expect t "$(on "$name" "SELECT rolsuper FROM pg_roles WHERE rolname = current_user")"
    for file in $(in_container_as root "$name" 'ls /run/secrets'); do
      if on "$name" "SELECT pg_read_binary_file('/run/secrets/$file')" >"$work/read" 2>&1; then
        because "SQL on \"$name\" reads the secret \"$file\""
      fi
      grep -qE "Permission denied|permission denied" "$work/read" || {
        cat "$work/read"
        because "SQL on \"$name\" does not read \"$file\", but for another reason"
      }
    done
    # Of the first process and of a backend, and what the engine tells.
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

# As they are, and as JSON writes them. Not those that are only words.
known_passwords() {
  local password
  {
    printf '%s\n' "$POSTGRES_PASSWORD" "$REPLICATION_PASSWORD" "$APP_PASSWORD" "$READER_PASSWORD"
    cat "$(dirname "$topology")"/secrets/* 2>/dev/null || :
  } | while IFS= read -r password; do
    printf '%s\n' "$password"
    printf '%s' "$password" | jq -Rs . | sed 's/^"//; s/"$//'
  done | sort -u
}

in_container_as() {
  compose exec -T --user "$1" "$2" sh -c "$3" </dev/null
}
