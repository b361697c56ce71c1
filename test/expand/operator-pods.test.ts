import { expect, test } from 'vitest';
import { formatPath, type Problem } from '../../src/problem/index.ts';
import { isMap, type MapValue } from '../../src/yaml/index.ts';
import { podsOf } from '../support/kubernetes-judge.ts';
import { asRendered } from '../support/operator-judge.ts';
import { podCases, valuesOf } from '../support/pod-fields.ts';
import { problemsOfEach } from '../support/pod-problems.ts';
import { describeWith, KUBERNETES_JUDGE, OPERATOR_JUDGE } from '../support/tools.ts';

/** Left out by a group, and handed on by the operator; nobody writes it. */
const NOT_SAID = /node(?:Affinity|Taints)Policy {2}""/;

/** The operator takes milliseconds for each, and there are thousands. */
const EACH = 31;

/** A TidbCluster whose pods may be impossible. */
interface Case {
  readonly title: string;
  readonly spec: MapValue;
}

const TIFLASH: MapValue = { replicas: 1, storageClaims: [{ resources: { requests: { storage: '1Gi' } } }] };
const PUMP: MapValue = { replicas: 1, requests: { storage: '1Gi' } };
const VOLUME = { name: 'more', emptyDir: {} };
const MOUNT = { name: 'more', mountPath: '/more' };
const logging = (key: string, path: string): MapValue => ({
  ...TIFLASH,
  config: { config: `[logger]\n${key} = ${JSON.stringify(path)}\n` },
});

/** What the components have of their own, and whether Kubernetes takes it. */
const OWN: readonly (Case & { readonly isTaken: boolean })[] = [
  { title: 'a log on a data volume', spec: { tiflash: logging('log', '/data0/x/y.log') }, isTaken: true },
  { title: 'a log at the top', spec: { tiflash: logging('log', '/server.log') }, isTaken: false },
  { title: 'a log on no volume', spec: { tiflash: logging('log', '/var/log/x.log') }, isTaken: false },
  {
    title: 'a log of errors on no volume',
    spec: { tiflash: logging('errorlog', '/data1/x') },
    isTaken: false,
  },
  { title: 'a log at no full path', spec: { tiflash: logging('log', 'logs/x/y') }, isTaken: false },
  {
    title: 'a log of the cluster on no volume',
    spec: { tiflash: { ...TIFLASH, config: { config: { flash: { flash_cluster: { log: '/logs/x' } } } } } },
    isTaken: false,
  },
  {
    title: 'a log on a volume that is called as its directory',
    spec: { tiflash: { ...logging('log', '/more/x.log'), additionalVolumes: [VOLUME] } },
    isTaken: true,
  },
  {
    title: 'a volume of Pump that nothing mounts',
    spec: { pump: { ...PUMP, additionalVolumes: [VOLUME], additionalVolumeMounts: [MOUNT] } },
    isTaken: true,
  },
  {
    title: 'a volume of Pump that another container mounts',
    spec: {
      pump: {
        ...PUMP,
        additionalVolumes: [VOLUME],
        additionalContainers: [{ name: 'beside', image: 'a:v1', volumeMounts: [MOUNT] }],
      },
    },
    isTaken: false,
  },
  {
    title: "Pump's data in another container",
    spec: {
      pump: {
        ...PUMP,
        initContainers: [
          { name: 'before', image: 'a:v1', volumeMounts: [{ name: 'data', mountPath: '/a' }] },
        ],
      },
    },
    isTaken: true,
  },
];

const OF_BOTH =
  /^(?:additional|init|affinity|annotations|claims|dns|env|hostNetwork|label|limits|nodeSelector|pod|requests|securityContext|termination|tolerations|topology)/;

