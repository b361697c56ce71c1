# The next step of a drain, from what PD says.
#
# Input: PD's answers to stores, to config/rules (or config/replicate where placement rules are off), and to the list of
# the evict-leader-scheduler; then, where a drain has stalled, the clues of drain.sh.
# Output: an action, the id of its store, the store's pod, a number, and a text for the log.

.[0].stores as $stores | .[1] as $placement
| [.[2]["store-id-ranges"]? // {} | keys[] | tonumber] as $evicting
| .[3:] as [$schedule, $limits, $replica_checker, $rule_checker, $range_labels]
| ($replicas | tonumber) as $wanted
| (if $domain == "" then "" else ".\($domain)" end) as $own_domain

# Whose store it is, by its whole address: `hot-tikv-3.hot-tikv-peer.tidb.svc:20160`.
| def place:
    (.store.address | split(".\($peer).\($namespace).svc")) as [$pod, $rest, $more]
    | select($rest != null and $more == null and ($pod | startswith("\($set)-")) and ($rest | endswith(":\($port)")))
    | {pod: $pod, ordinal: $pod[($set | length) + 1:], domain: $rest[:-1 - ($port | length)]}
    | select((.ordinal | test("^(0|[1-9][0-9]{0,9})$")) and (.domain | . == "" or startswith(".")))
    | .ordinal |= tonumber;
  def named: "store \(.store.id) (\(.store.address))";
  def is_among($ids): .store.id as $id | any($ids[]; . == $id);
  def is_offline: .store.state_name == "Offline";

# Which stores PD takes for a rule. One with an exclusive label must be asked for by that label.
  def value_of($key):
    first(.store.labels[]? | select((.key | ascii_downcase) == ($key | ascii_downcase)) | .value) // "";
  def is_exclusive: startswith("$") or . == "engine" or . == "exclusive";
  def suits($rule):
    . as $store | [$rule.label_constraints[]?] as $asked
    | all(.store.labels[]?.key | select(is_exclusive); . as $key | any($asked[]; .key == $key))
    and all($asked[]; . as {$key, $op, $values} | ($store | value_of($key)) as $value
      | if $op == "in" then $value != "" and any($values[]; . == $value)
        elif $op == "notIn" then $value == "" or all($values[]; . != $value)
        elif $op == "exists" then $value != ""
        else $value == "" end);

  [$stores[] | . + place | select(.domain == $own_domain)] as $own
| ([$own[] | select(.ordinal >= $wanted)] | sort_by(-.ordinal)) as $leaving
| [$leaving[].store.id] as $leaving_ids
| [$stores[] | select(is_among($leaving_ids) | not)] as $others
| [$others[] | select(.store.state_name == "Up")] as $staying

# The rules that have something on the stores that leave. Without placement rules there is one for everything.
| [
    ($placement | if type == "array" then .[] else {
      count: .["max-replicas"],
      location_labels: (.["location-labels"] // "" | split(",")),
      isolation_level: .["isolation-level"]
    } end)
    | select(.count > 0 and (. as $rule | any($leaving[]; suits($rule))))
  ] as $concerned

# What a rule asks for that the other stores have not.
| def asked:
    [.label_constraints[]? | "\(.key) \(.op) \(.values // [] | join(","))" | rtrimstr(" ")] | join(" and ");
  def places($stores):
    (.location_labels // []) as $keys | (.isolation_level // "") as $name | ($keys | index($name)) as $level
    | if $level == null then null
      else [$stores[] | [value_of($keys[:$level + 1][])] | select(last != "")] | unique | length end;
  def lacks:
    . as $rule | [$staying[] | select(suits($rule))] as $left | places($left) as $places
    | if ($left | length) < .count and asked == "" then
        "its data has \(.count) replicas, and only \($left | length) stores are left for them: add stores, "
        + "or lower max-replicas first"
      elif ($left | length) < .count then
        "placement rule \(.group_id)/\(.id) asks for \(.count) stores with \(asked), and only \($left | length) are "
        + "left: add such stores, or change the placement policy first"
      elif $places != null and $places < .count then
        "isolation-level \(.isolation_level) asks for \(.count) of them, and the stores that are left are in "
        + "\($places): add stores in another, or lower isolation-level first"
      else empty end;
  def lack_together:
    group_by([.start_key, .end_key])[] | select(length > 1) | . as $group | (map(.count) | add) as $count
    | [$staying[] | select(suits($group[]))] | unique | length | select(. < $count)
    | "the placement rules of a range ask for \($count) stores together, and only \(.) are left: add stores, or "
      + "change the placement policy first";
  ([$concerned[] | lacks] | if . == [] then [$concerned | lack_together] else . end | unique) as $lacking

# A store that is not there, or on its way out, may have the last but one replica of a region.
| [
    $others[] | select(value_of("engine") == "" and .store.state_name != "Up")
    | if is_offline then "\(named) is drained first"
      else
        "\(named) is \(.store.state_name): see that it comes back, or drain it, too, with "
        + "`pd-ctl store delete \(.store.id)`"
      end
  ] as $absent
| ($lacking + $absent) as $obstacles

# Why the data of a store does not move although there is a place for it.
| def bytes:
    capture("^(?<number>[0-9.e+]+) ?(?<unit>[KMGTPE]?)i?B$")
    | (.number | tonumber) * pow(1024; .unit as $unit | ["", "K", "M", "G", "T", "P", "E"] | index($unit));
  def is_full:
    (.status.capacity | bytes) as $capacity | (.status.available | bytes) as $available
    | $capacity > 0 and (.status.region_count >= 100 or $available <= 8 * pow(1024; 3))
      and $available < $capacity * (1 - $schedule["low-space-ratio"]);
  def is_set($key): "\($schedule[$key])" == "true";
  def reasons:
    ($concerned[] | . as $rule | [$staying[] | select(suits($rule))] | select(length > 0 and all(is_full))
      | "the stores that may take its data are full: add stores, or grow the volumes of "
        + (map(.store.address) | join(", "))),
    (select($schedule["replica-schedule-limit"] == 0)
      | "replica-schedule-limit is 0: `pd-ctl config set replica-schedule-limit 64`"),
    (select(is_set("enable-replace-offline-replica") | not)
      | "enable-replace-offline-replica is off: `pd-ctl config set enable-replace-offline-replica true`"),
    ([$staying[] | $limits["\(.store.id)"]["add-peer"] // empty] | select(length > 0 and max < 1)
      | "no store may take more than \(max) replicas a minute: `pd-ctl store limit all 15 add-peer`"),
    (select(is_set("halt-scheduling")) | "halt-scheduling is on: `pd-ctl config set halt-scheduling false`"),
    (select($replica_checker.paused == true or $rule_checker.paused == true)
      | "PD's checkers are paused, as by a restore or an import: it goes on when they are resumed"),
    (select(any($range_labels[]?.labels[]?; .key == "schedule" and .value == "deny"))
      | "a region label denies scheduling, as for a restore or an import: it goes on when that is taken away");
  def stall:
    if $schedule == null then ""
    else [$obstacles[], reasons] | "; it does not get fewer: " + (
      if . == [] then "PD gives no reason, see `pd-ctl operator show` and PD's log" else join("; ") end) end;

  def step($action; $count; $text): [$action, .store.id, .pod, $count, $text];
  def newer_job:
    ($own[] | select(is_offline and .ordinal < $wanted and is_among($deleted | split(" ") | map(tonumber? // empty)))
      | step("restore"; 0; "")),
    ["outdated", 0, "-", 0, ""];
  def this_job:
    ($own[] | select(is_offline and is_among($evicting)) | step("release"; 0; "")),
    ($own[] | select(is_offline and .ordinal < $wanted) | step("restore"; 0; "")),
    ($leaving[] | select(is_offline) | step("watch"; .status.region_count; stall)),
    ($leaving[0] // empty
      | if $obstacles != [] then step("wait"; 0; $obstacles | join("; "))
        elif .store.state_name == "Up" and .status.leader_count > 0 and $hasty != "\(.store.id)"
        then step("evict"; .status.leader_count; "")
        else step("delete"; 0; "") end),
# The same pod with another domain is of another Kubernetes, unless one of the two has none.
    ($stores[] | . + place | select(.ordinal >= $wanted and (.domain == "" or $own_domain == ""))
      | step("wait"; 0; "it may be of another Kubernetes, as the cluster domain in \(.store.address) is not "
        + "\"\($domain)\": restart the pod, or drain the store with `pd-ctl store delete \(.store.id)`")),
    ["done", 0, "-", 0, ([
      $own[] | select(is_among($evicting)) | "; \(named) leads nothing, because of an evict-leader-scheduler: "
      + "`pd-ctl scheduler remove evict-leader-scheduler-\(.store.id)`"
    ] | join(""))];
  first(if $current == "" then newer_job else this_job end) | @tsv
