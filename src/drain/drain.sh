#!/bin/sh
# Drains the stores of a group whose ordinal is not below the wanted number of replicas: one store at a time, the
# highest ordinal first. Ends once PD has none of them any more.
#
# The environment says which stores: PD (its URLs, with commas between them), SET, PEER, NAMESPACE, DOMAIN and PORT
# (what their addresses are made of), JOB (this Job's name), TLS (a directory with certificates, or nothing).
# The file `target` beside this one says how many: "<name of the Job that counts> <replicas>". A later render changes
# it while this runs, so an older Job neither drains a store that is wanted again nor ends as if it were through.
#
# Each round asks PD again and does one step, so this may be stopped at any moment and started again.
set -u

INTERVAL=${INTERVAL:-10} # seconds between two rounds
EVICT_LIMIT=300          # seconds for leaders to move away, before the data moves all the same
STALL=600                # seconds without progress, before it looks for the reason
TAKEN_OVER=300           # seconds after which an older Job gives up

here=${0%/*}
tab=$(printf '\t')
newline='
'
said=''     # the last line of the log
evicting='' # the id of the store whose leaders this script has PD move away
waited=0    # for how many seconds already
hasty=''    # the id of a store whose leaders are waited for no longer
deleted=''  # the ids of stores that this process had PD drain, each with a blank before it
watched=''  # the id of the store that is drained
least=0     # the fewest regions that it had
stalled=0   # for how many seconds it has had as many
outdated=0  # for how many seconds `target` has named another Job

say() {
  if [ "$*" != "$said" ]; then
    said="$*"
    printf '%s\n' "$said"
  fi
}

# ask METHOD PATH [BODY]: sets `status` and `body`; 000 and curl's message where there is no answer.
ask() {
  method=$1 path=$2 data=${3-}
  set -- --silent --show-error --globoff --noproxy '*' --proto '=http,https' --max-time 10
  if [ -n "$TLS" ]; then
    set -- "$@" --cacert "$TLS/ca.crt" --cert "$TLS/tls.crt" --key "$TLS/tls.key"
  fi
  if [ -n "$data" ]; then
    set -- "$@" --header 'Content-Type: application/json' --data "$data"
  fi
  servers=$PD
  while [ -n "$servers" ]; do
    server=${servers%%,*}
    case $servers in *,*) servers=${servers#*,} ;; *) servers= ;; esac
    answer=$(curl "$@" --request "$method" --write-out '\n%{http_code}' --url "$server/pd/api/v1/$path" 2>&1)
    status=${answer##*"$newline"}
    body=${answer%"$newline"*}
    # Another member may know the leader.
    case $status in 000 | 503) ;; *) return ;; esac
  done
}

# The answer in one line, for the log.
answered() {
  printf '%s' "$status $body" | tr -s '[:cntrl:]' ' ' | cut -c 1-300
}

# get PATH: fails unless PD answers.
get() {
  ask GET "$1"
  [ "$status" = 200 ] || {
    say "waiting for PD: GET $1: $(answered)"
    return 1
  }
}

# optional PATH: the answer, or null.
optional() {
  ask GET "$1"
  if [ "$status" = 200 ]; then printf '%s' "$body"; else printf null; fi
}

# PD says so for a moment too when its leader changes, so what it has stored decides.
is_bootstrapped() {
  case "$status $body" in "500 "*[Bb]ootstrapped*) ;; *) return 0 ;; esac
  ask GET cluster/status
  case "$status $body" in "200 "*'"raft_bootstrap_time"'*'"0001-01-01'*) return 1 ;; esac
}

# Why a store keeps its data is looked for only where it does.
clues() {
  if [ "$stalled" -ge "$STALL" ]; then
    for name in config/schedule stores/limit checker/replica checker/rule config/region-label/rules; do
      optional "$name"
      echo
    done
  fi
}

# Sets `action`, `id`, `pod`, `count` and `text`: what to do next, and about which store.
decide() {
  job='' replicas=''
  read -r job replicas <"$here/target"
  case $replicas in
    '' | *[!0-9]*)
      say "waiting for $here/target, which has no number of replicas"
      return 1
      ;;
  esac
  ask GET stores
  if [ "$status" != 200 ]; then
    if is_bootstrapped; then
      say "waiting for PD: GET stores: $(answered)"
      return 1
    fi
    action=empty id=0
    return 0
  fi
  stores=$body
  ask GET config/rules
  case $status in
    200) rules=$body ;;
    412) # placement rules are off
      get config/replicate || return 1
      rules=$body
      ;;
    *)
      say "waiting for PD: GET config/rules: $(answered)"
      return 1
      ;;
  esac
  evicted=$(optional scheduler-config/evict-leader-scheduler/list)
  decision=$(
    {
      printf '%s\n' "$stores" "$rules" "$evicted"
      clues
    } | jq --slurp --raw-output --arg set "$SET" --arg peer "$PEER" \
      --arg namespace "$NAMESPACE" --arg domain "$DOMAIN" --arg port "$PORT" --arg replicas "$replicas" \
      --arg hasty "$hasty" --arg deleted "$deleted" --arg current "$([ "$job" = "$JOB" ] && echo true)" "$steps" 2>&1
  ) || {
    say "waiting for PD: its answer is not understood: $(printf '%s' "$decision" | tr -s '[:cntrl:]' ' ')"
    return 1
  }
  action=${decision%%"$tab"*} rest=${decision#*"$tab"}
  id=${rest%%"$tab"*} rest=${rest#*"$tab"}
  pod=${rest%%"$tab"*} rest=${rest#*"$tab"}
  count=${rest%%"$tab"*} text=${rest#*"$tab"}
}

evict() {
  if [ "$evicting" != "$id" ]; then
    ask POST schedulers "{\"name\":\"evict-leader-scheduler\",\"store_id\":$id}"
    if [ "$status" != 200 ]; then
      say "store $id ($pod): PD does not move its leaders away, so its data moves with them: $(answered)"
      hasty=$id
      return
    fi
    evicting=$id waited=0
  fi
  say "store $id ($pod): its leaders move away, $count left"
  waited=$((waited + INTERVAL))
  [ "$waited" -lt "$EVICT_LIMIT" ] || hasty=$id
}

# Nobody leads on a store for as long as PD has this scheduler.
stop_evicting() {
  [ -n "$evicting" ] || return 0
  ask DELETE "schedulers/evict-leader-scheduler-$evicting"
  case $status in
    200 | 404) evicting= ;;
    *) say "store $evicting: waiting to remove its evict-leader-scheduler: $(answered)" ;;
  esac
}

delete() {
  ask DELETE "store/$id"
  case $status in
    200)
      deleted="$deleted $id"
      say "store $id ($pod): PD moves its data away"
      ;;
    404 | 410) ;; # it is gone already
    *)
      hasty=$id
      say "store $id ($pod): PD refuses to drain it: $(answered)"
      ;;
  esac
  stop_evicting
}

# An earlier process has left the scheduler.
release() {
  evicting=$id
  stop_evicting
}

restore() {
  ask POST "store/$id/state?state=Up"
  case $status in
    200) say "store $id ($pod): is wanted again, so its data stays" ;;
    410) say "store $id ($pod): is wanted again, but drained: delete its claim and its pod, to start a new one" ;;
    *) say "store $id ($pod): waiting for PD to keep its data: $(answered)" ;;
  esac
}

watch() {
  if [ "$watched" != "$id" ] || [ "$count" -lt "$least" ]; then
    watched=$id least=$count stalled=0
  else
    stalled=$((stalled + INTERVAL))
  fi
  ask GET "stores/progress?id=$id"
  left=
  if [ "$status" = 200 ]; then
    left=$(
      printf '%s' "$body" | jq --raw-output '.left_seconds // 1e9 | select(. < 1e9) | ", about \(. / 60 | ceil) min"'
    )
  fi
  say "store $id ($pod): its data moves away, $count regions left$left$text"
}

# What became of the store that was drained in the last round.
settle() {
  [ -n "$watched" ] || return 0
  case "$action $id" in
    "restore $watched") ;;
    "watch $watched" | restore* | release* | outdated* | none*) return 0 ;;
    *" $watched") say "store $id ($pod): is Up again, though it is to go: raise replicas to keep it" ;;
    *) say "store $watched: drained" ;;
  esac
  watched=''
}

# ends NUMBER: leaves nothing behind.
ends() {
  stop_evicting
  exit "$1"
}
trap 'ends 143' TERM INT

for program in curl jq; do
  command -v "$program" >/dev/null || {
    echo "there is no $program in this image: name one that has it in spec.drain.image"
    exit 2
  }
done

# A later render may change the file while this runs.
steps=$(cat "$here/drain.jq")

while :; do
  decide || action=none
  case $action in evict | delete | none) ;; *) stop_evicting ;; esac
  settle
  case $action in
    empty)
      say 'PD is not bootstrapped, so there are no stores'
      ends 0
      ;;
    done)
      # A scheduler that could not be removed keeps it here.
      if [ -z "$evicting" ]; then
        say "no store is left that has an ordinal of $replicas or more$text"
        exit 0
      fi
      ;;
    outdated)
      say "$job has taken over from $JOB"
      outdated=$((outdated + INTERVAL))
      [ "$outdated" -lt "$TAKEN_OVER" ] || ends 3
      ;;
    wait) say "store $id ($pod): not drained yet: $text" ;;
    evict | delete | restore | release | watch) "$action" ;;
  esac
  case $action in outdated | none) ;; *) outdated=0 ;; esac
  sleep "$INTERVAL"
done
