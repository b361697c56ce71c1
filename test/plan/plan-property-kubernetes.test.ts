import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { compare, type Snapshot, titleOf, type WorkloadChange } from '../../src/plan/index.ts';
import { type MapValue, mapAt, sameValue, textAt, type Value } from '../../src/yaml/index.ts';
import { all, anySite, snapshotOfSite, some } from '../support/any-site.ts';
import { created, type Taken, type Update, type Updated, updated } from '../support/kubernetes-judge.ts';
import { runs } from '../support/runs.ts';
import { describeWith, KUBERNETES_JUDGE } from '../support/tools.ts';

/** Values of which Kubernetes has its own way to write them, or that it has by itself, and others. */
const one = (...values: readonly Value[]) => fc.constantFrom(...values);
const lists = (...items: readonly Value[]) => fc.shuffledSubarray([...items]);

const probe = some({ type: one('tcp'), initialDelaySeconds: one(0, 10, 20), periodSeconds: one(10, 20) });
const volume = (name: string, source: MapValue): MapValue => ({ name, ...source });
const shared = {
  affinity: one({}, { nodeAffinity: {} }),
  dnsPolicy: one('ClusterFirst', 'Default'),
  hostNetwork: one(true, false),
  imagePullPolicy: one('IfNotPresent', 'Always'),
  labels: some({ a: one('1', '2') }),
  nodeSelector: one({}, { a: 'b' }),
  podSecurityContext: one({}, { fsGroup: 0 }, { fsGroup: 1000 }),
  schedulerName: one('default-scheduler', 'other', ''),
  tolerations: lists({ key: 'a' }, { key: 'a', operator: 'Equal' }, { operator: 'Exists' }),
};
const server = {
  ...shared,
  replicas: one(0, 1, 2, 3),
  additionalContainers: lists(
    { name: 'a', image: 'a' },
    { name: 'b', image: 'a:1', ports: [{ containerPort: 80 }], resources: {} },
  ),
  additionalVolumes: fc.uniqueArray(
    one(
      volume('a', { configMap: { name: 'a' } }),
      volume('a', { configMap: { name: 'a', defaultMode: 420 } }),
      volume('a', { secret: { secretName: 'a' } }),
      volume('b', { hostPath: { path: '/b' } }),
      volume('b', { hostPath: { path: '/b', type: '' } }),
      volume('b', { emptyDir: {} }),
    ),
    { selector: (item) => textAt(item, 'name') },
  ),
  configUpdateStrategy: one('InPlace', 'RollingUpdate'),
  env: lists({ name: 'A', value: '' }, { name: 'B', value: 'b' }),
  limits: some({ memory: one('1Gi', '1024Mi', '1073741824'), cpu: one(1, '1000m', '2') }),
  podManagementPolicy: one('OrderedReady', 'Parallel'),
  readinessProbe: probe,
  serviceAccount: one('a', 'b'),
  statefulSetUpdateStrategy: one('OnDelete', 'RollingUpdate'),
  storageVolumes: lists(
    { name: 'a', storageSize: '1Gi', mountPath: '/a' },
    { name: 'b', storageSize: '1024Mi', mountPath: '/b' },
    { name: 'c', storageSize: '1073741824' },
  ),
  terminationGracePeriodSeconds: one(30, 60),
};
const tikv = {
  ...server,
  config: all({ log: all({ level: one('info', 'warn') }) }),
  requests: some({ storage: one('100Gi', '107374182400', '200Gi'), cpu: one('1', '500m') }),
  storageClassName: one('', 'fast'),
};
const port = { name: 'a', port: 80 };
const tidb = {
  ...server,
  lifecycle: one(
    { preStop: { httpGet: { port: 1 } } },
    { preStop: { httpGet: { port: 1, path: '/', scheme: 'HTTP' } } },
  ),
  service: some({
    type: one('ClusterIP', 'NodePort', 'LoadBalancer'),
    additionalPorts: one(
      [],
      [port],
      [{ ...port, targetPort: 80, protocol: 'TCP' }],
      [{ ...port, nodePort: 30080 }],
    ),
    annotations: some({ a: one('1', '2') }),
    clusterIP: one('', 'None', '10.96.0.10', '10.96.0.20'),
    externalTrafficPolicy: one('Cluster', 'Local'),
    loadBalancerClass: one('a/b', 'a/c'),
    loadBalancerIP: one('', '10.0.0.1'),
    mysqlNodePort: one(0, 30100, 30200),
  }),
};

