#!/bin/sh
# What a store does before it stops, and after. `stop` is for its preStop hook: it waits until no other store is missing,
# tells others that it will be, and moves its leaders away. `started` takes back what a stop that was cut short has left.
# Where PD cannot be asked, or the image lacks a program, a store stops and starts as it would without this.
#
# Arguments, which are part of the pod: stop or started; the seconds that a stop may take; whether TiKV needs help to
# move its leaders away (true below v8.5.5); a directory with certificates or ""; the file to log to.
#
# What comes from the TidbCluster is in the file tikv_stop_settings beside this one, so that a change of it restarts
# nothing: `settle`, for how many seconds all others must be there, because it takes PD a while to miss one; `pd`, its
# addresses with commas between them; `domain`, the cluster domain or "".
#
# A store that stops has a label in PD, whose value is the time of its last start. So it says nothing any more once the
# store has started again, and nobody needs to take it away.
set -u

mode=$1 limit=$2 evicts=$3 tls=$4 log=$5
settings=${0%/*}/tikv_stop_settings
[ -r "$settings" ] || exit 0
settle='' pd='' domain=''
# shellcheck source=/dev/null
. "$settings"
scheme=http
if [ -n "$tls" ]; then scheme=https; fi
label=groups.pingcap.com/stopping
# shellcheck disable=SC3028 # every container has it in its environment
address=${POD_NAME:-$HOSTNAME}.$HEADLESS_SERVICE_NAME.$NAMESPACE.svc${domain:+.$domain}:20160
export label address
marked='' waited=0 calm=0

say() {
  if [ -w "$log" ]; then echo "$mode: $*" >>"$log"; fi
}

# ask METHOD PATH [BODY]: prints PD's answer; fails where it is no success.
ask() {
  method=$1 path=$2 data=${3-}
  set -- --silent --fail --globoff --noproxy '*' --proto '=http,https' --max-time 5
  if [ -n "$tls" ]; then
    set -- "$@" --cacert "$tls/ca.crt" --cert "$tls/tls.crt" --key "$tls/tls.key"
  fi
  if [ -n "$data" ]; then
    set -- "$@" --header 'Content-Type: application/json' --data "$data"
  fi
  servers=$pd
  while [ -n "$servers" ]; do
    server=${servers%%,*}
    case $servers in *,*) servers=${servers#*,} ;; *) servers= ;; esac
    curl "$@" --request "$method" --url "$scheme://$server/pd/api/v1/$path" && return
  done
  return 1
}

# Turns PD's stores into lines: id, address, state, regions, leaders, last start, and the start of which it stops.
# Stores of TiFlash are left out. A dash stands for nothing.
table() {
  tr '{},[]' '[\n*]' | awk '
    function text(line) {
      sub(/^[^:]*: */, "", line)
      gsub(/^"|" *$/, "", line)
      return line
    }
    function flush() {
      gsub(/[^A-Za-z0-9]/, "-", start)
      if (id != "" && engine == "") print id, address, state, regions, leaders, start, stopping
      regions = leaders = 0
      start = stopping = "-"
      engine = ""
    }
    /^ *"id": *[0-9]/ { flush(); id = text($0) + 0 }
    /^ *"address": *"/ { address = text($0) }
    /^ *"state_name": *"/ { state = text($0) }
    /^ *"key": *"/ { key = text($0) }
    /^ *"value": *"/ && key == "engine" { engine = text($0) }
    /^ *"value": *"/ && key == ENVIRON["label"] { stopping = text($0) }
    /^ *"region_count": *[0-9]/ { regions = text($0) + 0 }
    /^ *"leader_count": *[0-9]/ { leaders = text($0) + 0 }
    /^ *"start_ts": *"/ { start = text($0) }
    END { flush() }'
}

# Sets `id`, `leaders`, `start` and `stopping` of this store, and `missing`: the ids of others that are away or about to
# be. One that has only just said so stands there with a plus.
look() {
  stores=$(ask GET stores) || return 1
  # TiDB Operator has PD move leaders away from a store that it is going to restart.
  moving=$(ask GET scheduler-config/evict-leader-scheduler/list | tr '{},' '[\n*]' | tr -d ' ' |
    awk -F '"' '/^"[0-9]+":/ { printf " %s", $2 }')
  found=$(printf '%s\n' "$stores" | table | moving="$moving " awk '
    $2 == ENVIRON["address"] { own = $1 " " $5 " " $6 " " $7; next }
    $7 == $6 && $6 != "-" && $3 == "Up" { missing = missing " +" $1; next }
    $7 == $6 && $6 != "-" { missing = missing " " $1; next }
    $3 != "Up" && $3 != "Offline" && $4 > 0 { missing = missing " " $1; next }
    $3 == "Up" && index(ENVIRON["moving"], " " $1 " ") { missing = missing " " $1 }
    END { print (own == "" ? "- 0 - -" : own) missing }')
  id=${found%% *} rest=${found#* }
  leaders=${rest%% *} rest=${rest#* }
  start=${rest%% *} rest=${rest#* }
  stopping=${rest%% *}
  missing=${rest#"$stopping"}
}

# mark VALUE: lets others know. They go without where PD takes no such label (strictly-match-label).
mark() {
  ask POST "store/$id/label" "{\"$label\":\"$1\"}" >/dev/null || say 'PD does not take a label that tells others'
  marked=$1
}

pause() {
  sleep "$1"
  waited=$((waited + $1))
}

# Of several that say so at once the store with the lowest id goes first, and the others take it back.
is_first() {
  for other in $missing; do
    case $other in +*) [ "${other#+}" -gt "$id" ] || return 1 ;; *) return 1 ;; esac
  done
}

wait_for_others() {
  while [ "$waited" -lt "$limit" ]; do
    if [ -n "$missing" ]; then
      [ "$calm" -gt 0 ] || [ "$waited" -gt 0 ] || say "waiting for stores that are away:$missing"
      if [ -n "$marked" ] && ! is_first; then mark ''; fi
      calm=0
      pause 2
    elif [ -z "$marked" ]; then
      mark "$start"
    elif [ "$calm" -lt "$settle" ]; then
      calm=$((calm + 5))
      pause 5
    else
      return 0
    fi
    look || return 0
  done
  say "stops all the same, after $limit seconds"
  mark "$start"
}

move_leaders_away() {
  trap 'ask DELETE "schedulers/evict-leader-scheduler-$id" >/dev/null' EXIT
  ask POST schedulers "{\"name\":\"evict-leader-scheduler\",\"store_id\":$id}" >/dev/null || return 0
  while [ "$leaders" -gt 0 ] && [ "$waited" -lt "$limit" ]; do
    pause 2
    look || return 0
  done
  say "$leaders leaders are left"
}

for program in curl awk tr; do
  command -v "$program" >/dev/null || exit 0
done

case $mode in
  stop)
    if look && [ "$id" != - ]; then
      wait_for_others
      if [ "$evicts" = true ]; then move_leaders_away; fi
    fi
    ;;
  started)
    until look; do sleep 10; done
    if [ "$id" != - ] && { [ "$evicts" = true ] || [ "$stopping" != - ]; }; then
      ask DELETE "schedulers/evict-leader-scheduler-$id" >/dev/null
    fi
    ;;
esac
exit 0
