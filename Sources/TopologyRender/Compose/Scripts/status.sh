#!/bin/sh
# status.sh: one table of what each node is and how far it is, and below it the problems with
# what to do. Ends with 1 when there are some. Changes nothing but the file
# `.pgtopo-actual`, which tells `pgtopo render` who is the actual primary.
#
# Each node that runs is asked once, all at the same time. What a node that does not
# run had when it last did is what it has noted.
set -eu

folder=$(cd "$(dirname "$0")/.." && pwd)
# shellcheck source=topology.sh
. "$folder/scripts/topology.sh"
# shellcheck source=problems.sh
. "$folder/scripts/problems.sh"

main() {
  work=$(mktemp -d)
  trap 'rm -rf "$work"' EXIT
  trap 'exit 130' INT TERM
  ask_nodes
  table
  find_problems >"$work/problems"
  if [ -s "$work/problems" ]; then
    printf '\nproblems:\n'
    cat "$work/problems"
    exit 1
  fi
}

# Puts what each node says into a file of its name in `answers`, and sets `known` and `actual`
# as read_state does.
ask_nodes() {
  answers=$work/answers unreadable=''
  mkdir "$answers"
  # A node that refuses to start ends in the middle of its answer, and is restarted soon.
  for try in 1 2 3; do
    containers >"$work/containers"
    for node in $(declared_nodes); do
      if [ "$(state_in_engine "$node")" != running ] || has_answered "$node"; then continue; fi
      in_node "$node" sh /pgtopo/scripts/facts.sh >"$answers/$node" 2>/dev/null &
    done
    wait
    for node in $(declared_nodes); do
      if [ "$(state_in_engine "$node")" = running ] && ! has_answered "$node"; then
        sleep "$try"
        continue 2
      fi
    done
    break
  done
  # shellcheck disable=SC2034 # for note_of and state_of
  known=$(noted)
  if [ -n "$known" ]; then
    remember_actual
  else
    read_state || known=
  fi
}

# All nodes read the same notes, but not in the same moment: one says "starting" of a node of
# which another says "refused". Of each note the newest version counts, as a whole; a note begins
# with when it was written, and the state has that among its lines.
noted() {
  set -- "$answers"/*
  [ -e "$1" ] || return 0
  awk -F "$tab" '
    $1 == "note" && $3 == "seen" && $4 + 0 >= seen[$2] + 0 {
      seen[$2] = $4; from[$2] = FILENAME; note[$2] = ""
    }
    $1 == "note" && from[$2] == FILENAME { note[$2] = note[$2] $0 "\n" }
    $1 == "state" { state[FILENAME] = state[FILENAME] $0 "\n" }
    $1 == "state" && $2 == "written_at" && $3 "" >= written { written = $3 ""; newest = FILENAME }
    END { printf "%s", state[newest]; for (node in note) printf "%s", note[node] }' "$@"
}

has_answered() {
  grep -q "^health$tab" "$answers/$1" 2>/dev/null
}

state_in_engine() {
  awk -F "$tab" -v node="$1" '$1 == node { print $2 }' "$work/containers"
}

# fact NODE KIND COLUMN: of the first such line of what it said.
fact() {
  [ ! -r "$answers/$1" ] ||
    awk -F "$tab" -v kind="$2" -v column="$3" '$1 == kind { print $column; exit }' "$answers/$1"
}

# receiver_fact UPSTREAM NODE COLUMN: of the line that the upstream has for the node.
receiver_fact() {
  [ ! -r "$answers/$1" ] || awk -F "$tab" -v node="$2" -v column="$3" \
    '$1 == "receiver" && $2 == node && $3 == "streaming" { print $column; exit }' "$answers/$1"
}

slot_fact() {
  [ ! -r "$answers/$1" ] || awk -F "$tab" -v slot="$2" -v column="$3" \
    '$1 == "slot" && $2 == slot { print $column; exit }' "$answers/$1"
}

# --- The table ----------------------------------------------------------------

table() {
  {
    printf 'node\tdeclared\tactual\tTL\tend of WAL\tlag\tslot\tsync\n'
    for node in $(declared_nodes); do row; done
  } >"$work/table"
  awk -F "$tab" '
    { for (i = 1; i <= NF; i++) { cell[NR, i] = $i; if (length($i) > width[i]) width[i] = length($i) } }
    END { for (r = 1; r <= NR; r++) {
      line = ""
      for (i = 1; i <= NF; i++) line = line sprintf("%-" width[i] "s  ", cell[r, i])
      sub(/ +$/, "", line)
      print line } }' "$work/table"
}

row() {
  upstream=$(upstream_of "$node")
  timeline=$(fact "$node" server 4) end=$(fact "$node" server 5) noted=$(note_of "$node" timeline)
  end=${end:-$(note_of "$node" end)}
  # A replica that does not stream knows the timeline of its last checkpoint.
  if [ "${noted:-0}" -gt "${timeline:-0}" ]; then timeline=$noted; fi
  sync_state=$(receiver_fact "$upstream" "$node" 4)
  slot=$(declared "$node" 5)
  if [ "$upstream" = - ]; then slot=-; fi
  retained=$(slot_fact "$upstream" "$slot" 6)
  printf '%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\n' "$node" "$(declared "$node" 2)" "$(actual_role)" \
    "${timeline:--}" "${end:--}" "$(lag)" "$slot${retained:+ $(human "$retained")}" "${sync_state:--}"
}

actual_role() {
  role=$(fact "$node" server 2)
  if [ -n "$role" ]; then
    echo "$role"
    return
  fi
  case $(state_in_engine "$node") in
    running)
      case $(note_of "$node" phase) in
        copying) echo "copying$(percentage)" ;;
        '' | running) echo starting ;;
        *) note_of "$node" phase ;;
      esac
      ;;
    *)
      if [ "$(note_of "$node" phase)" = refused ]; then
        echo refused
      elif [ "$(state_in_engine "$node")" = restarting ]; then
        echo restarting
      else
        echo stopped
      fi
      ;;
  esac
}

percentage() {
  total=$(note_of "$node" total)
  [ "${total:-0}" = 0 ] || echo " $(($(note_of "$node" progress) * 100 / total))%"
}

# What it has not replayed of the actual primary's WAL. The two are not asked in the same
# moment: a replica that is ahead is one that lags nothing.
lag() {
  replayed=$(fact "$node" server 6) newest=$(fact "$actual" server 5)
  if [ "$node" = "$actual" ] || [ -z "$replayed" ] || [ -z "$newest" ]; then
    echo -
    return
  fi
  bytes=$(($(position "$newest") - $(position "$replayed")))
  if [ "$bytes" -le 0 ]; then
    echo "0 B, 0 s"
    return
  fi
  seconds=$(receiver_fact "$upstream" "$node" 5)
  echo "$(human "$bytes"), ${seconds:-$(fact "$node" since 2)} s"
}

# LSN as a number of bytes.
position() {
  echo "$((0x${1%/*} * 4294967296 + 0x${1#*/}))"
}

human() {
  awk -v bytes="$1" 'BEGIN {
    split("B kB MB GB TB", unit, " ")
    for (i = 1; bytes >= 1024 && i < 5; i++) bytes /= 1024
    printf (i > 1 && bytes < 10 ? "%.1f %s" : "%d %s"), bytes, unit[i] }'
}

main "$@"
