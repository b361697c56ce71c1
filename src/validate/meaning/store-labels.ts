import type { GroupOutput, PDSpec, TidbCluster } from '../../api/index.ts';
import { byName } from '../../components/index.ts';
import { getKey } from '../../config/index.ts';
import type { Problems, Subject } from '../../problem/index.ts';
import { isMap } from '../../yaml/index.ts';
import { isTypo } from '../structure/nearest.ts';
import { show } from '../structure/show.ts';
import { readQuietly } from './config.ts';
import type { Group } from './group-of.ts';
import { type LabelUse, labelUses } from './label-uses.ts';

/** Labels with a special meaning to PD, which are not for placement. */
const SPECIAL = ['engine', 'exclusive', 'specialUse'];

/** More labels than any stores have; each is compared with so many. */
const MOST_COMPARED = 50;

/** PD places data only by the labels in its `location-labels`. */
export function checkStoreLabels(
  cluster: Subject<TidbCluster>,
  groups: readonly Group[],
  output: GroupOutput,
  problems: Problems,
): void {
  const uses = labelUses(cluster, groups, output, problems);
  if (uses.length === 0) return;
  const { pd } = cluster.object.spec;
  // Without a PD of its own the cluster joins another, whose PD is not known here.
  const located = pd && locationLabels(pd);
  const owners = ownersOf(uses);
  const unknown: LabelUse[] = [];
  const seen = new Set(located);
  const compared = [...seen].slice(0, MOST_COMPARED);
  for (const use of uses) {
    if (seen.has(use.key)) continue;
    const alike = compared.find((other) => isAlike(use.key, other, owners));
    if (alike !== undefined) reportSpelling(use, alike, owners);
    else if (located && !SPECIAL.includes(use.key) && !use.key.startsWith('$')) unknown.push(use);
    seen.add(use.key);
    if (compared.length < MOST_COMPARED) compared.push(use.key);
  }
  if (pd && located) reportUnknown(unknown, located, pd, cluster.origin.id.name);
}

/** Undefined if PD's config cannot be read. */
function locationLabels({ config }: PDSpec): string[] | undefined {
  const table = readQuietly(byName.pd.configs[0], config, 'operator');
  if (table === undefined) return undefined;
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
  const message = `${at.name} has the label ${show(key)}, which is spelled ${show(other)} ${where}; use one spelling, because PD treats them as two labels`;
  at.say('store-label-spelling', message, part, spot);
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
  const has = located.length === 0 ? 'none' : `only ${located.map(show).join(', ')}`;
  const message =
    `${first.at.name} sets a label that PD does not use for placement: \`replication.location-labels\` of the TidbCluster ` +
    `${show(name)} lists ${has}, and stores have ${keys.map(show).join(', ')} too; write \`${list}\` under ` +
    '`replication` in its `spec.pd.config`, and if the cluster is already running, run ' +
    `\`pd-ctl config set location-labels ${all.join(',')}\``;
  first.at.say('store-label-unknown', message, first.part, first.spot);
}
