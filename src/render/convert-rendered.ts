import { GENERATED_BY } from '../api/index.ts';
import { groupsNamedBy } from '../cluster/index.ts';
import { namesMadeOf } from '../gitops/index.ts';
import type { Item } from '../list/index.ts';
import { Field, type Path, type Problems } from '../problem/index.ts';
import { mapAt } from '../yaml/index.ts';
import type { Gathered } from './gather.ts';
import { ownerNamed, ownersMadeOf } from './generated.ts';

/**
 * What an earlier render made, which is for TiDB Operator v1 and stays behind. An error where the group that it was made of
 * is not among the resources: then it is what is rendered that was given, and not its source.
 */
export function renderedIn(gathered: Gathered, problems: Problems): ReadonlySet<Item> {
  const { clusters, groups, generated } = gathered;
  // Groups with an error are not divided, but what an earlier render made of them is called after their zones.
  const written = [...new Set(groups.map((item) => gathered.writtenAs(item)))];
  const sources = new Map([
    ...clusters.map((item) => [ownerNamed(item), item] as const),
    ...written.flatMap((item) => ownersMadeOf(item).map((owner) => [owner, item] as const)),
  ]);
  const unclear = new Set(written.filter(hasUnclearZones).map(ownerNamed));
  const rendered = new Set<Item>();
  const said = new Set<Item | string>();
  const report = (owner: string, item: Item, path: Path) => {
    if (said.has(owner) || beginnings(owner).some((beginning) => unclear.has(beginning))) return;
    said.add(owner);
    const [, kind, name] = owner.split('/');
    const message = `says that this was rendered from the ${kind} "${name}", which is not among the resources, so that only what TiDB Operator v1 runs would be left of it; convert the files that you render, and not what is rendered from them`;
    new Field(item, problems, path).add('convert-rendered', message);
  };
  for (const [owner, items] of generated) {
    const [first] = items;
    const source = sources.get(owner);
    for (const item of items) rendered.add(item);
    if (first === undefined) continue;
    if (source === undefined) report(owner, first, MARK);
    else if (!said.has(source)) {
      said.add(source);
      const message = `says that this was rendered from the ${source.kind} "${source.name}", which is converted itself; it is left out, with all else that was`;
      new Field(first, problems, MARK).add('convert-lost', message);
    }
  }
  for (const cluster of clusters) {
    for (const { key, ...group } of groupsNamedBy(cluster)) {
      const owner = ownerNamed(group);
      if (!sources.has(owner)) report(owner, cluster, ['metadata', 'annotations', key]);
    }
  }
  return rendered;
}

/** Whether not all zones of a group have names, which is an error of its own. */
function hasUnclearZones(group: Item): boolean {
  const { zones = null } = mapAt(group.object, 'spec');
  return zones !== null && !(Array.isArray(zones) && namesMadeOf(group).length === zones.length);
}

/** Characters of an owner, with all names as long as Kubernetes allows. */
const LONGEST_OWNER = 400;

/** `tidb/TiKVGroup/a` and `tidb/TiKVGroup/a-b` of `tidb/TiKVGroup/a-b-c`. */
function beginnings(owner: string): string[] {
  const parts = owner.slice(0, LONGEST_OWNER).split('-');
  return parts.map((_, index) => parts.slice(0, index).join('-'));
}

const MARK = ['metadata', 'annotations', GENERATED_BY];
