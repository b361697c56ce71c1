import { describe, expect, it } from 'vitest';
import { isMap, type MapValue, type Value } from '../../src/yaml/index.ts';
import { readFixture, render, renderCase, type Table } from '../support/table.ts';

const tikv = readFixture<Table>('conformance/tikv-group.yaml');
const tidb = readFixture<Table>('conformance/tidb-group.yaml');

/** Something in every list and map that a group and its cluster can give to several resources. */
const MUCH = {
  clusterSpec: {
    annotations: { 'tidb.pingcap.com/sysctl-init': 'true', note: 'x' },
    podSecurityContext: { runAsUser: 1, sysctls: [{ name: 'a.b', value: '1' }] },
    topologySpreadConstraints: [{ topologyKey: 'zone' }],
    tolerations: [{ key: 'a', operator: 'Exists' }],
    tlsCluster: { enabled: true },
  },
  spec: {
    securityContext: { capabilities: { drop: ['ALL'] } },
    env: [{ name: 'A', valueFrom: { secretKeyRef: { name: 's', key: 'k' } } }],
    limits: { cpu: '1' },
    additionalVolumes: [{ name: 'x', emptyDir: {} }],
    additionalVolumeMounts: [{ name: 'x', mountPath: '/x' }],
    additionalContainers: [{ name: 's', image: 's:1', resources: { limits: { cpu: '1' } } }],
    logTailer: { securityContext: { runAsUser: 2 } },
    slowLogTailer: { securityContext: { runAsUser: 2 } },
    separateRocksDBLog: true,
    rocksDBLogVolumeName: 'x',
    slowLogVolumeName: 'x',
    separateRaftLog: true,
    customizedStartupProbe: { image: 'p:1', binaryName: 'probe' },
    service: { labels: { a: 'b' }, additionalPorts: [{ name: 'p', port: 1 }] },
  },
};

function nodes(value: unknown, found: object[] = []): object[] {
  if (typeof value !== 'object' || value === null) return found;
  found.push(value);
  for (const inner of Object.values(value)) nodes(inner, found);
  return found;
}

function at(value: Value | undefined, ...path: readonly (string | number)[]): Value | undefined {
  return path.reduce<Value | undefined>((inner, step) => {
    if (Array.isArray(inner)) return inner[Number(step)];
    return isMap(inner) ? inner[step] : undefined;
  }, value);
}

function find(resources: readonly MapValue[], kind: string): MapValue {
  const resource = resources.find((one) => one.kind === kind);
  if (resource === undefined) throw new Error(`no ${kind}`);
  return resource;
}

