import { expect, test } from 'vitest';
import { STOP_SH } from '../../src/components/tikv/scripts.generated.ts';
import { DOORS, isMissing, STDIN } from '../support/doors.ts';
import { at } from '../support/read-yaml.ts';
import { Sandbox } from '../support/sandbox.ts';

const CLUSTER = `apiVersion: pingcap.com/v1alpha1
kind: TidbCluster
metadata: {name: basic, namespace: tidb}
spec:
  version: v8.5.7
  pd: {replicas: 3, requests: {storage: 10Gi}}
  tikv: {replicas: 3, requests: {storage: 100Gi}}
`;

function group(kind: string, name: string, rollout: string | undefined): string {
  const annotations = rollout === undefined ? '' : `, annotations: {groups.pingcap.com/rollout: ${rollout}}`;
  return `apiVersion: pingcap.com/v1alpha1
kind: ${kind}
metadata: {name: ${name}, namespace: tidb${annotations}}
spec:
  cluster: {name: basic}
  replicas: 3
${kind === 'TiKVGroup' ? '  requests: {storage: 100Gi}\n' : ''}`;
}

const FILES = {
  'cluster.yaml': CLUSTER,
  'hot.yaml': group('TiKVGroup', 'hot', undefined),
  'cold.yaml': group('TiKVGroup', 'cold', 'Plain'),
  'web.yaml': group('TiDBGroup', 'web', 'Safe'),
};

/** How long each StatefulSet's pods stay ready before the next one stops, and what they run before they stop. */
function rolls(resources: ReturnType<typeof STDIN.open>['resources']) {
  const found: Record<string, unknown> = {};
  for (const set of Object.values(resources)) {
    if (set.kind !== 'StatefulSet') continue;
    const name = String(at(set, 'metadata', 'name'));
    const container = at(set, 'spec', 'template', 'spec', 'containers', name.split('-')[1] ?? '');
    const hook = at(container, 'lifecycle', 'preStop', 'exec', 'command');
    found[name] = [at(set, 'spec', 'minReadySeconds'), Array.isArray(hook) ? hook[0] : undefined];
  }
  return found;
}

const SAFE = {
  'hot-tikv': [30, '/bin/sh'],
  'cold-tikv': [undefined, undefined],
  'web-tidb': [undefined, 'sleep'],
};

for (const door of [STDIN, ...DOORS]) {
  test.skipIf(isMissing(door))(
    `${door.name}: the function config says it for groups that say nothing`,
    () => {
      const opened = door.open(FILES, { rollout: 'Safe' });
      expect(opened.messages).toEqual([]);
      expect(rolls(opened.resources)).toEqual(SAFE);
    },
  );
}

test('without it groups are rendered Safe, too', () => {
  expect(rolls(STDIN.open(FILES).resources)).toEqual(SAFE);
});

test('TiDB Operator is left to roll what it runs', () => {
  const { resources } = STDIN.open(FILES, { rollout: 'Safe', output: 'TidbCluster' });
  expect(JSON.stringify(resources)).not.toMatch(/minReady|preStop|stop-script/);
});

test('a rollout that is unknown is an error at its line', () => {
  const sandbox = new Sandbox({ ...FILES, 'hot.yaml': group('TiKVGroup', 'hot', 'safe') });
  const { status, stdout, stderr } = sandbox.groups(['render', '.']);
  expect([status, stdout]).toEqual([1, '']);
  expect(stderr).toMatch(/hot\.yaml:3:.*must be "Plain" or "Safe", but is "safe"/);
});

test('a plan says that a group restarts once when it becomes Safe', () => {
  const sandbox = new Sandbox({
    'a/cluster.yaml': CLUSTER,
    'a/hot.yaml': group('TiKVGroup', 'hot', 'Plain'),
    'b/cluster.yaml': CLUSTER,
    'b/hot.yaml': group('TiKVGroup', 'hot', undefined),
  });
  const { stdout } = sandbox.groups(['diff', 'a', 'b']);
  expect(stdout).toContain(
    'metadata.annotations["groups.pingcap.com/rollout"]: "Plain" → "Safe"  restarts the pods',
  );
});

test('what is rendered is the very script that is run against PD in other tests', () => {
  const { resources } = STDIN.open(FILES, { rollout: 'Safe' });
  const config = Object.values(resources).find(
    (resource) => resource.kind === 'ConfigMap' && at(resource, 'metadata', 'name') === 'hot-tikv',
  );
  expect(at(config, 'data', 'stop-script')).toBe(STOP_SH);
});
