#!/usr/bin/env bash
# shellcheck disable=SC2154 # variables of the definitions that plan.py writes, and of docker
# The commands of Docker Compose that the stand-in supports; docker sources this file.

compose_up() {
  local names=() wait='' limit=3600 recreate=changed orphans='' alone='' name processes=() process
  while [ $# -gt 0 ]; do
    case $1 in
      -d | --detach | --quiet-pull) ;;
      --wait) wait=1 ;;
      --wait-timeout) limit=$2 && shift ;;
      --no-recreate) recreate=never ;;
      --force-recreate) recreate=always ;;
      --remove-orphans) orphans=1 ;;
      --no-deps) alone=1 ;;
      -t | --timeout) shift ;;
      -*) refuse up "$1" ;;
      *) names+=("$1") ;;
    esac
    shift
  done
  plan
  if [ ${#names[@]} = 0 ]; then mapfile -t names < <(services); fi
  if [ -z "$alone" ]; then mapfile -t names < <(with_dependencies "${names[@]}"); fi
  remove_orphans "$orphans"
  provide_volumes
  for name in "${names[@]}"; do converge "$name" "$recreate"; done
  for name in "${names[@]}"; do
    start_after_dependencies "$name" &
    processes+=("$!")
  done
  for process in "${processes[@]}"; do
    wait "$process" || {
      kill "${processes[@]}" 2>/dev/null || :
      exit 1
    }
  done
  if [ -n "$wait" ]; then wait_until_healthy "$limit" "${names[@]}"; fi
}

# converge NAME WHEN: creates the container, or recreates it if necessary.
converge() {
  local old=$state/containers/$1/hash
  if exists "$1"; then
    case $2 in
      never) return ;;
      changed) if cmp -s "$old" "$state/services/$1/hash"; then return; fi ;;
    esac
    stop_by_definition "$1"
    discard "$1" --keep-anonymous
  fi
  create "$1"
}

start_after_dependencies() {
  local other
  # As it is declared now: a change in its dependencies does not recreate a container.
  # shellcheck source=/dev/null
  other=$(. "$state/services/$1/definition" && echo "$depends_on")
  if [ -n "$other" ]; then
    # shellcheck disable=SC2086 # several names
    for name in $other; do await_container "$name"; done
    # shellcheck disable=SC2086
    wait_until_healthy 3600 $other
  fi
  start "$1"
}

await_container() {
  local attempt
  for ((attempt = 0; attempt < 36000; attempt++)); do
    case $(state_of "$1") in created) sleep 0.1 ;; *) return ;; esac
  done
}

# wait_until_healthy SECONDS NAME…: if one cannot become healthy any more, all fail.
wait_until_healthy() {
  local end=$((SECONDS + $1)) name names pending
  shift
  names=("$@")
  while [ "$SECONDS" -lt "$end" ]; do
    pending=()
    for name in "${names[@]}"; do
      if [ "$(state_of "$name")" = exited ]; then
        echo "container $(full_name "$name") exited ($(status_of "$name" exit))" >&2
        exit 1
      fi
      case $(status_of "$name" health) in
        unhealthy)
          echo "container $(full_name "$name") is unhealthy" >&2
          exit 1
          ;;
        starting) pending+=("$name") ;;
        healthy) ;;
        *) if [ "$(state_of "$name")" != running ]; then pending+=("$name"); fi ;;
      esac
    done
    if [ ${#pending[@]} = 0 ]; then return; fi
    # Those that are healthy now may change until all are.
    sleep 0.1
  done
  echo "application not healthy after $1s: ${pending[*]}" >&2
  exit 1
}

compose_start() {
  local name
  chosen "$@"
  for name in "${names[@]}"; do
    exists "$name" || { echo "service \"$name\" has no container to start" >&2 && exit 1; }
    start "$name"
  done
}

# All at once, as Compose does where no service depends on another.
compose_stop() {
  local name seconds=
  if [ "${1:-}" = -t ] || [ "${1:-}" = --timeout ]; then seconds=$2 && shift 2; fi
  chosen "$@"
  for name in "${names[@]}"; do stop_by_definition "$name" "$seconds" & done
  wait
}

stop_by_definition() {
  exists "$1" || return 0
  (
    # shellcheck source=/dev/null
    . "$state/containers/$1/definition"
    stop "$1" "$stop_signal" "${2:-$grace}"
  )
}

compose_restart() {
  local name
  compose_stop "$@"
  for name in "${names[@]}"; do start "$name"; done
}

compose_kill() {
  local signal=KILL name process
  case ${1:-} in -s | --signal) signal=${2#SIG} && shift 2 ;; esac
  chosen "$@"
  for name in "${names[@]}"; do
    is_alive "$name" || continue
    if [ "$signal" = KILL ]; then
      stop "$name" KILL 0
    else
      # Docker does not restart a container that somebody sent a signal to.
      : >"$state/containers/$name/stopped"
      process=$(status_of "$name" pid)
      [ -z "$process" ] || kill -s "$signal" "$process"
    fi
  done
}

compose_pause() {
  local name
  chosen "$@"
  for name in "${names[@]}"; do freeze "$name"; done
}

compose_unpause() {
  local name
  chosen "$@"
  for name in "${names[@]}"; do thaw "$name"; done
}

# Removes the containers; their volumes stay.
compose_rm() {
  local given=() name stop=
  while [ $# -gt 0 ]; do
    case $1 in
      -s | --stop) stop=1 ;;
      -*s*) case $1 in --*) ;; *) stop=1 ;; esac ;;
      -*) ;;
      *) given+=("$1") ;;
    esac
    shift
  done
  chosen "${given[@]}"
  for name in "${names[@]}"; do
    if [ -n "$stop" ]; then stop_by_definition "$name"; fi
    if exists "$name" && ! is_alive "$name"; then discard "$name"; fi
  done
}

