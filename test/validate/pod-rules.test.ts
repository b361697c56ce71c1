import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import type { TiDBGroup, TiKVGroup } from '../../src/api/index.ts';
import { formatPath, type Problem } from '../../src/problem/index.ts';
import { isMap, type MapValue } from '../../src/yaml/index.ts';
import { created, podsOf } from '../support/kubernetes-judge.ts';
import { refusedByOlder } from '../support/older-kubernetes.ts';
import { anyGroup, type PodCase, podCases } from '../support/pod-fields.ts';
import { JOINED, problemsOfEach } from '../support/pod-problems.ts';
import { inTurn, runs } from '../support/runs.ts';
import { render as expand } from '../support/table.ts';
import { describeWith, KUBERNETES_JUDGE, OLDER_KUBERNETES } from '../support/tools.ts';

/** Errors of ours about what Kubernetes takes: by code, with the fields, and why they are right all the same. */
const STRICTER: readonly (readonly [code: string, fields: RegExp, why: string])[] = [
  ['image-reference', /[iI]mage|version|reference/, 'no runtime can fetch it'],
  ['resource-claim', /claims$/, 'refused, or dropped with the field'],
  ['dns-name', /claims/, 'refused, or dropped with the field'],
  ['field-missing', /claims|additionalVolumes\[\d+\]\.image/, 'refused, or dropped with the field'],
  ['env-duplicate', /env/, 'refused by server-side apply'],
  ['port-duplicate', /ports/, 'refused by server-side apply, or taken already where the pod listens'],
  ['env-source', /valueFrom/, 'refused by TiDB Operator'],
  ['data-sub-dir', /dataSubDir/, 'refused by TiDB Operator'],
  [
    'field-missing',
    /storeLabels|image$|sleep|customizedStartupProbe/,
    'refused by TiDB Operator, or by its CRD',
  ],
  ['duration', /Timeout/, 'not read by TiDB Operator'],
  ['field-enum', /Policy|Strategy|readinessProbe/, 'TiDB Operator reads no other'],
  ['field-range', /fc\.lun/, 'there is no such number, though nothing asks for it with `wwids`'],
  ['field-choice', /matchExpressions/, 'the scheduler compares integers, and no node fits'],
  ['field-range', /FailoverCount|Replicas|Parallelism|Seconds|successThreshold/, "TiDB Operator's own range"],
  ['field-type', /storageSize/, 'TiDB Operator takes text only'],
  ['volume-not-found', /LogVolumeName/, 'there is no such volume'],
  ['dns-name', /LogVolumeName|ClassName|(?:secretName|[nN]ame)$/, 'nothing can have such a name'],
  ['label-syntax', /topologyKey|storeLabels|matchLabels/, 'no node and no pod can have such a label'],
  ['ip', /hostIP|loadBalancerIP|clusterIP|nameservers/, 'no address, or one that newer versions refuse'],
  ['quantity', /memory|storage/, 'Kubernetes itself warns that a part of a byte is a mistake'],
  ['name-duplicate', /additionalContainers|storageVolumes/, 'one of them is lost'],
  ['name-duplicate', /imagePullSecrets|exitCodes/, 'refused by server-side apply'],
  ['name-duplicate', /additionalVolumes/, 'one of them is dropped with its source, where that is too new'],
];

/** The container is not there without more, so that nothing comes of what is wrong in it. */
const NOT_THERE = /^spec\.logTailer/;

/** What is taken or dropped as feature gates have it. */
const GATED =
  /tolerations\[\d+\]\.(?:operator|value)|clusterTrustBundle|podCertificate|seLinuxChangePolicy|volumeAttributesClassName/;

/** What every component has. */
const COMMON =
  /^(?:additional|init|affinity|annotations|claims|dns|env|hostNetwork|label|limits|nodeSelector|pod|requests|securityContext|termination|tolerations|topology)/;

/** The addresses and the ports of nodes that there are is for each cluster to say. */
const NOT_KNOWN = /^spec\.service\.(?:clusterIP|.*[nN]odePort)$/;

const BASE: MapValue = { apiVersion: 'pingcap.com/v1alpha1', kind: 'TidbCluster' };