describe.each([
  { table: tikv, kinds: ['ConfigMap', 'Service', 'StatefulSet'] },
  { table: tidb, kinds: ['ConfigMap', 'Service', 'Service', 'StatefulSet'] },
])('the workloads of a $table.group.kind', ({ table, kinds }) => {
  it('come in one order', () => {
    expect(renderCase(table, MUCH).resources.map(({ kind }) => kind)).toEqual(kinds);
  });

  it('share nothing with each other, nor with what they are made from', () => {
    const { spec: group, ...head } = table.group;
    const given = { ...head, spec: { ...group, ...MUCH.spec } } as typeof table.group;
    const cluster = {
      ...table.cluster,
      spec: { ...table.cluster.spec, ...MUCH.clusterSpec },
    } as typeof table.cluster;
    const all = nodes(render(given, cluster).resources);
    expect(new Set(all).size).toBe(all.length);
    const inputs = new Set([...nodes(given), ...nodes(cluster)]);
    expect(all.filter((node) => inputs.has(node))).toEqual([]);
  });

  it('leave what they are made from as it was', () => {
    const frozen = (value: unknown): void => nodes(value).forEach(Object.freeze);
    const { group, cluster } = readFixture<Table>(
      `conformance/${table === tikv ? 'tikv' : 'tidb'}-group.yaml`,
    );
    Object.assign(group.spec, structuredClone(MUCH.spec));
    Object.assign(cluster.spec, structuredClone(MUCH.clusterSpec));
    frozen(group);
    frozen(cluster);
    expect(render(group, cluster).problems.filter(({ severity }) => severity === 'error')).toEqual([]);
  });

  it('begin with what a reader looks for', () => {
    const { resources } = renderCase(table, MUCH);
    for (const resource of resources) {
      expect(Object.keys(resource).slice(0, 3)).toEqual(['apiVersion', 'kind', 'metadata']);
      expect(Object.keys(at(resource, 'metadata') ?? {}).slice(0, 2)).toEqual(['name', 'namespace']);
    }
    const pod = at(find(resources, 'StatefulSet'), 'spec', 'template', 'spec');
    for (const list of ['containers', 'initContainers', 'volumes']) {
      for (const item of nodes(at(pod, list)).filter((node) => 'name' in node && !('mountPath' in node))) {
        expect(Object.keys(item)[0]).toBe('name');
      }
    }
  });

  it('have no namespace where the group has none', () => {
    const { resources } = render({ ...table.group, metadata: { name: 'x' } }, table.cluster);
    for (const resource of resources) {
      expect(resource.metadata).not.toHaveProperty('namespace');
    }
  });

  it('set no partition, because nobody would lower it', () => {
    const { resources } = renderCase(table, {});
    expect(at(find(resources, 'StatefulSet'), 'spec', 'updateStrategy')).toEqual({ type: 'RollingUpdate' });
  });

  it('claim volumes as the API server would store the claims', () => {
    const spec = { storageVolumes: [{ name: 'x', storageSize: '1Gi' }], storageClassName: '' };
    const { resources } = renderCase(table, { spec });
    const claims = at(find(resources, 'StatefulSet'), 'spec', 'volumeClaimTemplates');
    expect(claims).not.toEqual([]);
    for (const claim of Array.isArray(claims) ? claims : []) {
      expect(claim).toMatchObject({
        apiVersion: 'v1',
        kind: 'PersistentVolumeClaim',
        spec: { storageClassName: '' },
      });
    }
  });

  it('keep empty volumes, which are volumes', () => {
    const { resources } = renderCase(table, { spec: { additionalVolumes: [{ name: 'x', emptyDir: {} }] } });
    const volumes = at(find(resources, 'StatefulSet'), 'spec', 'template', 'spec', 'volumes');
    expect(volumes).toContainEqual({ name: 'x', emptyDir: {} });
  });

  it('take a null for a field that is not written', () => {
    const spec = {
      readinessProbe: null,
      service: null,
      env: null,
      limits: { storage: null },
      securityContext: null,
    };
    const given = JSON.parse(JSON.stringify({ ...table.group, spec: { ...table.group.spec, ...spec } }));
    expect(render(given, table.cluster)).toEqual(renderCase(table, {}));
  });

  it('keep keys that mean something to JavaScript', () => {
    const labels = JSON.parse('{"__proto__": "a", "constructor": "b"}');
    const { resources } = renderCase(table, { spec: { nodeSelector: labels } });
    const text = JSON.stringify(
      at(find(resources, 'StatefulSet'), 'spec', 'template', 'spec', 'nodeSelector'),
    );
    expect(text).toBe('{"__proto__":"a","constructor":"b"}');
  });

  it('are called after their data where they roll, and by one name where they do not', () => {
    const nameOf = (spec: MapValue) =>
      at(find(renderCase(table, { spec }).resources, 'ConfigMap'), 'metadata', 'name');
    const names = ['RollingUpdate', 'InPlace'].map((configUpdateStrategy) =>
      ['a = 1', 'a = 2', 'a = 1'].map((config) => nameOf({ config, configUpdateStrategy })),
    );
    const [[first, other, again] = [], inPlace] = names;
    expect(first).toMatch(/^(store-tikv|ap-tidb)-[0-9a-f]{7}$/);
    expect(other).not.toBe(first);
    expect(again).toBe(first);
    expect(new Set(inPlace).size).toBe(1);
  });

  it('change their name with the start script too', () => {
    const nameOf = (clusterSpec: MapValue) =>
      at(find(renderCase(table, { clusterSpec }).resources, 'ConfigMap'), 'metadata', 'name');
    expect(nameOf({ clusterDomain: 'k8s.example.com' })).not.toBe(nameOf({}));
  });
});
