import { expect, test } from 'vitest';
import { CLUSTER, stream, tidbGroup } from '../support/basic.ts';
import { readYaml, titleOf } from '../support/read-yaml.ts';
import { Sandbox } from '../support/sandbox.ts';

const REPORTS = `apiVersion: pingcap.com/v1alpha1
kind: TidbCluster
metadata:
  name: reports
  namespace: db
spec:
  version: v8.5.7
  timezone: UTC
  cluster:
    name: basic
  tidb:
    replicas: 2
    service:
      type: ClusterIP
`;

/** The group that renders the same: without the annotation its servers would restart. */
const ADOPTED = tidbGroup('reports', 'basic').replace(
  '\nspec:',
  '\n  annotations:\n    groups.pingcap.com/rollout: Plain\nspec:',
);

test('adopt prints the group, and says that it renders the same', () => {
  const sandbox = new Sandbox({ 'base.yaml': CLUSTER, 'reports.yaml': REPORTS });
  const { status, stdout, stderr } = sandbox.groups(['adopt', 'base.yaml', 'reports.yaml']);
  expect({ status, stdout }).toEqual({ status: 0, stdout: ADOPTED });
  expect(stderr).toBe(
    'equal: TiDBGroup db/reports renders the same as TidbCluster db/reports: ConfigMap reports-tidb, Service reports-tidb-peer, Service reports-tidb, StatefulSet reports-tidb\n',
  );
});

test('what it prints replaces the TidbCluster, and renders to the same TidbCluster', () => {
  const sandbox = new Sandbox({ 'base.yaml': CLUSTER, 'reports.yaml': REPORTS });
  sandbox.write({ 'group.yaml': sandbox.groups(['adopt', '-'], { input: stream(CLUSTER, REPORTS) }).stdout });
  const args = ['render', '--output-kind', 'TidbCluster', 'base.yaml', 'group.yaml'];
  const [, made] = readYaml(sandbox.groups(args).stdout);
  const [was] = readYaml(REPORTS);
  expect(made && titleOf(made)).toBe('TidbCluster db/reports');
  expect(made?.spec).toEqual({
    ...(was?.spec as object),
    cluster: { name: 'basic', namespace: 'db' },
    tidb: {
      replicas: 2n,
      service: { type: 'ClusterIP' },
      config: '[log]\n  [log.file]\n    max-backups = 3\n',
    },
  });
});

test('each field that differs is an error, and the group is still printed', () => {
  const input = stream(CLUSTER, REPORTS.replace('UTC', 'Asia/Tokyo'));
  const { status, stdout, stderr } = new Sandbox().groups(['adopt', '-'], { input });
  expect(status).toBe(1);
  expect(stdout).toBe(ADOPTED);
  expect(stderr.split('\n')).toEqual([
    expect.stringMatching(
      /^<stdin>:32:3: error: .*"UTC" in `spec\.template\..*`, .*"Asia\/Tokyo"; .* \[adopt-differs\]$/,
    ),
    expect.stringMatching(/^<stdin>:29:3: warning: .* \[adopt-lost\]$/),
    '',
  ]);
});

test.each([
  ['nothing to adopt', CLUSTER, 2, /must be a TidbCluster with `spec\.cluster`/],
  [
    'a TidbCluster that a render made',
    stream(
      CLUSTER,
      REPORTS.replace(
        'metadata:\n',
        'metadata:\n  annotations: {groups.pingcap.com/generated-by: TiDBGroup/web}\n',
      ),
    ),
    2,
    /TidbCluster "reports" was rendered from TiDBGroup "web", so that group is there already: use the file/,
  ],
  ['a base that is not there', REPORTS, 1, /"basic".*name its file too.*\[cluster-not-found\]$/m],
  [
    'a TidbCluster that is wrong',
    stream(CLUSTER, REPORTS.replace('replicas: 2', 'replicas: many')),
    1,
    /\[field-type\]/,
  ],
])('%s: nothing is printed', (_, input, status, message) => {
  const ran = new Sandbox().groups(['adopt', '-'], { input });
  expect(ran).toMatchObject({ status, stdout: '' });
  expect(ran.stderr).toMatch(message);
});

test('fields that only TiDB Operator acts on are left out, and each is named where it stood', () => {
  const input = stream(
    CLUSTER,
    `${REPORTS}    maxFailoverCount: 3\n    scalePolicy: {scaleInParallelism: 2}\n`,
  );
  const { status, stdout, stderr } = new Sandbox().groups(['adopt', '-'], { input });
  expect({ status, stdout }).toEqual({ status: 0, stdout: ADOPTED });
  expect(stderr).toMatch(
    /^<stdin>:\d+:5: warning: .*`spec\.tidb\.maxFailoverCount` is left out .*\[adopt-lost\]$/m,
  );
  expect(stderr).toMatch(
    /`spec\.tidb\.scalePolicy` is left out of the group, because only TiDB Operator adds/,
  );
  expect(new Sandbox().groups(['validate', '--strict', '-'], { input: stream(CLUSTER, stdout) }).status).toBe(
    0,
  );
});

test('what kubectl gets is read too: a List of live resources, whose status and bookkeeping are left behind', () => {
  const live = (text: string) =>
    `- ${text.replace('metadata:\n', 'metadata:\n  uid: a-b\n  resourceVersion: "7"\n').trimEnd().replaceAll('\n', '\n  ')}\n  status: {clusterID: "7"}\n`;
  const input = `apiVersion: v1\nkind: List\nmetadata: {resourceVersion: ""}\nitems:\n${live(CLUSTER)}${live(REPORTS)}`;
  const { status, stdout } = new Sandbox().groups(['adopt', '-'], { input });
  expect({ status, stdout }).toEqual({ status: 0, stdout: ADOPTED });
});
