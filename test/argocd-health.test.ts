import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { describeWith, LUA } from './support/tools.ts';

const PATCH = parse(readFileSync(new URL('../docs/argocd-health.yaml', import.meta.url), 'utf8'));
const CHECK: string = PATCH.data['resource.customizations.health.pingcap.com_TidbCluster'];

const ready = (status: string, reason = 'Ready', message = 'it says') => ({
  conditions: [{ type: 'Ready', status, reason, message }],
});
const up = { phase: 'Normal', image: 'pingcap/tikv:v8.5.7', statefulSet: { replicas: 3 } };
const spec = { version: 'v8.5.7', pd: { replicas: 3 }, tikv: { replicas: 3 } };

/** A TidbCluster as TiDB Operator v1.6 leaves it, and what Argo CD makes of it. */
const CASES = [
  {
    name: 'no status: nobody has looked at it',
    cluster: { spec },
    status: 'Progressing',
    says: 'not said anything',
  },
  { name: 'a status without conditions', cluster: { spec, status: { tikv: up } }, status: 'Progressing' },
  {
    name: 'ready',
    cluster: { spec, status: { ...ready('True'), tikv: up } },
    status: 'Healthy',
    says: 'it says',
  },
  {
    name: 'not ready',
    cluster: { spec, status: { ...ready('False', 'TiKVStoreNotUp', 'TiKV store(s) are not up'), tikv: up } },
    status: 'Progressing',
    says: 'TiKV store(s) are not up',
  },
  {
    name: 'not ready since a store has failed',
    cluster: {
      spec,
      status: {
        ...ready('False', 'TiKVStoreNotUp'),
        tikv: { ...up, failureStores: { 1: { podName: 'a' } } },
      },
    },
    status: 'Degraded',
    says: 'tikv has failed',
  },
  {
    name: 'ready again, after another store took over from one that failed',
    cluster: { spec, status: { ...ready('True'), tikv: { ...up, failureStores: { 1: { podName: 'a' } } } } },
    status: 'Healthy',
  },
  {
    name: 'no store has failed where the list of failures is empty',
    cluster: { spec, status: { ...ready('False'), pd: { ...up, failureMembers: {} } } },
    status: 'Progressing',
  },
  {
    name: 'in the middle of an upgrade',
    cluster: { spec, status: { ...ready('True'), pd: { ...up, phase: 'Upgrade' } } },
    status: 'Progressing',
    says: 'pd: Upgrade',
  },
  {
    name: 'a new version that the operator has not come to yet, though the condition is still true',
    cluster: { spec: { ...spec, version: 'v8.5.8' }, status: { ...ready('True'), tikv: up } },
    status: 'Progressing',
    says: 'to be on v8.5.8',
  },
  {
    name: 'a version of the component alone',
    cluster: {
      spec: { ...spec, tikv: { replicas: 3, version: 'v8.5.7-x' } },
      status: { ...ready('True'), tikv: up },
    },
    status: 'Progressing',
  },
  {
    name: 'more pods that are not there yet, though the condition is still true',
    cluster: { spec: { ...spec, tikv: { replicas: 5 } }, status: { ...ready('True'), tikv: up } },
    status: 'Progressing',
    says: '3 of 5',
  },
  {
    name: 'what is left of a component that is not wanted any more counts for nothing',
    cluster: { spec, status: { ...ready('True'), tiflash: { phase: 'Upgrade' } } },
    status: 'Healthy',
  },
  {
    name: 'paused',
    cluster: { spec: { ...spec, paused: true }, status: ready('True') },
    status: 'Suspended',
  },
  {
    name: 'suspended',
    cluster: { spec, status: { ...ready('False'), tikv: { phase: 'Suspend' } } },
    status: 'Suspended',
    says: 'tikv is suspended',
  },
];

/** A value as Lua writes it. */
function inLua(value: unknown): string {
  if (Array.isArray(value)) return `{${value.map(inLua).join(', ')}}`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  return `{${Object.entries(value)
    .map(([key, inner]) => `[${JSON.stringify(key)}] = ${inLua(inner)}`)
    .join(', ')}}`;
}

test('the patch is of the ConfigMap that Argo CD reads', () => {
  expect(PATCH).toMatchObject({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'argocd-cm' } });
  expect(Object.keys(PATCH.data)).toHaveLength(1);
});

describeWith([LUA], 'the health of a TidbCluster', (lua) => {
  test.each(CASES)('$name', ({ cluster, status, says = '' }) => {
    const program = `obj = ${inLua(cluster)}\nlocal function check()\n${CHECK}\nend\nlocal found = check()\nprint(found.status)\nprint(found.message)\n`;
    const { stdout, stderr } = spawnSync(lua, ['-'], { input: program, encoding: 'utf8' });
    expect(stderr).toBe('');
    const [found, message] = stdout.split('\n');
    expect(found).toBe(status);
    expect(message).toContain(says);
  });
});