const pd = {
  ...server,
  requests: some({ storage: one('10Gi', '10737418240', '20Gi'), cpu: one('1', '500m') }),
  service: some({
    type: one('ClusterIP', 'NodePort', 'LoadBalancer'),
    annotations: some({ a: one('1', '2') }),
    clusterIP: one('', '10.96.0.30', '10.96.0.40'),
    portName: one('', 'client', 'pd'),
  }),
};
const { readinessProbe: _, ...withoutProbe } = server;
const tiproxy = {
  ...withoutProbe,
  config: one('[log]\nlevel = "info"\n', '[log]\nlevel = "warn"\n', ''),
  version: one('v1.2.0', 'v1.3.2'),
};
const claim = (storage: Value, name?: string): MapValue => ({
  resources: { requests: { storage } },
  ...(name && { storageClassName: name }),
});
const tiflash = {
  ...withoutProbe,
  storageClaims: one(
    [claim('100Gi')],
    [claim('107374182400')],
    [claim('100Gi'), claim('1Ti', 'fast')],
    [claim('200Gi', 'fast')],
  ),
  config: some({ config: one('[logger]\nlevel = "info"\n', { logger: { level: 'warn' } }) }),
};
const ticdc = {
  ...withoutProbe,
  config: one({}, { 'gc-ttl': 3600 }, { 'cluster-id': 'a' }, 'cluster-id = "b"\n'),
};

type Fields = { readonly [name: string]: fc.Arbitrary<Value> };

/** A spec, and the same with one or two fields written, written otherwise or taken out. */
function twoOf(fields: Fields): fc.Arbitrary<MapValue> {
  const changes = fc.subarray(Object.keys(fields), { minLength: 1, maxLength: 2 });
  return fc.tuple(some(fields), some(fields), changes).map(([old, other, names]) => {
    const now = { ...old };
    for (const name of names) {
      const value = other[name];
      if (value === undefined) delete now[name];
      else now[name] = value;
    }
    return { old, now };
  });
}

const sites = anySite({
  cluster: twoOf({ ...shared, preferIPv6: one(true, false) }),
  base: fc.constant({}),
  groups: {
    PDGroup: twoOf(pd),
    TiCDCGroup: twoOf(ticdc),
    TiDBGroup: twoOf(tidb),
    TiFlashGroup: twoOf(tiflash),
    TiKVGroup: twoOf(tikv),
    TiProxyGroup: twoOf(tiproxy),
  },
});

function sideOf(objects: readonly MapValue[], side: 'old' | 'now'): MapValue[] {
  return objects.map((object) => {
    const { old: _, now: __, ...spec } = mapAt(object, 'spec');
    return { ...object, spec: { ...spec, ...mapAt(object, 'spec', side) } };
  });
}

/** A group on both sides, what the plan says of it, and what Kubernetes makes of each of its resources. */
interface Judged {
  readonly change: WorkloadChange;
  readonly updates: readonly Update[];
  readonly answers: readonly Updated[];
  /** Whether a resource comes or goes. */
  readonly others: boolean;
  /** Its pods that restart, as the plan has it. */
  readonly restarts: readonly string[];
}