compose_down() {
  local name volumes='' orphans=''
  while [ $# -gt 0 ]; do
    case $1 in
      -v | --volumes) volumes=1 ;;
      --remove-orphans) orphans=1 ;;
      -t | --timeout) shift ;;
      *) refuse down "$1" ;;
    esac
    shift
  done
  chosen
  for name in "${names[@]}"; do stop_by_definition "$name" & done
  wait
  for name in "${names[@]}"; do discard "$name"; done
  remove_orphans "$orphans"
  [ -n "$volumes" ] || return 0
  while read -r name _; do
    if grep -qxF -- "$name" "$state"/{containers,one-offs}/*/volumes 2>/dev/null; then
      echo "volume $name is in use" >&2
    else
      remove_volume "$name"
    fi
  done <"$state/declared-volumes"
}

remove_orphans() {
  local name names=()
  mapfile -t names < <(containers | grep -vxF -f "$state/order")
  [ ${#names[@]} -gt 0 ] || return 0
  if [ -z "$1" ]; then
    echo "Found orphan containers (${names[*]}) for this project. If you removed or" \
      "renamed this service in your compose file, you can run this command with the" \
      "--remove-orphans flag to clean it up." >&2
    return
  fi
  for name in "${names[@]}"; do
    stop_by_definition "$name"
    discard "$name"
  done
}

compose_exec() {
  local options=() name
  while true; do
    case $1 in
      -u | --user) options+=(--user "$2") && shift 2 ;;
      --user=*) options+=(--user "${1#*=}") && shift ;;
      -e | --env) options+=(-e "$2") && shift 2 ;;
      -*) shift ;;
      *) break ;;
    esac
  done
  name=$1
  case $(state_of "$name") in
    running) exec "$tools/enter.sh" "${options[@]}" "$@" ;;
    paused) echo "Error response from daemon: container $name is paused, unpause the container before exec" >&2 ;;
    *) echo "service \"$name\" is not running" >&2 ;;
  esac
  exit 1
}

# In its own container, which is removed when it ends.
compose_run() {
  local entry='' as='' variables=() name container status=0
  while true; do
    case $1 in
      --entrypoint) entry=$2 && shift 2 ;;
      --entrypoint=*) entry=${1#*=} && shift ;;
      -u | --user) as=$2 && shift 2 ;;
      --user=*) as=${1#*=} && shift ;;
      -e | --env) variables+=("$2") && shift 2 ;;
      -*) shift ;;
      *) break ;;
    esac
  done
  plan
  provide_volumes
  name=run-$$
  container=$state/one-offs/$name
  mkdir -p "$container"
  (
    # shellcheck source=/dev/null
    . "$state/services/$1/definition"
    printf '%s\n' "${volumes[@]}" >"$container/volumes"
  )
  {
    cat "$state/services/$1/definition"
    shift
    if [ -n "$entry" ]; then echo "entrypoint=($entry)"; fi
    if [ $# -gt 0 ] || [ -n "$entry" ]; then echo "command=($(quoted "$@"))"; fi
    if [ -n "$as" ]; then echo "user=$(quoted "$as")"; fi
    if [ ${#variables[@]} -gt 0 ]; then echo "environment+=($(quoted "${variables[@]}"))"; fi
  } >"$container/definition"
  (
    # shellcheck source=/dev/null
    . "$container/definition"
    "$tools/network.sh" connect "$name" "${addresses[@]}"
  ) || status=$?
  if [ "$status" = 0 ]; then
    copy_secrets "$container"
    nsenter "--net=/run/netns/$name" unshare --mount --pid --ipc --fork --kill-child \
      "$tools/container.sh" "$container" || status=$?
    "$tools/network.sh" remove "$name"
  fi
  rm -rf "$container"
  return "$status"
}

quoted() {
  if [ $# -gt 0 ]; then printf '%q ' "$@"; fi
}

# cp SERVICE:/pgtopo/state -, as a tar archive, from a container that need not run.
compose_cp() {
  local service=${1%%:*} mount=${1#*:} volume
  [ "$2" = - ] || refuse compose cp "$@"
  exists "$service" || {
    echo "no container found for service \"$service\"" >&2
    exit 1
  }
  # shellcheck disable=SC2317 # the definition calls them
  volume=$(
    mount_volume() { if [ "$1" = "$mount" ]; then echo "$2"; fi; }
    mount_bind() { :; }
    mount_temporary() { :; }
    mount_anonymous() { :; }
    # shellcheck source=/dev/null
    . "$state/containers/$service/definition"
    mounts
  )
  [ -n "$volume" ] || refuse compose cp "$@"
  tar -c -C "$state/volumes/$volume" --transform "s,^[.],${mount##*/}," .
}

