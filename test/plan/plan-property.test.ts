import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compare, type Plan, resourcesOf, type Snapshot } from '../../src/plan/index.ts';
import { planJson } from '../../src/report/plan-json.ts';
import { isMap, type MapValue, textAt, type Value, valueAt } from '../../src/yaml/index.ts';
import { all, anySite, snapshotOfSite, some } from '../support/any-site.ts';
import { runs } from '../support/runs.ts';

const ab = fc.constantFrom('a', 'b');
const labels = some({ zone: ab, host: ab, disk: ab });
const quantity = fc.constantFrom('10Gi', '100Gi', '0.5Ti', '200Gi');
const server = {
  replicas: fc.integer({ min: 0, max: 5 }),
  version: fc.constantFrom('v7.5.1', 'v8.1.0', 'v8.5.7'),
  labels,
  annotations: labels,
  nodeSelector: labels,
  env: fc.uniqueArray(
    all({ name: fc.constantFrom('A', 'B', 'C'), value: fc.constantFrom('', '1', 'x|y`') }),
    {
      selector: ({ name }) => name,
    },
  ),
  limits: all({ memory: quantity }),
  podManagementPolicy: fc.constantFrom('Parallel', 'OrderedReady'),
  configUpdateStrategy: fc.constantFrom('InPlace', 'RollingUpdate'),
  suspendAction: all({ suspendStatefulSet: fc.boolean() }),
  storageVolumes: fc.uniqueArray(
    all({
      name: fc.constantFrom('logs', 'raft'),
      storageSize: quantity,
      mountPath: fc.constantFrom('/logs', '/raft'),
    }),
    { selector: ({ name }) => name, maxLength: 1 },
  ),
};
const tikv = some({
  ...server,
  storageClassName: fc.constantFrom('fast', 'slow'),
  config: all({
    server: all({ labels }),
    log: all({ level: fc.constantFrom('info', 'warn') }),
  }),
});
const tidb = some({
  ...server,
  config: fc.constantFrom('[log]\nlevel = "info"\n', '[log]\nlevel = "warn"\n'),
});

const pd = some({
  ...server,
  storageClassName: fc.constantFrom('fast', 'slow'),
  service: some({ type: fc.constantFrom('ClusterIP', 'NodePort'), portName: ab }),
  config: all({ log: all({ level: fc.constantFrom('info', 'warn') }) }),
});
const tiproxy = some({
  ...server,
  version: fc.constantFrom('v1.2.0', 'v1.3.2'),
  config: fc.constantFrom(
    '[log]\nlevel = "info"\n',
    '[proxy]\nmax-connections = 9\n',
    '[api]\naddr = "0.0.0.0:3080"\n',
  ),
});
const tiflash = some({
  ...server,
  storageClaims: fc.array(
    all({ storageClassName: ab, resources: all({ requests: all({ storage: quantity }) }) }),
    { minLength: 1, maxLength: 2 },
  ),
  annotations: some({
    'tiflash.tidb.pingcap.com/mount-cm-in-tiflash-container': fc.constantFrom('true', 'false'),
  }),
  config: some({
    config: fc.constantFrom('[logger]\nlevel = "info"\n', { logger: { level: 'warn' } }),
    proxy: fc.constantFrom('[log]\nlevel = "info"\n', { raftstore: { 'apply-pool-size': 4 } }),
  }),
});
const ticdc = some({
  ...server,
  config: fc.constantFrom<Value>(
    {},
    { 'gc-ttl': 3600 },
    { 'cluster-id': 'a' },
    'cluster-id = "b"\n',
    'tz = "UTC"\n',
  ),
});

const site = anySite({
  cluster: some({
    timezone: fc.constantFrom('UTC', 'Asia/Tokyo'),
    tlsCluster: all({ enabled: fc.boolean() }),
  }),
  base: tikv,
  groups: {
    PDGroup: pd,
    TiCDCGroup: ticdc,
    TiDBGroup: tidb,
    TiFlashGroup: tiflash,
    TiKVGroup: tikv,
    TiProxyGroup: tiproxy,
  },
});

const output = fc.constantFrom('Workloads' as const, 'TidbCluster' as const);

