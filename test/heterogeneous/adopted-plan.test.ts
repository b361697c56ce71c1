import { expect, test } from 'vitest';
import { cluster, stream, tidbGroup } from '../support/basic.ts';
import { codesOf, planOf } from '../support/plan.ts';

/** A heterogeneous TidbCluster in the hands of its user, and the group that it becomes. */
const OWN = `apiVersion: pingcap.com/v1alpha1
kind: TidbCluster
metadata: {name: web, namespace: db}
spec:
  version: v8.5.7
  timezone: UTC
  cluster: {name: basic}
  tidb:
    replicas: 2
    service: {type: ClusterIP}
    config: |
      [log]
        [log.file]
          max-backups = 3
`;
const AS_CLUSTERS =
  'apiVersion: groups.pingcap.com/v1alpha1\nkind: ExpandTidbGroups\nmetadata: {name: e}\nspec: {output: TidbCluster}\n';

const BEFORE = stream(cluster('basic'), OWN);
const GROUP = stream(cluster('basic'), tidbGroup('web', 'basic'));
const ADOPTED = GROUP.replace(
  'name: web\n',
  'name: web\n  annotations: {groups.pingcap.com/rollout: Plain}\n',
);
const GROUP_AS_CLUSTER = stream(GROUP, AS_CLUSTERS);

const verdicts = ({ workloads }: Awaited<ReturnType<typeof planOf>>) =>
  Object.fromEntries(workloads.map(({ workload, verdicts: its }) => [workload, its]));

test.each([
  {
    name: 'that comes out as a TidbCluster again changes nothing that runs',
    old: BEFORE,
    now: GROUP_AS_CLUSTER,
  },
  { name: 'taken back changes nothing that runs', old: GROUP_AS_CLUSTER, now: BEFORE },
])('a TidbCluster that becomes a group $name', async ({ old, now }) => {
  const plan = await planOf(old, now);
  expect(plan.dangers).toEqual([]);
  expect(verdicts(plan)).toEqual({
    'TidbCluster db/basic: pd': ['unchanged'],
    'TidbCluster db/basic: tikv': ['unchanged'],
    'TiDBGroup db/web': ['changed-in-place'],
  });
  expect(
    plan.resources.map(({ resource, verdict }) => `${verdict} ${resource.kind} ${resource.name}`),
  ).toEqual(['changed TidbCluster basic', 'changed TidbCluster web']);
});

test.each([
  { name: 'as it is adopted', now: ADOPTED, verdicts: ['handed-over'] },
  {
    name: 'and its pods restart where the group does not say Plain',
    now: GROUP,
    verdicts: ['handed-over', 'restarted'],
  },
])('one that becomes workloads changes hands $name', async ({ now, verdicts: ofGroup }) => {
  const plan = await planOf(BEFORE, now);
  expect(codesOf(plan.dangers)).toEqual(['output-switched']);
  expect(verdicts(plan)).toMatchObject({ 'TiDBGroup db/web': ofGroup });
});

test('one that is not a group of its name goes', async () => {
  const plan = await planOf(BEFORE, stream(cluster('basic'), tidbGroup('other', 'basic')));
  expect(codesOf(plan.dangers)).toContain('cluster-removed');
});
