#!/usr/bin/env bash
# Which cases each topology goes through, in this order, on the same nodes.
# shellcheck disable=SC2034,SC2154 # used and set by test-engine

# Topologies of one lane run one after the other, lanes at the same time. Two that
# share a subnet or a published port are in one lane.
lanes=(
  "tutorial primary-replica"
  "two-replicas cascading dual-stack"
  "synchronous-quorum archive"
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
  refusals_are_explained
)

# cases_of TOPOLOGY MAJOR. Those that no major makes different run with the first
# major alone, unless PGTOPO_ENGINE_ALL=1.
cases_of() {
  local cases=("${every[@]}") once=()
  case $1 in
    tutorial) once+=(reset_starts_from_nothing) ;;
    primary-replica)
      cases=(first_start_keeps_passwords_secret "${every[@]:1}" application_joins
        primary_killed_while_initialising)
      once+=(primary_replaced_while_initialising slot_made_again promoted_node_stays_promoted
        primary_made_anew_is_noticed reset_starts_from_nothing)
      ;;
    two-replicas) cases+=(commits_wait_for_replicas) ;;
    synchronous-quorum) cases+=(clients_verify_the_server commits_wait_for_replicas) ;;
    # Without slots, so that it falls behind for good but for the archive.
    archive) cases=(first_start files_have_no_errors replica_catches_up_from_archive) ;;
  esac
  echo "${cases[@]}"
  if [ "$2" = "${majors[0]}" ] || [ "${PGTOPO_ENGINE_ALL:-}" = 1 ]; then echo "${once[@]}"; fi
}
