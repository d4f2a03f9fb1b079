#!/bin/sh
# The settings that depend on the actual role: sourced after state.sh by the scripts that
# run in the containers. The rendered postgresql.conf includes the file that is written
# here, so that a node changes its role without a new container.

# shellcheck disable=SC2034,SC2154 # of the other scripts, and for them
role_file=$runtime/role.conf

# write_role UPSTREAM: nobody's, if it is empty. Returns 0 if that changes anything.
write_role() {
  {
    echo "# Written by the scripts of pgtopo; the role is what scripts/promote.sh made it."
    if [ -n "$1" ]; then
      look_up "$PGTOPO_NODE"
      own_slot=$declared_slot
      look_up "$1"
      echo "primary_conninfo = '$(conf_escaped "$declared_link application_name=$PGTOPO_NODE passfile=$passfile")'"
      echo "primary_slot_name = '$own_slot'"
    else
      echo "primary_conninfo = ''"
      echo "primary_slot_name = ''"
    fi
    # Without effect in recovery. In force before a promotion, so that no commit slips through
    # between the promotion and a reload, nor after a health check that began before it.
    if [ -e /etc/pgtopo/primary.conf ]; then cat /etc/pgtopo/primary.conf; fi
  } >"$role_file.new.$$"
  own "$role_file.new.$$"
  if cmp -s "$role_file.new.$$" "$role_file"; then
    rm -f "$role_file.new.$$"
    return 1
  fi
  mv -f "$role_file.new.$$" "$role_file"
}

conf_escaped() {
  printf '%s' "$1" | sed "s/['\\\\]/&&/g"
}
