#!/bin/sh
# Rendered by pgtopo from topology.yml. Edit that file, not this one, and run "pgtopo render".
# shellcheck disable=SC2034,SC2154 # of topology.sh, and for the scripts that source it
# What the scripts share that change something, sourced after topology.sh: questions,
# stopping and starting a node, and what its data has that others lack.

program=${0##*/}

# say FACT [HINT…]
say() {
  printf '%s: %s\n' "$program" "$1"
  shift
  for line in "$@"; do printf '  %s\n' "$line"; done
}

give_up() {
  say "$@" >&2
  exit 1
}

# Sets `node` and, if they are given, `yes` and those of the options that $1 names.
read_arguments() {
  allowed=" --yes $1 "
  shift
  node='' yes=no accept_loss=no
  for argument in "$@"; do
    case $argument in
      --*)
        case $allowed in
          *" $argument "*) ;;
          *) usage ;;
        esac
        case $argument in
          --yes) yes=yes ;;
          --accept-loss) accept_loss=yes ;;
        esac
        ;;
      *)
        [ -z "$node" ] || usage
        node=$argument
        ;;
    esac
  done
  [ -n "$node" ] || usage
  is_declared "$node" || give_up "\"$node\" is no node of this topology" \
    "Its nodes are $(declared_nodes | sed 's/.*/"&"/' | paste -s -d , - | sed 's/,/, /g')."
}

usage() {
  echo "usage: $program NODE [--yes]${usage_options:+ $usage_options}" >&2
  exit 2
}

# confirm WORD: goes on only if that word is typed. What `stop_refused` stopped starts again.
confirm() {
  printf 'Type "%s" to go on: ' "$1"
  read -r typed || typed=
  [ "$typed" = "$1" ] || {
    echo "Nothing was changed."
    if [ -n "${refused:-}" ]; then compose up -d "$refused" || :; fi
    exit 1
  }
}

# stop_refused NODE: one that refuses to start again and again serves nobody. Stopped, a
# container made for it can look at its data.
stop_refused() {
  refused=
  if [ "$(container_state "$1")" = restarting ] || [ "$(note_of "$1" phase)" = refused ]; then
    refused=$1
    stop_node "$1"
  fi
}

require_state() {
  read_state || give_up "the state of the topology cannot be read${unreadable:+: $unreadable}" \
    "A node must run, or be able to. Where passwords come from the environment, export them first."
}

# Sets `primary_facts` and `primary_timeline`. Nobody's data goes unless the actual primary runs and
# has the database that the state names.
require_primary() {
  require_state
  [ -n "$actual" ] || give_up "nobody recorded who the primary is" \
    "Start all nodes with scripts/setup.sh, or name the primary with scripts/promote.sh."
  [ "$node" != "$actual" ] || give_up "\"$node\" is the actual primary: all others copy it" \
    "Promote another node first, with scripts/promote.sh."
  [ "$(in_recovery "$actual")" = f ] || give_up "the actual primary \"$actual\" does not answer" \
    "\"$node\" may have the last copy of the data. Start \"$actual\", or promote another node."
  inspect "$actual"
  [ "$identifier" = "$(state_of identifier)" ] || give_up \
    "\"$actual\" has another database than the state names" "See scripts/status.sh."
  primary_facts=$facts primary_timeline=$timeline
}

# Sets `upstream`. Who follows a node that was promoted beside the actual primary would only
# follow it there again.
require_upstream() {
  upstream=$(upstream_of "$node")
  [ "$upstream" != "$actual" ] || return 0
  [ "$(in_recovery "$upstream")" != f ] ||
    give_up "\"$upstream\", which \"$node\" follows, is writable, and \"$actual\" is the actual primary" \
      "Run scripts/rejoin.sh $upstream first."
}

# stop_node NODE: it is down afterwards, or this ends here. A container that is waiting to
# be restarted does not start again, either.
stop_node() {
  compose stop "$1" || give_up "cannot stop \"$1\"; the reason is above"
  case $(container_state "$1") in
    running | restarting | paused) give_up "\"$1\" was stopped, and runs again" \
      "Something else starts it. Nothing was changed." ;;
    unknown) give_up "\"$1\" was stopped, and Docker does not say whether it is" "Run this again." ;;
  esac
}

# starts_following NODE UPSTREAM: starts the node, and waits until it streams. Returns 1 and
# says why when it does not, as far as anybody knows.
starts_following() {
  compose up -d "$1" || :
  follows "$1" "$2"
}