async function judged(count: number): Promise<Judged[]> {
  const asked: Omit<Judged, 'answers'>[] = [];
  for (const [index, objects] of fc.sample(sites, { numRuns: count, seed: 7 }).entries()) {
    const before = await snapshotOfSite(sideOf(objects, 'old'));
    const after = await snapshotOfSite(sideOf(objects, 'now'));
    if (before === undefined || after === undefined) continue;
    const plan = compare(before, after);
    const rolls = plan.restarts.flatMap(({ lanes }) => lanes.flat());
    for (const change of plan.workloads) {
      const [old = [], now = []] = [before, after].map((side) => resourcesOf(side, change));
      const apply = index % 2 === 0 ? 'server-side' : 'client-side';
      const updates = now.flatMap((resource): Update[] => {
        const twin = old.find((one) => one.kind === resource.kind && nameOf(one) === nameOf(resource));
        return twin === undefined ? [] : [{ old: twin, new: resource, apply }];
      });
      const others = updates.length < Math.max(old.length, now.length);
      const pods = rolls.find(({ workload }) => workload === change.workload)?.pods ?? [];
      if (updates.length > 0) asked.push({ change, updates, others, restarts: [...pods].sort() });
    }
  }
  const answers = updated(asked.flatMap(({ updates }) => updates));
  const states = created(asked.flatMap(({ updates }) => updates.map((update) => update.new)));
  return asked.flatMap((one) => {
    const its = answers.splice(0, one.updates.length);
    const isTaken = states.splice(0, one.updates.length).every(({ refused }) => refused === undefined);
    return isTaken && its.every(({ before }) => before.refused === undefined)
      ? [{ ...one, answers: its }]
      : [];
  });
}

function resourcesOf({ groups }: Snapshot, { workload }: WorkloadChange): readonly MapValue[] {
  return groups.find(({ owner }) => titleOf(owner) === workload)?.resources ?? [];
}

function nameOf(resource: MapValue): string {
  return textAt(resource, 'metadata', 'name');
}

const SITES = runs(800);

describeWith([KUBERNETES_JUDGE], 'what becomes of groups', () => {
  let all: readonly Judged[] = [];
  beforeAll(async () => {
    all = await judged(SITES);
  });

  test('is asked of enough of them, of every kind', () => {
    const verdicts = all.flatMap(({ change }) => change.verdicts);
    for (const verdict of ['refused', 'restarted', 'scaled', 'changed-in-place', 'unchanged'] as const) {
      expect(verdicts.filter((one) => one === verdict).length, verdict).toBeGreaterThan(SITES / 80);
    }
    expect(all.flatMap(({ updates }) => updates).length).toBeGreaterThan(SITES * 3.5);
  });

  test('is refused where the plan says so', () => {
    const wrong = all.filter(
      ({ change, answers }) => change.verdicts.includes('refused') !== isRefused(answers),
    );
    expect(wrong.map(shown)).toEqual([]);
  });

  test('restarts the pods that the plan names', () => {
    const wrong = all.flatMap((one) => {
      const { change, answers, restarts } = one;
      const set = answers.find(({ pods }) => pods !== undefined);
      if (set === undefined || isRefused(answers)) return [];
      const template = ({ stored }: Taken) => mapAt(stored, 'spec', 'template');
      const isOther = !sameValue(template(set.before), template(set.after));
      const isByHand = textAt(set.after.stored, 'spec', 'updateStrategy', 'type') === 'OnDelete';
      const ours = [change.verdicts.includes('restarted'), isByHand ? [] : restarts];
      const theirs = [isOther, set.pods?.restarted];
      return sameValue(ours as Value, theirs as Value) ? [] : [[...shown(one), ours, theirs]];
    });
    expect(wrong).toEqual([]);
  });

  test('changes nothing where the plan says so', () => {
    const wrong = all.filter(({ change, answers, others }) => {
      const isSame = !others && answers.every(({ before, after }) => sameValue(before.stored, after.stored));
      return !isRefused(answers) && change.verdicts.includes('unchanged') !== isSame;
    });
    expect(wrong.map(shown)).toEqual([]);
  });
});

/** What was changed, what the plan says of it, and what Kubernetes says. */
function shown({ change, answers }: Judged): unknown[] {
  const fields = change.fields.map(
    ({ field, old, new: now, effect }) => `${field}: ${JSON.stringify([old, now])} ${effect}`,
  );
  return [change.verdicts, ...fields, ...answers.flatMap(({ after }) => after.refused ?? [])];
}

function isRefused(answers: readonly Updated[]): boolean {
  return answers.some(({ after }) => after.refused !== undefined);
}
