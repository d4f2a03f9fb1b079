#!/usr/bin/env bash
# shellcheck disable=SC2034,SC2154 # variables of the definitions that plan.py writes
# How the stand-ins for Docker give a process its container's environment and user.

# Not with env(1): its command line would show the passwords, so the tests could not tell
# whether the rendered scripts do.
adopt_environment() {
  local name
  # shellcheck disable=SC2163 # the variables with these names
  for name in $(compgen -e); do export -n "$name"; done
  export HOME=$home "${environment[@]}"
}

# set_user USER[:GROUP] ROOT: sets the arguments for chroot, and the user's home there.
set_user() {
  userspec=()
  home=/root
  [ -n "$1" ] || return 0
  userspec=(--userspec="$1")
  # Without a group, a name brings its groups.
  case $1 in *:*) ;; *[!0-9]*) userspec=(--userspec="$1:") ;; esac
  home=$(awk -F : -v user="${1%%:*}" '$1 == user || $3 == user {print $6}' "$2/etc/passwd" | head -n 1)
}
