#!/usr/bin/env bash
# What people do with a rendered folder that runs: the scripts promote.sh, rejoin.sh,
# recopy.sh and status.sh, in this order on the same nodes, one "primary" and one "replica".
# Sourced by test-servers after cases.sh; PGTOPO_CASES=operations runs them all.
# shellcheck disable=SC2034,SC2154 # set there, and used there
# shellcheck disable=SC2016 # the containers' variables

operations=(
  first_start
  status_of_health
  promote_and_back
  promote_killed_between_its_steps
)
if [ "${PGTOPO_CASES:-}" = operations ]; then PGTOPO_CASES="${operations[*]}"; fi

status_of_health() {
  status_is 0
  shows "primary  primary   primary  1 "
  shows "replica  replica   replica  1 "
}

promote_and_back() {
  write "before the promotion"
  "$folder/scripts/promote.sh" replica --yes
  expect f "$(on replica "SELECT pg_is_in_recovery()")"
  expect t "$(on primary "SELECT pg_is_in_recovery()")"
  expect 1 "$(on replica "SELECT count(*) FROM operations WHERE line = 'before the promotion'")"
  "$folder/scripts/test.sh"
  status_is 1
  shows '"replica" is the actual primary, and "primary" the declared one'
  shows 'Write "role: primary" for "replica"'
  # Twice is once.
  "$folder/scripts/promote.sh" replica --yes
  "$folder/scripts/promote.sh" primary --yes
  "$folder/scripts/test.sh"
  status_is 0
}

promote_killed_between_its_steps() {
  local step
  for step in record promote start_others; do
    echo "killed before $step"
    sed "s/^$step() {/&\n  kill -KILL \$\$/" "$folder/scripts/promote.sh" >"$work/promote.sh"
    ! (cd "$folder" && sh_in_folder "$work/promote.sh" replica --yes) || because "it was not killed"
    status_is 1
    "$folder/scripts/promote.sh" replica --yes
    expect f "$(on replica "SELECT pg_is_in_recovery()")"
    "$folder/scripts/test.sh"
    "$folder/scripts/promote.sh" primary --yes
  done
  status_is 0
}

# --- What they are made of ------------------------------------------------------

# A script whose folder is the rendered one.
sh_in_folder() {
  sed "s|^folder=.*|folder='$folder'|" "$1" >"$1.moved"
  shift
  sh "$work/promote.sh.moved" "$@"
}

write() {
  on "$(recorded)" "CREATE TABLE IF NOT EXISTS operations (line text); INSERT INTO operations VALUES ('$1')"
}

# Whom the state names.
recorded() {
  sed -n 's/^primary=//p' "$folder/.pgtopo-actual" | grep . || echo primary
}

# status_is NUMBER: status.sh ends with it. Its words are in `said`.
status_is() {
  local result=0
  said=$("$folder/scripts/status.sh") || result=$?
  printf '%s\n' "$said"
  expect "$1" "$result"
  awk 'length > 80 && !/^  / { print "too wide: " $0; bad = 1 } END { exit bad }' <<<"${said%%$'\n\n'*}"
}

shows() {
  grep -qF -- "$1" <<<"$said" || because "status.sh does not show: $1"
}
