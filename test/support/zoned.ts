import { run } from '../../functions/expand-tidb-groups/index.ts';
import { GENERATED_BY } from '../../src/api/index.ts';
import type { MapValue } from '../../src/yaml/index.ts';
import { cluster, resourceList } from './basic.ts';
import { at, readYaml, titleOf } from './read-yaml.ts';

/** A cluster that says which labels tell where a store is. */
export const LOCATED = cluster('basic').replace(
  'config: ""',
  'config: {replication: {location-labels: [zone, host]}}',
);

/** No waves, which count all groups that come before, and no budgets, which count the stores of all. */
export const ALONE = 'syncWaves: false, dependsOn: false, rollout: Plain';

/** What the function makes of groups that join `LOCATED`. */
export async function expanded(groups: readonly MapValue[], settings = ALONE, base = LOCATED) {
  const items = groups.map((group) => JSON.stringify(group));
  const config = `functionConfig:\n  apiVersion: groups.pingcap.com/v1alpha1\n  kind: ExpandTidbGroups\n  metadata: {name: c}\n  spec: {${settings}}\n`;
  const { output, messages } = await run(Buffer.from(resourceList(base, ...items) + config));
  const text = [...output].map((piece) => Buffer.from(piece).toString()).join('');
  const all: MapValue[] = JSON.parse(
    JSON.stringify(text === '' ? [] : (at(readYaml(text)[0], 'items') ?? []), (_, value) =>
      typeof value === 'bigint' ? Number(value) : value,
    ),
  );
  const made = all.filter((resource) => at(resource, 'metadata', 'annotations', GENERATED_BY));
  return { messages, all, made };
}

/** Resources by their titles, as texts. */
export function byTitle(resources: readonly MapValue[]): Map<string, string> {
  return new Map(resources.map((resource) => [titleOf(resource), JSON.stringify(resource)]));
}

/** The resources that belong to some groups, by what is written on them. */
export function ownedBy(resources: readonly MapValue[], marks: readonly string[]): MapValue[] {
  return resources.filter((resource) => {
    const mark = String(at(resource, 'metadata', 'annotations', GENERATED_BY));
    return mark.split(',').every((one) => marks.includes(one));
  });
}
