import { beforeAll, describe, expect, test } from 'vitest';
import { findDangers } from '../../src/plan/find-dangers.ts';
import type { Snapshot } from '../../src/plan/index.ts';
import { renames } from '../../src/plan/renames.ts';
import { comparedWorkloads, sidesOfClusters } from '../../src/plan/sides.ts';
import { CLUSTER, stream } from '../support/basic.ts';
import { LookedAt } from '../support/looked-at.ts';
import { snapshot } from '../support/plan.ts';
import { inTurn } from '../support/runs.ts';
import { growth, LINEAR } from '../support/steps/counted.ts';

const KINDS = {
  TiKVGroup: '  requests: {storage: 1Gi}\n',
  TiFlashGroup: '  storageClaims: [{resources: {requests: {storage: 1Gi}}}]\n',
  PDGroup: '  requests: {storage: 1Gi}\n',
  TiDBGroup: '  service: {type: LoadBalancer}\n',
  TiProxyGroup: '  version: v1.3.2\n',
  TiCDCGroup: '',
};

/** What happens to each of many groups. */
const CHANGES: { readonly [name: string]: (group: string) => string } = {
  stop: (group) => group.replace('replicas: 2', 'replicas: 0'),
  'get other names': (group) => group.replace('name: g', 'name: h'),
  'are removed': () => '',
  'are suspended': (group) => `${group}  suspendAction: {suspendStatefulSet: true}\n`,
  'get an autoscaler': (group) =>
    group.replace('namespace: db', 'namespace: db, annotations: {groups.pingcap.com/autoscaled: "true"}'),
  restart: (group) => `${group}  env: [{name: A, value: b}]\n`,
};

/** Many groups, before something happens to them. */
interface ManyGroups {
  readonly groups: readonly string[];
  /** A group to which nothing happens. */
  readonly kept: string;
  readonly old: Snapshot;
}

async function manyGroups(kind: string, spec: string, count: number): Promise<ManyGroups> {
  const groups = Array.from(
    { length: count },
    (_, index) =>
      `apiVersion: pingcap.com/v1alpha1\nkind: ${kind}\nmetadata: {name: g${index}, namespace: db}\nspec:\n  cluster: {name: basic}\n  labels: {a: "${index}"}\n  replicas: 2\n${spec}`,
  );
  const kept = groups[0]?.replace('name: g0', 'name: kept') ?? '';
  return { groups, kept, old: await snapshot(stream(CLUSTER, kept, ...groups)) };
}

/** How often the rules look at a workload, where there are so many groups. */
async function looks({ old, kept, groups }: ManyGroups, change: (group: string) => string) {
  const now = await snapshot(stream(CLUSTER, kept, ...groups.map(change)));
  const [sides] = sidesOfClusters(old, now, comparedWorkloads(old, now));
  if (sides === undefined) throw new Error('there is no cluster');
  const compared = new LookedAt(sides.compared);
  findDangers({ ...sides, compared: compared.items, renames: renames(compared.items) });
  return compared.reads;
}

describe.each(Object.entries(KINDS).map((entry, turn) => [...entry, turn] as const))(
  'the dangers of many groups of the kind %s',
  (kind, spec, turn) => {
    let sizes: readonly [ManyGroups, ManyGroups, ManyGroups];
    beforeAll(async () => {
      sizes = [
        await manyGroups(kind, spec, 10),
        await manyGroups(kind, spec, 20),
        await manyGroups(kind, spec, 40),
      ];
    });

    test.each(inTurn(Object.entries(CHANGES), turn, 3))(
      'that %s are found in steps in proportion',
      async (_, change) => {
        const [ten, twenty, forty] = sizes;
        const [once, twice, four] = [
          await looks(ten, change),
          await looks(twenty, change),
          await looks(forty, change),
        ];
        expect(once).toBeGreaterThan(0);
        expect(growth([once, twice, four])).toBeLessThanOrEqual(LINEAR);
      },
    );
  },
);
