import { describe, expect, test } from 'vitest';
import { Item } from '../../src/list/index.ts';
import { compare, type Snapshot, type Verdict, type WorkloadChange } from '../../src/plan/index.ts';
import { Problems } from '../../src/problem/index.ts';
import { snapshotOf } from '../../src/render/index.ts';
import type { MapValue } from '../../src/yaml/index.ts';
import { mergedMap } from '../support/render-text.ts';
import { inTurn } from '../support/runs.ts';
import { type Case, isTaken, readFixture, type Table } from '../support/table.ts';

/**
 * Every field of the groups, and of the cluster that they inherit from, changed once: the tables say what TiDB Operator
 * renders otherwise then, and that is what the verdict must be about.
 */
const TABLES = ['tikv', 'tidb', 'tiproxy', 'pd', 'tiflash', 'ticdc']
  .flatMap((name) => [`${name}-group`, `cluster-${name}`])
  .map((name) => ({
    name,
    table: readFixture<Table>(`conformance/${name}.yaml`),
  }));

/** Where the ConfigMap is named after its contents, as the tables have it, the pods restart with these. */
const FILES = /^\/(?:ConfigMap [^/]*\/data|start\/)/;

/** What a changed part of the StatefulSet comes to; the rest of what is rendered changes in place. */
const PARTS: readonly (readonly [part: RegExp, verdict: Verdict])[] = [
  [/^\/StatefulSet [^/]*$/, 'stopped'],
  [/^\/StatefulSet [^/]*\/spec\/template(?:\/|$)/, 'restarted'],
  [/^\/StatefulSet [^/]*\/spec\/replicas$/, 'scaled'],
  [
    /^\/StatefulSet [^/]*\/spec\/(?:selector|serviceName|podManagementPolicy|volumeClaimTemplates)/,
    'refused',
  ],
  [/^\/Service [^/]*\/spec\/clusterIP$/, 'refused'],
];

for (const [turn, { name, table }] of TABLES.entries()) {
  // Another reference is another cluster. Claims are refused: nothing that a group has declares any.
  const cases = table.cases.filter((one) => isTaken(one) && one.name !== 'claims' && !one.spec?.cluster);
  describe(name, () => {
    test.each(inTurn(cases, turn, 6).map((one) => [one.name, one] as const))('%s', async (_, one) => {
      const change = await changeOf(table, one);
      expect(new Set(change.verdicts)).toEqual(expectedVerdicts(table, one, change));
      // A restart is always put down to fields that people wrote, in the group or its cluster.
      const reasons = change.fields.filter(({ effect }) => effect === 'restart');
      expect(reasons.length > 0).toBe(change.verdicts.includes('restarted'));
      for (const { of } of reasons) expect(of).toMatch(/^(?:\w+Group|TidbCluster) /);
    });
  });
}

/** What only the start script has, whose text is in no table. */
const IN_SCRIPT = /^PDGroup (?:start-timeout|script-v2-(?:flags|dns-match))$/;

function expectedVerdicts(
  { group, renders }: Table,
  { name, changes = [] }: Case,
  { verdicts }: WorkloadChange,
): Set<Verdict> {
  const paths = changes.map(({ path }) => path);
  if (IN_SCRIPT.test(`${group.kind} ${name}`)) return new Set(['restarted']);
  const isNamedAfter = Object.keys(renders).some((title) => title.endsWith('-<digest>'));
  // Where the script stands in the pods' command, they change with it.
  const isInCommand = JSON.stringify(renders).includes('<script>');
  const changed = isNamedAfter ? FILES : isInCommand ? /^\/start\// : undefined;
  if (changed && paths.some((path) => changed.test(path))) paths.push('/StatefulSet files/spec/template');
  const found = PARTS.filter(([part]) => paths.some((path) => part.test(path))).map(([, verdict]) => verdict);
  if (found.includes('stopped')) return new Set(['stopped']);
  if (found.length > 0) return new Set(found);
  if (paths.length > 0) return new Set(['changed-in-place']);
  // What nothing is rendered of may still be a change that somebody, such as the operator, acts on.
  return new Set(verdicts.includes('changed-in-place') ? ['changed-in-place'] : ['unchanged']);
}

/** The old side, which all cases of a table have. */
const OLD = new Map<Table, Promise<Snapshot>>();

async function changeOf(table: Table, { spec = {}, clusterSpec = {}, annotations = {} }: Case) {
  const group = plain(table.group);
  const cluster = plain(table.cluster);
  const unchanged = OLD.get(table) ?? snapshotOfAll(cluster, group);
  OLD.set(table, unchanged);
  const old = await unchanged;
  const now = await snapshotOfAll(
    mergedMap(cluster, { spec: clusterSpec }),
    mergedMap(group, { metadata: { annotations }, spec }),
  );
  const owner = `${table.group.kind} ${table.group.metadata.namespace}/${table.group.metadata.name}`;
  const change = compare(old, now).workloads.find(({ workload }) => workload === owner);
  if (change === undefined) throw new Error(`${owner} is not in the plan`);
  return change;
}

function plain(object: object): MapValue {
  return Object.fromEntries(Object.entries(object));
}

async function snapshotOfAll(...objects: readonly MapValue[]): Promise<Snapshot> {
  const problems = new Problems();
  const snapshot = await snapshotOf(
    objects.map((object) => Item.of(object)),
    problems,
  );
  expect(problems.all.filter(({ severity }) => severity === 'error')).toEqual([]);
  return snapshot;
}
