import { describe, expect, test } from 'vitest';
import type { GroupKind } from '../../src/api/index.ts';
import { CLUSTER, stream, tidbGroup } from '../support/basic.ts';
import { planOf } from '../support/plan.ts';

/** What a group of each kind has beside its replicas, and the words that are wrong of it. */
const KINDS: { readonly [kind in GroupKind]: { readonly spec: string; readonly foreign: RegExp } } = {
  TiKVGroup: {
    spec: '  requests: {storage: 100Gi}\n',
    foreign: /\b(members?|columns?|TiFlash|clients|connections?|changefeeds?|database)\b/,
  },
  TiFlashGroup: {
    spec: '  storageClaims:\n  - resources: {requests: {storage: 100Gi}}\n',
    foreign: /\b(members?|regions?|clients|connections?|changefeeds?|database)\b/,
  },
  PDGroup: {
    spec: '  requests: {storage: 100Gi}\n',
    foreign: /\b(stores?|columns?|regions?|TiFlash|clients|connections?|changefeeds?)\b/,
  },
  TiDBGroup: {
    spec: '  service: {type: ClusterIP}\n',
    foreign: /\b(stores?|members?|columns?|regions?|TiFlash|changefeeds?)\b/,
  },
  TiProxyGroup: {
    spec: '  version: v1.3.2\n',
    foreign: /\b(stores?|members?|columns?|regions?|TiFlash|changefeeds?)\b/,
  },
  TiCDCGroup: {
    spec: '',
    foreign: /\b(stores?|members?|columns?|regions?|TiFlash|clients|connections?)\b/,
  },
};

type Sides = readonly [old: string, now: string];

/** Changes of a group, as text before and after. */
const CHANGES: { readonly [name: string]: (group: string) => Sides } = {
  'gets fewer replicas': (group) => [group, group.replace('replicas: 3', 'replicas: 2')],
  'gets one replica': (group) => [group, group.replace('replicas: 3', 'replicas: 1')],
  'gets no replicas': (group) => [group, group.replace('replicas: 3', 'replicas: 0')],
  'is removed': (group) => [group, ''],
  'is removed, and nobody protects it': (group) => [`${UNPROTECTED}---\n${group}`, UNPROTECTED],
  'is renamed': (group) => [group, group.replace('name: one', 'name: other')],
  'is suspended': (group) => [group, `${group}  suspendAction: {suspendStatefulSet: true}\n`],
  'is suspended and goes': (group) => [`${group}  suspendAction: {suspendStatefulSet: true}\n`, ''],
  'is autoscaled': (group) => [group, autoscaled(group)],
  'is no longer autoscaled': (group) => [autoscaled(group), group],
  'joins another cluster': (group) => [group, group.replace('{name: basic}', '{name: second}')],
  'gets smaller volumes': (group) => [group, group.replace('100Gi', '50Gi')],
  'gets smaller volumes while it is autoscaled': (group) => [
    autoscaled(group),
    autoscaled(group).replace('100Gi', '50Gi'),
  ],
  'gets another volume class': (group) => [
    group,
    group
      .replace(/(\n +(?:- )?)(resources|requests)/, '$1storageClassName: fast$1$2')
      .replace('- storageClassName: fast\n  - ', '- storageClassName: fast\n    '),
  ],
  'gets another selector': (group) => [
    group,
    group.replace('spec:', 'spec:\n  labels: {app.kubernetes.io/component: x}'),
  ],
  'gets another data directory': (group) => [
    group,
    group.replace(/(?= {2}requests)/, '  dataSubDir: data\n'),
  ],
  'gets a label': (group) => [group, group.replace('name: one', 'name: one, labels: {team: a}')],
  restarts: (group) => [group, `${group}  env: [{name: A, value: b}]\n`],
};

const UNPROTECTED = `apiVersion: groups.pingcap.com/v1alpha1
kind: ExpandTidbGroups
metadata: {name: expand}
spec: {protectStores: false}
`;

function autoscaled(group: string): string {
  return group.replace('name: one', 'name: one, annotations: {groups.pingcap.com/autoscaled: "true"}');
}

/** It waits for the stores and the members of PD of its cluster. */
const WAITING = tidbGroup('waiting', 'basic');
const SECOND = CLUSTER.replace('name: basic', 'name: second');

describe.each(Object.entries(KINDS))('what a plan says of a %s', (kind, { spec, foreign }) => {
  const group = `apiVersion: pingcap.com/v1alpha1
kind: ${kind}
metadata: {name: one, namespace: db}
spec:
  cluster: {name: basic}
  replicas: 3
${spec}`;

  const changes = Object.entries(CHANGES)
    .map(([name, change]) => ({ name, sides: change(group) }))
    .filter(({ sides: [old, now] }) => old !== now);

  test.each(changes)('that $name is not about servers of other kinds', async ({ name, sides }) => {
    const [old = '', now = ''] = sides.map((side) => stream(CLUSTER, SECOND, WAITING, side));
    const plan = await planOf(old, now);
    for (const { workload, verdicts, fields, config } of plan.workloads) {
      const acting = fields.filter(({ effect }) => effect === 'in-place').length + config.length;
      if (verdicts.includes('changed-in-place')) expect(acting, workload).toBeGreaterThan(0);
    }
    const about = plan.workloads.filter(({ owner }) => owner.kind === kind);
    const said = [
      ...plan.dangers.flatMap(({ message, instead }) => [message, ...instead]),
      ...about.flatMap(({ notes }) => notes),
    ];
    // TiDB Operator drains what its `replicas` no longer cover, and nothing else.
    const isLowered = /^gets (?:fewer|one|no) replicas?$/.test(name);
    if (!isLowered) expect(said.join('\n')).not.toContain('let TiDB Operator');
    // What is suspended keeps its data and comes back.
    if (name === 'is suspended') expect(said.join('\n')).not.toMatch(/\bRemove at most\b/);
    for (const text of said) {
      // Commands name PD's own words, and a new cluster is reached by any kind's way.
      const words = text.replaceAll(/`[^`]*`/g, '');
      expect(foreign.exec(words)?.[0] ?? '', text).toBe('');
      expect(text).not.toMatch(/: ,|`, and check that ``|with {2}|-0 to |begin with and/);
      expect(words, text).not.toMatch(/\b1 (?:stores|members|servers|replicas)\b|\.\./);
    }
  });
});

test('keys that were arguments do not change with the first key that needs a file', async () => {
  const [plain, withFile] = ['', ', data-dir: /sorted'].map((more) =>
    stream(
      CLUSTER,
      `apiVersion: pingcap.com/v1alpha1\nkind: TiCDCGroup\nmetadata: {name: feeds, namespace: db}\nspec:\n  cluster: {name: basic}\n  replicas: 1\n  config: {gc-ttl: 1000${more}}\n`,
    ),
  );
  for (const sides of [
    [plain, withFile],
    [withFile, plain],
  ]) {
    const { workloads } = await planOf(sides[0] ?? '', sides[1] ?? '');
    const keys = workloads.flatMap(({ config }) => config.map(({ key }) => key));
    expect(keys).toEqual(['data-dir']);
  }
});