/** Values of every field that groups have as well, and of the containers beside TiFlash. */
function* cases(): Generator<Case> {
  for (const { kind, role, path, title, group } of podCases()) {
    const { cluster: _, ...spec } = isMap(group.spec) ? group.spec : {};
    const field = String(path[1]);
    const name = `${formatPath(path)} ${title}`;
    if (kind !== 'TiKVGroup' || role === 'merged') continue;
    if (OF_BOTH.test(field)) {
      yield { title: `TiFlash ${name}`, spec: { tiflash: { ...TIFLASH, ...spec } } };
      const requests = {
        ...(isMap(PUMP.requests) && PUMP.requests),
        ...(isMap(spec.requests) && spec.requests),
      };
      yield { title: `Pump ${name}`, spec: { pump: { ...PUMP, ...spec, requests } } };
    }
    if (field !== 'logTailer') continue;
    const { logTailer = null } = spec;
    yield { title: `TiFlash ${name}`, spec: { tiflash: { ...TIFLASH, logTailer } } };
    yield { title: `TiFlash initializer ${name}`, spec: { tiflash: { ...TIFLASH, initializer: logTailer } } };
  }
  for (const image of valuesOf({ type: 'string' })) {
    yield { title: `helper ${JSON.stringify(image)}`, spec: { tiflash: TIFLASH, helper: { image } } };
  }
  for (const imagePullPolicy of ['Always', 'Never', 'Sometimes', '']) {
    yield { title: `helper ${imagePullPolicy}`, spec: { tiflash: TIFLASH, helper: { imagePullPolicy } } };
  }
}

function clusterOf({ spec }: Case): MapValue {
  return {
    apiVersion: 'pingcap.com/v1alpha1',
    kind: 'TidbCluster',
    metadata: { name: 'basic', namespace: 'tidb', uid: 'a' },
    spec: { version: 'v8.5.7', ...spec },
  };
}

/** Why Kubernetes takes no pod of what the operator makes; undefined if the operator makes nothing. */
function refusals(all: readonly Case[]): (string | undefined)[] {
  const asText = (cluster: MapValue) =>
    JSON.stringify(cluster, (_, value) => (typeof value === 'bigint' ? Number(value) : value));
  const sets = asRendered(all.map((one) => asText(clusterOf(one)))).map(({ refused, resources }) =>
    refused === undefined ? resources.filter(({ kind }) => kind === 'StatefulSet') : undefined,
  );
  const pods = podsOf(sets.flatMap((one) => one ?? []));
  let next = 0;
  return sets.map((one) =>
    one
      ?.flatMap(() => pods[next++]?.refused ?? [])
      .map(({ field, message }) => `${field}: ${message}`)
      .join('; '),
  );
}

const isTold = (problems: readonly Problem[] = []) =>
  problems.some(({ severity, code }) => severity === 'error' || code === 'kubernetes-version');

describeWith([KUBERNETES_JUDGE], 'pods of TiFlash and Pump', () => {
  describeWith([OPERATOR_JUDGE], 'as TiDB Operator makes them', () => {
    test.each(OWN)('$title: as Kubernetes has it', async ({ isTaken, ...one }) => {
      const [refused] = refusals([one]);
      expect(refused === '').toBe(isTaken);
      const [told] = await problemsOfEach([clusterOf(one)]);
      expect(told?.filter(({ severity }) => severity === 'error').length ?? 0).toBe(isTaken ? 0 : 1);
    });

    test('are never refused by Kubernetes where nothing was said', async () => {
      const all = [...cases()].filter(
        ({ title }, index) => index % EACH === 0 || /helper|initializer/.test(title),
      );
      const told = await problemsOfEach(all.map(clusterOf));
      const refused = refusals(all);
      const unsaid = all.flatMap(({ title }, index) =>
        refused[index] && !isTold(told[index]) && !NOT_SAID.test(title)
          ? [`${title}: ${refused[index]}`]
          : [],
      );
      expect(refused.filter((one) => one).length).toBeGreaterThan(50);
      expect(unsaid).toEqual([]);
    }, 600_000);
  });
});