async function snapshot(objects: readonly MapValue[], kind: 'Workloads' | 'TidbCluster'): Promise<Snapshot> {
  const taken = await snapshotOfSite(objects, kind);
  if (taken === undefined) throw new fc.PreconditionFailure();
  return taken;
}

const sides = fc.tuple(site, site, output, output);

test('the changes of resources that the JSON has, made to the old side, give the new side', async () => {
  await fc.assert(
    fc.asyncProperty(sides, async ([old, now, oldOutput, newOutput]) => {
      const before = await snapshot(old, oldOutput);
      const after = await snapshot(now, newOutput);
      const applied = asPlain(resourcesOf(before));
      const { resources }: Plan = JSON.parse(planJson(compare(before, after)));
      for (const { resource: id, verdict, object, fields } of resources) {
        const title = `${id.kind} ${id.namespace}/${id.name}`;
        if (verdict === 'deleted' || verdict === 'left') delete applied[title];
        if (verdict === 'created') applied[title] = object ?? null;
        for (const { path, new: value } of fields) {
          applied[title] = put(applied[title] ?? null, path, value);
        }
      }
      expect(applied).toEqual(asPlain(resourcesOf(after)));
    }),
    { numRuns: runs(100) },
  );
});

test('pods are said not to restart only where their template is the same', async () => {
  await fc.assert(
    fc.asyncProperty(sides, async ([old, now, oldOutput, newOutput]) => {
      const before = await snapshot(old, oldOutput);
      const after = await snapshot(now, newOutput);
      for (const { owner, verdicts, component } of compare(before, after).workloads) {
        if (owner.kind === 'TidbCluster' || component === 'pd') continue;
        const [was, is] = [before, after].map((side) => templateOf(side, owner.name, owner.kind));
        if (was === undefined || is === undefined) continue;
        // What is suspended has no pods to restart.
        if ([...old, ...now].some((object) => isSuspended(object, owner.name))) {
          expect(verdicts, owner.name).not.toContain('restarted');
          continue;
        }
        expect(verdicts.includes('restarted'), owner.name).toBe(JSON.stringify(was) !== JSON.stringify(is));
      }
    }),
    { numRuns: runs(100) },
  );
});

test('nothing is said of two sides that are the same, however they came out', async () => {
  await fc.assert(
    fc.asyncProperty(site, output, async (objects, kind) => {
      const side = await snapshot(objects, kind);
      const again = await snapshot(objects.toReversed(), kind);
      expect(compare(side, again)).toMatchObject({ verdict: 'unchanged', dangers: [], resources: [] });
    }),
    { numRuns: runs(40) },
  );
});

/** The pod template of a group, with its keys in order; undefined if it has none. */
function templateOf({ groups }: Snapshot, name: string, kind: string): Value | undefined {
  const group = groups.find(({ owner }) => owner.name === name && owner.kind === kind);
  const set = group?.workloads.find((one) => one.kind === 'StatefulSet');
  const written = isMap(set?.spec) ? set.spec.template : undefined;
  return written === undefined ? undefined : sorted(written);
}

function isSuspended(object: MapValue, name: string): boolean {
  return (
    textAt(object, 'metadata', 'name') === name &&
    valueAt(object, 'spec', 'suspendAction', 'suspendStatefulSet') === true
  );
}

function sorted(value: Value): Value {
  if (Array.isArray(value)) return value.map(sorted);
  if (!isMap(value)) return value;
  return Object.fromEntries(
    Object.keys(value)
      .sort()
      .map((key) => [key, sorted(value[key] ?? null)]),
  );
}

function asPlain(resources: ReadonlyMap<string, MapValue>): MapValue {
  return JSON.parse(JSON.stringify(Object.fromEntries(resources)));
}

/** As JSON Patch has it: a value replaces, none removes. */
function put(target: Value, [step, ...rest]: readonly (string | number)[], value: Value | undefined): Value {
  if (step === undefined) return value ?? null;
  if (Array.isArray(target))
    return target.map((item, index) => (index === step ? put(item, rest, value) : item));
  const map: MapValue = isMap(target) ? { ...target } : {};
  if (rest.length === 0 && value === undefined) delete map[step];
  else map[step] = put(map[step] ?? null, rest, value);
  return map;
}