interface Verdict {
  /** Why each of two versions does not take what comes of a group; undefined if nothing can be made of it. */
  readonly older: readonly string[] | undefined;
  readonly newer: readonly string[] | undefined;
}

function verdictsOf(groups: readonly MapValue[]): Verdict[] {
  const made = groups.map((group) => expanded(group)?.map(asKey));
  // Most of them have the same ConfigMap and the same Services.
  const keys = [...new Set(made.flatMap((resources) => resources ?? []))];
  const isSet = (key: string) => RESOURCES.get(key)?.kind === 'StatefulSet';
  const [sets, others] = [keys.filter(isSet), keys.filter((key) => !isSet(key))];
  const newer = new Map<string, string[]>();
  for (const [list, answers] of [
    [sets, podsOf(resources(sets))] as const,
    [others, created(resources(others))] as const,
  ]) {
    for (const [index, { refused = [] }] of answers.entries()) {
      newer.set(
        list[index] ?? '',
        refused.map(({ field, message }) => `${field}: ${message}`),
      );
    }
  }
  const older = new Map(refusedByOlder(resources(keys)).map((reasons, index) => [keys[index], reasons]));
  return made.map((its) => ({
    older: its?.flatMap((key) => older.get(key) ?? []),
    newer: its?.flatMap((key) => newer.get(key) ?? []),
  }));
}

const RESOURCES = new Map<string, MapValue>();

function asKey(resource: MapValue): string {
  const key = JSON.stringify(resource, (_, value) => (typeof value === 'bigint' ? Number(value) : value));
  RESOURCES.set(key, resource);
  return key;
}

function resources(keys: readonly string[]): MapValue[] {
  return keys.map((key) => RESOURCES.get(key) ?? {});
}

function expanded(group: MapValue): MapValue[] | undefined {
  try {
    return expand(group as MapValue & (TiKVGroup | TiDBGroup), JOINED).resources;
  } catch {
    // A value of another type, which the structure is about.
    return undefined;
  }
}

/** What a group is told, where that is not what Kubernetes says of it. */
function disagreement(
  { older, newer }: Verdict,
  problems: readonly Problem[],
  isStricter: (problem: Problem) => boolean,
): string | undefined {
  const errors = problems.filter(({ severity }) => severity === 'error');
  const alarms = errors.filter((problem) => !isStricter(problem));
  const said = problems
    .map(({ code, path = [], message }) => `${code} ${formatPath(path)} ${message}`)
    .join('; ');
  if (older === undefined || newer === undefined) return errors.length > 0 ? undefined : 'is not rendered';
  const refused = [older, newer].filter((reasons) => reasons.length > 0).length;
  const reasons = [...older, ...newer].join('; ');
  const isOpen =
    problems.some(({ code }) => code === 'kubernetes-version') &&
    [...older, ...newer].every((one) => GATED.test(one));
  if (refused === 2) return errors.length > 0 || isOpen ? undefined : `refused and not foretold: ${reasons}`;
  if (refused === 0) return alarms.length === 0 ? undefined : `taken, and told ${said}`;
  const isSaid = errors.length > alarms.length || problems.some(({ code }) => code === 'kubernetes-version');
  return isSaid && alarms.length === 0 ? undefined : `taken by one only (${reasons}), and told ${said}`;
}

function isStricter({ code, path = [] }: Problem): boolean {
  const text = formatPath(path);
  return (
    GATED.test(text) ||
    NOT_THERE.test(text) ||
    STRICTER.some(([known, fields]) => known === code && fields.test(text))
  );
}

