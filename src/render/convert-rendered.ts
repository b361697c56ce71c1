import { GENERATED_BY } from '../api/index.ts';
import { groupsNamedBy } from '../cluster/index.ts';
import type { Item } from '../list/index.ts';
import { Field, type Path, type Problems } from '../problem/index.ts';
import type { Gathered } from './gather.ts';
import { ownerNamed } from './generated.ts';

/**
 * What an earlier render made, which is for TiDB Operator v1 and stays behind. An error where the group that it was made of
 * is not among the resources: then it is what is rendered that was given, and not its source.
 */
export function renderedIn(gathered: Gathered, problems: Problems): ReadonlySet<Item> {
  const { clusters, groups, generated } = gathered;
  const sources = new Map(
    [...clusters, ...groups].map((item) => [ownerNamed(item), gathered.writtenAs(item)] as const),
  );
  const rendered = new Set<Item>();
  const said = new Set<Item | string>();
  const report = (owner: string, item: Item, path: Path) => {
    if (said.has(owner)) return;
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

const MARK = ['metadata', 'annotations', GENERATED_BY];
