#!/usr/bin/env bash
# shellcheck disable=SC2154 # variables of the definitions that plan.py writes
# How the stand-ins for Docker give a process its container's environment.

# Not with env(1): its command line would show the passwords, and hide that the
# rendered scripts do not.
adopt_environment() {
  local name
  # shellcheck disable=SC2163 # the variables with these names
  for name in $(compgen -e); do export -n "$name"; done
  export HOME=/root "${environment[@]}"
}