describeWith([KUBERNETES_JUDGE], 'what groups say of pods', () => {
  describeWith([OLDER_KUBERNETES], 'and what Kubernetes says', () => {
    let cases: readonly PodCase[] = [];
    let problems: readonly Problem[][] = [];
    let verdicts: readonly Verdict[] = [];
    beforeAll(async () => {
      const all = [...podCases()];
      expect(all.length).toBeGreaterThan(9_000);
      cases = inTurn(all, 0, 16);
      const groups = cases.map(({ group }) => group);
      problems = await problemsOfEach(groups);
      verdicts = verdictsOf(groups);
    }, 600_000);

    const differences = () =>
      cases.flatMap((one, index) => {
        const field = formatPath(one.path);
        const verdict = verdicts[index] ?? { older: [], newer: [] };
        const told = problems[index] ?? [];
        const text = disagreement(verdict, told, isStricter);
        const isOpen = GATED.test(field) && told.some(({ code }) => code === 'kubernetes-version');
        return text === undefined || isOpen || NOT_KNOWN.test(field) ? [] : [`${titleOf(one)}: ${text}`];
      });

    test('agree on every value of every field', () => {
      expect(differences()).toEqual([]);
    });

    test('and an error stands where the value does', () => {
      const elsewhere = cases.flatMap((one, index) => {
        const errors = (problems[index] ?? []).filter(({ severity }) => severity === 'error');
        const isHere = errors.some(({ path = [] }) => path[1] === one.path[1]);
        return errors.length === 0 || isHere ? [] : [`${titleOf(one)}: ${formatPath(errors[0]?.path ?? [])}`];
      });
      expect(elsewhere).toEqual([]);
    });

    test('agree on fields that come together', async () => {
      const groups = fc.sample(anyGroup(), runs(2_000));
      const told = await problemsOfEach(groups);
      const found = verdictsOf(groups).flatMap((verdict, index) => {
        const text = disagreement(verdict, told[index] ?? [], isStricter);
        return text === undefined ? [] : [`${JSON.stringify(groups[index])}: ${text}`];
      });
      expect(found).toEqual([]);
    }, 600_000);

    test.each(['own', 'pd', 'ticdc', 'tiproxy', 'tiflash', 'pump'])(
      'and a TidbCluster is told of its components what groups are told (%s)',
      async (component) => {
        const own = { TiKVGroup: 'tikv', TiDBGroup: 'tidb' } as const;
        const here = cases.flatMap((one, index) => {
          const isCommon = one.role !== 'merged' && COMMON.test(String(one.path[1]));
          const isTailer = component === 'tiflash' && one.path[1] === 'logTailer';
          return (component === 'own' || isCommon || isTailer) && hasPlace(one, component)
            ? [{ one, asGroup: problems[index] ?? [] }]
            : [];
        });
        const clusters = here.map(({ one: { kind, group } }): MapValue => {
          const { cluster: _, ...spec } = isMap(group.spec) ? group.spec : {};
          if (component === 'tiflash') spec.storageClaims = [{ resources: { requests: { storage: '1Gi' } } }];
          if (component === 'pd')
            spec.requests = { storage: '1Gi', ...(isMap(spec.requests) ? spec.requests : {}) };
          const name = component === 'own' ? own[kind] : component;
          return { ...BASE, spec: { version: 'v8.5.7', [name]: spec } };
        });
        const told = await problemsOfEach(clusters);
        const different = here.flatMap(({ one, asGroup }, index) => {
          const [group, cluster] = [asGroup, told[index] ?? []].map((all) => shownErrors(all).join());
          return group === cluster
            ? []
            : [`${titleOf(one)}: ${group} as a group, and ${cluster} in a cluster`];
        });
        expect(different).toEqual([]);
      },
      600_000,
    );
  });
});

/** TiDB Operator leaves out the volumes of Pump. */
function hasPlace({ group: { spec } }: PodCase, component: string): boolean {
  const isOut = isMap(spec) && (spec.additionalVolumes || spec.additionalVolumeMounts);
  return component !== 'pump' || !isOut;
}

/** Codes and fields, without what leads to a component. */
function shownErrors(problems: readonly Problem[]): string[] {
  return problems
    .filter(({ severity, code }) => severity === 'error' || code === 'kubernetes-version')
    .map(
      ({ code, path = [] }) =>
        `${code} ${formatPath(path).replace(/^spec\.(?:tikv|tidb|pd|ticdc|tiproxy|tiflash|pump)\b/, 'spec')}`,
    )
    .sort();
}

function titleOf({ kind, path, title }: PodCase): string {
  return `${kind} ${formatPath(path)} ${title}`;
}
