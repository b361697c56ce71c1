import { API_VERSION } from '../api/index.ts';
import { GROUP_COMPONENTS } from '../components/index.ts';
import { V2 } from '../convert/index.ts';
import type { Item } from '../list/index.ts';
import type { Problems } from '../problem/index.ts';
import { isMap, mapAt, textAt } from '../yaml/index.ts';
import { flowValue } from '../yaml-write/index.ts';
import type { Gathered } from './gather.ts';

/** What follows the servers of a StatefulSet by its name: where each kind names it. */
const FOLLOWERS: { readonly [kind: string]: { readonly group: RegExp; readonly field: string } } = {
  HorizontalPodAutoscaler: { group: /^autoscaling\//, field: 'scaleTargetRef' },
  ScaledObject: { group: /^keda\.sh\//, field: 'scaleTargetRef' },
  VerticalPodAutoscaler: { group: /^autoscaling\.k8s\.io\//, field: 'targetRef' },
};

/** A group of v2. */
interface GroupOfV2 {
  readonly kind: string;
  readonly name: string;
  readonly hasZones: boolean;
}

/** The StatefulSets of v1, by namespace and name, each with the group of v2 that its servers become. */
export class SetsOfV1 {
  private readonly sets = new Map<string, GroupOfV2>();

  constructor(gathered: Gathered) {
    for (const { name: component, group } of GROUP_COMPONENTS) {
      for (const item of gathered.groups.filter(({ kind }) => kind === group.kind)) {
        const written = gathered.writtenAs(item);
        const hasZones = Array.isArray(mapAt(written.object, 'spec').zones);
        this.add(item, `${item.name}-${component}`, { kind: group.kind, name: written.name, hasZones });
      }
      for (const item of gathered.clusters) {
        if (!isMap(mapAt(item.object, 'spec')[component])) continue;
        this.add(item, `${item.name}-${component}`, { kind: group.kind, name: item.name, hasZones: false });
      }
    }
  }

  get(namespace: string, set: string): GroupOfV2 | undefined {
    return this.sets.get(`${namespace}/${set}`);
  }

  private add({ namespace }: Item, set: string, group: GroupOfV2): void {
    this.sets.set(`${namespace}/${set}`, group);
  }
}

/** What is for TiDB Operator v1 and stays as it is. */
export function reportLeft(item: Item, sets: SetsOfV1, problems: Problems): void {
  const { apiVersion, kind } = item;
  const follower = Object.hasOwn(FOLLOWERS, kind) ? FOLLOWERS[kind] : undefined;
  if (apiVersion === API_VERSION) {
    // Most kinds were never parsed; a quick look finds the line.
    if (!item.isRead) item.readQuickly();
    const message = `\`kind\` is "${kind}", which TiDB Operator v2 does not read; it is handed on as it is`;
    problems.add('convert-lost', item, ['kind'], message);
  } else if (follower?.group.test(apiVersion)) {
    if (!item.isRead) item.readQuickly();
    reportTarget(item, follower.field, sets, problems);
  }
}

function reportTarget(item: Item, field: string, sets: SetsOfV1, problems: Problems): void {
  const target = mapAt(item.object, 'spec', field);
  const [apiVersion, kind, name] = [
    textAt(target, 'apiVersion'),
    textAt(target, 'kind'),
    textAt(target, 'name'),
  ];
  if (apiVersion === API_VERSION) {
    const message = `\`spec.${field}.apiVersion\` is "${apiVersion}", and groups of TiDB Operator v2 have "${V2}"; write that once you use it`;
    problems.add('convert-changed', item, ['spec', field, 'apiVersion'], message);
    return;
  }
  const group = kind === 'StatefulSet' ? sets.get(item.namespace, name) : undefined;
  if (group === undefined) return;
  const also = group.hasZones ? ', which has the servers of all zones, so that one of these is enough' : '';
  const message = `\`spec.${field}.name\` is "${name}", and TiDB Operator v2 makes no StatefulSets; once you use it, write the group: ${flowValue({ apiVersion: V2, kind: group.kind, name: group.name })}${also}`;
  problems.add('convert-changed', item, ['spec', field, 'name'], message);
}
