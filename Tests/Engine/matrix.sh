#!/usr/bin/env bash
# Which cases each topology goes through, in this order, on the same nodes.
#
# Running all of them with every major would take hours, so test-engine runs `pairs`: every
# case once, every example twice, every major at least three times, which check_pairs
# verifies. The full product is for `test-engine --all`.
# shellcheck disable=SC2034,SC2154 # used and set by test-engine

# A line has lane, topology, major and cases; first_start is always run and not listed. Lines of
# one lane run one after the other, lanes at the same time: topologies that share a subnet or a
# published port are in the same lane. Lanes end at about the same time, and begin with different
# majors. A case that leaves another topology than it found must be the last on its line.
pairs=(
  "a primary-replica 17 first_start_keeps_passwords_secret files_have_no_errors settings_changed
    application_joins undeclared_address_refused alter_system_is_named password_source_changed
    user_added version_tried_and_taken_back slot_made_again primary_killed_while_initialising"
  "a tutorial 15 down_and_up_keeps_data primary_restarted version_tried_and_taken_back
    lost_primary_is_not_made_anew primary_made_anew_is_noticed reset_starts_from_nothing"
  "a primary-replica 18 slots_log_no_errors environment_has_no_password
    version_tried_and_taken_back"
  "a tutorial 18 refusals_are_explained primary_replaced_while_initialising"
  "b two-replicas 17 commits_wait_for_replicas lowered_settings replica_recreated_from_nothing
    replica_far_behind"
  "b cascading 18 relay_copied_anew old_primary_follows"
  "b cascading 15 replica_killed_while_copying removed_renamed_nodes"
  "b two-replicas 15 writable_replica_is_said rejoined_and_promoted_back"
  "c dual-stack 18 lost_slot_is_said"
  "c synchronous-quorum 15 clients_verify_the_server copy_is_no_standby"
  "c archive 17 replica_catches_up_from_archive"
  "c folders 17 version_tried_and_taken_back wrong_password_is_said"
  "c synchronous-quorum 18 secrets_are_unreadable"
  "c dual-stack 17 swapped_roles_one_writable"
  "d slow 18 slow_first_start slow_copy"
  "d kept-archive 17 archive_of_another_database"
)

# What every topology must survive with every major.
every=(
  first_start
  files_have_no_errors
  down_and_up_keeps_data
  settings_changed
  undeclared_address_refused
  primary_restarted
  replica_recreated_from_nothing
  replica_far_behind
  replica_killed_while_copying
  slots_log_no_errors
  secrets_are_unreadable
  environment_has_no_password
  refusals_are_explained
)

# cases_of TOPOLOGY: all cases that it can go through.
cases_of() {
  local cases=("${every[@]}")
  case $1 in
    tutorial)
      cases+=(version_tried_and_taken_back primary_replaced_while_initialising
        lost_primary_is_not_made_anew primary_made_anew_is_noticed reset_starts_from_nothing)
      ;;
    primary-replica)
      cases=(first_start_keeps_passwords_secret "${every[@]:1}" application_joins
        alter_system_is_named password_source_changed user_added slot_made_again
        primary_killed_while_initialising version_tried_and_taken_back)
      ;;
    two-replicas)
      cases+=(commits_wait_for_replicas lowered_settings writable_replica_is_said
        rejoined_and_promoted_back)
      ;;
    cascading) cases+=(relay_copied_anew old_primary_follows removed_renamed_nodes) ;;
    dual-stack) cases+=(lost_slot_is_said swapped_roles_one_writable) ;;
    synchronous-quorum)
      cases+=(clients_verify_the_server commits_wait_for_replicas copy_is_no_standby)
      ;;
    # Without slots, so that only the archive keeps it from falling behind for good.
    archive) cases=(first_start files_have_no_errors replica_catches_up_from_archive) ;;
    kept-archive) cases=(first_start archive_of_another_database) ;;
    folders) cases=(first_start version_tried_and_taken_back wrong_password_is_said) ;;
    slow) cases=(slow_first_start slow_copy) ;;
  esac
  echo "${cases[@]}"
}

# runs MAJOR…: a line "LANE TOPOLOGY MAJOR CASE…" for each run with one of these majors.
runs() {
  local pair lane topology major rest
  if [ "${all:-}" = 1 ]; then
    # By topology, since those of one lane run one after the other.
    for major in "$@"; do
      for pair in "${pairs[@]}"; do
        read -r lane topology _ <<<"$pair"
        echo "$lane $topology $major $(cases_of "$topology")"
      done
    done | awk '!seen[$2, $3]++'
    return
  fi
  for pair in "${pairs[@]}"; do
    read -r -d '' lane topology major rest <<<"$pair" || :
    case " $* " in *" $major "*) ;; *) continue ;; esac
    case "$topology $rest" in
      *" first_start"* | slow*) ;;
      *) rest="first_start $rest" ;;
    esac
    # The words, on one line.
    read -r -d '' -a rest <<<"$rest" || :
    echo "$lane $topology $major ${rest[*]}"
  done
}

# Fails, and says why, unless the pairs satisfy what the head of this file promises.
check_pairs() {
  local topology major
  {
    for topology in $(all_topologies); do
      for major in $(cases_of "$topology"); do echo "case $topology $major"; done
    done
    for topology in "$root"/examples/*/; do echo "example $(basename "$topology")"; done
    for major in 15 17 18; do echo "major $major"; done
    all='' runs 15 17 18 | sed 's/^/run /'
  } | awk '
    $1 == "case" { known[$2, $3] = 1; wanted[$3] = 1 }
    $1 == "example" { examples[$2] = 1 }
    $1 == "major" { majors[$2] = 1 }
    $1 == "run" {
      runs_of[$3]++; with[$4]++
      if (!(($3, $4) in paired)) { paired[$3, $4] = 1; kinds[$3]++ }
      for (i = 5; i <= NF; i++) {
        ran[$i] = 1
        if ($i != "first_start" && !(($3, $i) in known)) wrong("cases_of \"" $3 "\" does not have \"" $i "\"")
      }
    }
    function wrong(what) { print "Tests/Engine/matrix.sh: " what; failed = 1 }
    END {
      for (name in wanted) if (!(name in ran)) wrong("no pair runs the case \"" name "\"")
      for (name in examples)
        if (kinds[name] < 2) wrong("the example \"" name "\" runs with fewer than two majors")
      for (name in majors)
        if (with[name] < 3) wrong("PostgreSQL " name " runs fewer than three times")
      exit failed
    }' >&2
}

all_topologies() {
  local folder
  for folder in "$root"/examples/*/ "$root"/Tests/Engine/topologies/*/; do basename "$folder"; done
}
