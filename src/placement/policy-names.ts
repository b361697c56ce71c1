import { EXCLUSIVE_GROUP_LABEL, GROUP_LABEL } from '../components/index.ts';
import { allBy } from '../lookup/index.ts';
import type { Policy } from './policy.ts';

/** A policy before it has its name. */
type Unnamed = Omit<Policy, 'name'>;

/** The labels that name the group of a store, in all of its zones; the first keeps other data away, too. */
export const GROUP_LABELS = [EXCLUSIVE_GROUP_LABEL, GROUP_LABEL];

/** `PLACEMENT POLICY = default` takes the policy off a table, so TiDB refuses to make one of that name. Source: TiDB, `CreatePlacementPolicyWithInfo`. */
const RESERVED = 'default';

/** The policies with a name each: that of the group, as far as no other policy wants the same. */
export function named(policies: readonly Unnamed[]): Policy[] {
  const own = policies.map(({ groups }) => nameOf(groups));
  const isShared = repeated(own);
  // Groups of several namespaces may have one name.
  const wanted = policies.map((policy, index): Policy => {
    const name = own[index] ?? '';
    const isFree = !isShared(name) && toTiDB(name) !== RESERVED;
    return { ...policy, name: isFree ? name : withNamespace(policy, name) };
  });
  const isWantedTwice = repeated(wanted.map(({ name }) => toTiDB(name)));
  const names = new Names();
  const found = new Map<Policy, string>();
  const later: Policy[] = [];
  for (const policy of wanted) {
    if (isWantedTwice(toTiDB(policy.name))) later.push(policy);
    else found.set(policy, names.take(policy.name));
  }
  // What a group is called itself stays its name, whatever the order of the groups.
  const ranks = new Map(wanted.map((policy, index) => [policy, rankOf(policy, own[index] ?? '')]));
  const rank = (policy: Policy) => ranks.get(policy) ?? '';
  for (const policy of later.sort((a, b) => (rank(a) < rank(b) ? -1 : 1))) {
    found.set(policy, names.take(policy.name, withNamespace(policy, nameOf(policy.groups))));
  }
  return wanted.map((policy) => ({ ...policy, name: found.get(policy) ?? policy.name }));
}

/** The name of a group, or where several share a policy, what their stores are labeled with in common. */
function nameOf([first, ...others]: Policy['groups']): string {
  const { zoneOf } = first;
  if (zoneOf !== undefined && others.every((one) => one.zoneOf === zoneOf)) return zoneOf;
  if (others.length === 0) return first.name;
  const { labels } = first.placement;
  return GROUP_LABELS.map((key) => labels[key] ?? '').find((value) => value !== '') ?? first.name;
}

function withNamespace({ groups: [{ namespace }] }: Unnamed, name: string): string {
  return `${namespace}-${name}`;
}

function rankOf({ name, groups: [{ namespace, kind, name: group }] }: Policy, own: string): string {
  return JSON.stringify([name === own ? 0 : 1, namespace, group, kind]);
}

function repeated(names: readonly string[]): (name: string) => boolean {
  const all = allBy(names.keys(), (index) => [names[index] ?? '']);
  return (name) => (all.get(name)?.length ?? 0) > 1;
}

/** To TiDB, names that differ in case are the same: a second policy would change the first. */
function toTiDB(name: string): string {
  return name.toLowerCase();
}

class Names {
  private readonly taken = new Set<string>();
  /** The last number behind each name: those below are taken. */
  private readonly last = new Map<string, number>();

  /** The first of some names that is free; otherwise the last of them with a number. */
  take(...candidates: readonly string[]): string {
    const base = candidates.at(-1) ?? '';
    const name = candidates.find((one) => !this.taken.has(toTiDB(one))) ?? this.numbered(base);
    this.taken.add(toTiDB(name));
    return name;
  }

  private numbered(base: string): string {
    let number = this.last.get(toTiDB(base)) ?? 1;
    do number += 1;
    while (this.taken.has(toTiDB(`${base}-${number}`)));
    this.last.set(toTiDB(base), number);
    return `${base}-${number}`;
  }
}
