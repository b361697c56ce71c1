import type { GroupOutput, PDSpec, TidbCluster } from '../../api/index.ts';
import { byName, isExclusive } from '../../components/index.ts';
import { type ConfigTable, getKey, maySet } from '../../config/index.ts';
import type { Problems, Subject } from '../../problem/index.ts';
import { isMap } from '../../yaml/index.ts';
import { isTypo } from '../structure/nearest.ts';
import { show } from '../structure/show.ts';
import { readQuietly } from './config.ts';
import type { Group } from './group-of.ts';
import { folded, type LabelUse, labelUses } from './label-uses.ts';
import { checkMissingLabels } from './missing-labels.ts';

/** What labels are called that say where a store is, in small letters, without a domain. */
const PLACES =
  /^(?:availabilityzone|az|cloud|datacenter|dc|host|hostname|idc|node|rack|region|room|row|zone)$/;

/** Whether PD refuses stores that have other labels, or lack some. */
const STRICT = 'replication.strictly-match-label';

/** More labels than any stores have; each is compared with so many. */
const MOST_COMPARED = 50;

/**
 * PD keeps the replicas of data apart by the labels in its `location-labels`. Other labels are for placement policies;
 * where it is strict, no store may have any.
 */
export function checkStoreLabels(
  cluster: Subject<TidbCluster>,
  groups: readonly Group[],
  output: GroupOutput,
  problems: Problems,
): void {
  const uses = labelUses(cluster, groups, output, problems);
  const { pd } = cluster.object.spec;
  if (uses.length === 0 && !(pd?.config && maySet(pd.config, STRICT))) return;
  // Without a PD of its own the cluster joins another, whose PD is not known here.
  const replication = pd && readQuietly(byName.pd.configs[0], pd.config, 'operator');
  const located = replication && locationLabels(replication);
  const isStrict = replication !== undefined && getKey(replication, STRICT) === true;
  const owners = ownersOf(uses);
  const unknown: LabelUse[] = [];
  const listedAs = new Map((located ?? []).map((key) => [folded(key), key]));
  const seen = new Set(located);
  const spellings = new Map(listedAs);
  const compared = [...seen].slice(0, MOST_COMPARED);
  for (const use of uses) {
    if (seen.has(use.key)) continue;
    const same = spellings.get(folded(use.key));
    const alike = same ?? compared.find((other) => isAlike(use.key, other, owners));
    // A strict PD refuses the store, also where only the case differs.
    if (alike !== undefined && !(isStrict && alike === same)) reportSpelling(use, alike, owners);
    else if (located && (isStrict || isPlace(use.key))) unknown.push(use);
    seen.add(use.key);
    if (same === undefined) spellings.set(folded(use.key), use.key);
    if (compared.length < MOST_COMPARED) compared.push(use.key);
  }
  if (!pd || !located) return;
  const name = cluster.origin.id.name;
  if (isStrict) {
    for (const use of unknown) reportStrict(use, located, listedAs.get(folded(use.key)), name);
    checkMissingLabels(groups, uses, located, name, problems);
  } else reportUnknown(unknown, located, pd, name);
}

function locationLabels(table: ConfigTable): string[] {
  const labels = getKey(table, 'replication.location-labels') ?? [];
  if (typeof labels === 'string') return labels.split(',').map((label) => label.trim());
  return Array.isArray(labels) ? labels.filter((label) => typeof label === 'string') : [];
}

/** Who uses each key. */
function ownersOf(uses: readonly LabelUse[]): Map<string, Set<string>> {
  const owners = new Map<string, Set<string>>();
  for (const { key, owner } of uses) owners.set(key, (owners.get(key) ?? new Set()).add(owner));
  return owners;
}

/** Whether two keys are surely the same one misspelled; not if somebody uses both. */
function isAlike(key: string, other: string, owners: Map<string, Set<string>>): boolean {
  for (const owner of owners.get(key) ?? []) if (owners.get(other)?.has(owner)) return false;
  const [one, two] = [letters(key), letters(other)];
  if (one === two) return true;
  // Keys that count, such as `disk1` and `disk2`, differ on purpose.
  const long = Math.min(one.length, two.length) >= 4;
  return long && one.replace(/\d+/g, '') !== two.replace(/\d+/g, '') && isTypo(key, other);
}

function letters(key: string): string {
  return key.toLowerCase().replace(/[^a-z0-9]/g, '');
}

function reportSpelling(
  { key, at, part, spot }: LabelUse,
  other: string,
  owners: Map<string, Set<string>>,
): void {
  const [who] = owners.get(other) ?? [];
  const where = who === undefined ? "in PD's `replication.location-labels`" : `by ${who}`;
  const why =
    folded(key) === folded(other)
      ? 'use one spelling: PD treats them as one label, but TiDB as two where it looks for close replicas'
      : 'use one spelling, because PD treats them as two labels';
  const message = `${at.name} has the label ${show(key)}, which is spelled ${show(other)} ${where}; ${why}`;
  at.say('store-label-spelling', message, part, spot);
}

/** Whether a label says where a store is, and so is surely meant to keep replicas apart. */
function isPlace(key: string): boolean {
  return !isExclusive(key) && PLACES.test(letters(key.slice(key.lastIndexOf('/') + 1)));
}

function listed(located: readonly string[]): string {
  return located.length === 0 ? 'none' : `only ${located.map(show).join(', ')}`;
}

/** PD does not let a store join that has another label, or one of its own in other letters. */
function reportStrict(
  { key, at, part, spot }: LabelUse,
  located: readonly string[],
  own: string | undefined,
  name: string,
): void {
  const instead = own === undefined ? 'remove the label' : `write ${show(own)}`;
  const message =
    `${at.name} has the label ${show(key)}, with which PD refuses the store: \`replication.strictly-match-label\` of the ` +
    `TidbCluster ${show(name)} is true, and its \`location-labels\` list ${listed(located)}; set ` +
    '`strictly-match-label` to false, in a PD that runs with `pd-ctl config set strictly-match-label false`, or ' +
    instead;
  at.say('store-label-strict', message, part, spot);
}

/** One problem for all of them, because one line fixes them. */
function reportUnknown(
  unknown: readonly LabelUse[],
  located: readonly string[],
  pd: PDSpec,
  name: string,
): void {
  const [first] = unknown;
  if (first === undefined) return;
  const keys = unknown.map(({ key }) => key);
  const all = [...located, ...keys];
  const list = `location-labels${isMap(pd.config) ? ':' : ' ='} [${all.map((label) => `"${label}"`).join(', ')}]`;
  const message =
    `${first.at.name} sets a label by which PD does not keep replicas apart: \`replication.location-labels\` of the ` +
    `TidbCluster ${show(name)} lists ${listed(located)}, and stores have ${keys.map(show).join(', ')} too; if it is only ` +
    `for placement policies, leave it so; else write \`${list}\` under \`replication\` in its \`spec.pd.config\`, from the ` +
    'widest to the narrowest, and if the cluster is already running, run ' +
    `\`pd-ctl config set location-labels ${all.join(',')}\``;
  first.at.say('store-label-unknown', message, first.part, first.spot);
}