follows() {
  limit=${PGTOPO_TIMEOUT:-300}
  deadline=$(($(date +%s) + limit))
  until streams "$1" "$2"; do
    read_state || :
    if [ "$(note_of "$1" phase)" = refused ] && [ "$(container_state "$1")" != running ]; then
      say "\"$1\" does not follow \"$2\": $(note_of "$1" problem)" "$(note_of "$1" hint)" >&2
      return 1
    fi
    if [ "$(date +%s)" -ge "$deadline" ]; then
      say "\"$1\" does not follow \"$2\" after $limit s" "scripts/status.sh says what is wrong." >&2
      return 1
    fi
    sleep 1
  done
}

streams() {
  case $(receiver "$2" "$1" 2>/dev/null) in
    streaming*) ;;
    *) return 1 ;;
  esac
}

# --- Data ---------------------------------------------------------------------

# inspect NODE: puts what is known of its data into `facts`, `kind`, `identifier`, `timeline`
# and `end`: from its server, from a container made for it where it is stopped, or from
# its last note. `is_old` is set for the last.
inspect() {
  is_old='' facts=''
  case $(container_state "$1") in
    running)
      facts=$(in_node "$1" sh /pgtopo/scripts/facts.sh 2>/dev/null) || facts=
      facts=$(printf '%s\n' "$facts" | awk -F "$tab" -v OFS="$tab" '
        $1 == "server" { print "data", "kind", $2; print "data", "identifier", $3
          print "data", "timeline", $4; print "data", "end", $5; print "data", "replayed", $6 }
        $1 == "history"')
      ;;
    restarting | paused) ;;
    *) facts=$(one_off "$1" report 2>/dev/null) || facts= ;;
  esac
  kind=$(data_of kind)
  if [ -z "$kind" ]; then
    is_old=yes
    kind=$(note_of "$1" kind) identifier=$(note_of "$1" identifier)
    timeline=$(note_of "$1" timeline) end=$(note_of "$1" end)
  else
    identifier=$(data_of identifier) timeline=$(data_of timeline) end=$(data_of end)
  fi
}

data_of() {
  printf '%s\n' "$facts" | awk -F "$tab" -v key="$1" '$1 == "data" && $2 == key { print $3 }'
}

# describe NODE: what inspect has found, in a line.
describe() {
  case $kind in
    '') echo "\"$1\": nothing is known of its data" ;;
    empty) echo "\"$1\" has no data" ;;
    *)
      echo "\"$1\" has data of a $kind: identifier ${identifier:-unknown}, timeline ${timeline:-unknown}, end of WAL ${end:-unknown}${is_old:+ (when it last ran)}"
      ;;
  esac
}

# LSN as a number of bytes.
position() {
  echo "$((0x${1%/*} * 4294967296 + 0x${1#*/}))"
}

# bytes_between FIRST SECOND: how far the second is behind the first, at least 0.
bytes_between() {
  [ -n "$1" ] && [ -n "$2" ] || return 0
  distance=$(($(position "$2") - $(position "$1")))
  echo "$((distance > 0 ? distance : 0))"
}

# describe_difference NODE: after two inspections, whose results are in `facts`, `timeline` and `end`
# for the node and `primary_facts` and `primary_timeline` for the primary: what the node alone has.
describe_difference() {
  point=$(fork_point)
  if [ -z "$point" ]; then
    echo "  It is not known where \"$1\" and \"$actual\" parted: all of its data may be its own."
    return
  fi
  echo "  \"$1\" and \"$actual\" parted at $point."
  verb=has
  [ -z "$is_old" ] || verb=had
  own=$(bytes_between "$point" "$end")
  if [ -n "$own" ]; then
    # Of a stopped node the place where its last record begins is known.
    if [ "$own" = 0 ]; then own="one record"; else own="$own bytes"; fi
    echo "  Behind that, \"$1\" $verb $own of WAL that no other node has${is_old:+, when it last ran}."
  fi
}

# Where the two timelines were last one: in the history of one of them the other ended
# there, or both have an end of the same third one.
fork_point() {
  if [ "$timeline" = "$primary_timeline" ]; then
    return
  fi
  point=$(end_of_timeline "$primary_facts" "$timeline")
  if [ -z "$point" ]; then point=$(end_of_timeline "$facts" "$primary_timeline"); fi
  if [ -z "$point" ]; then
    point=$(printf '%s\n%s\n' "$primary_facts" "$facts" | awk -F "$tab" '
      $1 == "history" { if ($2 in end) { if (end[$2] != $3) { print end[$2], $3; exit } } else end[$2] = $3 }')
    # The earlier of the two.
    if [ -n "$point" ] && [ "$(position "${point#* }")" -lt "$(position "${point% *}")" ]; then
      point=${point#* }
    fi
    point=${point% *}
  fi
  printf '%s' "$point"
}

end_of_timeline() {
  printf '%s\n' "$1" | awk -F "$tab" -v timeline="$2" '$1 == "history" && $2 == timeline { print $3 }'
}