compose_ps() {
  local all='' format=table orphans=1 given=() name
  while [ $# -gt 0 ]; do
    case $1 in
      -a | --all) all=1 ;;
      -q | --quiet) format=id ;;
      --services) format=service ;;
      --format) format=$2 && shift ;;
      --format=*) format=${1#*=} ;;
      --orphans=false) orphans= ;;
      --orphans | --orphans=true | --no-trunc) ;;
      -*) refuse ps "$1" ;;
      *) given+=("$1") ;;
    esac
    shift
  done
  if [ "$format" = table ]; then echo "NAME SERVICE STATUS"; fi
  if [ -z "$orphans" ]; then plan; fi
  for name in $(containers); do
    if [ ${#given[@]} -gt 0 ] && ! printf '%s\n' "${given[@]}" | grep -qxF -- "$name"; then continue; fi
    if [ -z "$orphans" ] && ! grep -qxF -- "$name" "$state/order"; then continue; fi
    case $(state_of "$name") in running | paused | restarting) ;; *) [ -n "$all" ] || continue ;; esac
    show_container "$name" "$format"
  done
}

# show_container NAME FORMAT
show_container() {
  local current health code id
  current=$(state_of "$1")
  health=$(status_of "$1" health)
  code=$(status_of "$1" exit)
  id=$(cat "$state/containers/$1/id")
  case $2 in
    id) echo "$id" ;;
    service) echo "$1" ;;
    '{{.State}}') echo "$current" ;;
    json)
      jq -cn --arg service "$1" --arg name "$(full_name "$1")" --arg id "$id" --arg state "$current" \
        --arg health "$health" --argjson code "${code:-0}" '{ID: $id, Name: $name, Service: $service,
        State: $state, Health: $health, ExitCode: $code}'
      ;;
    *) echo "$(full_name "$1") $1 $current${health:+ ($health)}$([ "$current" != exited ] || echo " ($code)")" ;;
  esac
}

compose_logs() {
  local lines=+1 given=() name names
  while [ $# -gt 0 ]; do
    case $1 in
      -n | --tail) lines=$2 && shift ;;
      --tail=*) lines=${1#*=} ;;
      --no-color | --no-log-prefix) ;;
      -*) refuse logs "$1" ;;
      *) given+=("$1") ;;
    esac
    shift
  done
  [ "$lines" != all ] || lines=+1
  names=("${given[@]}")
  if [ ${#names[@]} = 0 ]; then mapfile -t names < <(containers); fi
  for name in "${names[@]}"; do
    if [ -e "$state/containers/$name/log" ]; then
      tail -n "$lines" "$state/containers/$name/log" | sed "s/^/$name | /"
    fi
  done
}

# --- What is declared ------------------------------------------------------------

plan() {
  real_compose config --format json | "${PGTOPO_PYTHON:-python3}" "$tools/plan.py" "$state"
  "$tools/network.sh" prepare
}

services() {
  cat "$state/order"
}

# Puts the given services, or all, into `names`.
chosen() {
  names=("$@")
  if [ $# = 0 ]; then
    plan
    mapfile -t names < <(services)
  fi
}

# In the order of the file's plan.
with_dependencies() {
  local wanted before=
  wanted=$(printf '%s\n' "$@" | sort -u)
  while [ "$wanted" != "$before" ]; do
    before=$wanted
    wanted=$({
      echo "$before"
      for name in $before; do
        [ -e "$state/services/$name/definition" ] || { echo "no such service: $name" >&2 && exit 1; }
        # shellcheck source=/dev/null
        (. "$state/services/$name/definition" && tr ' ' '\n' <<<"$depends_on")
      done
    } | sed '/^$/d' | sort -u)
  done
  services | grep -xF -- "$wanted"
}

provide_volumes() {
  local name options
  while read -r name options; do
    eval "create_volume $name $options"
  done <"$state/declared-volumes"
}
