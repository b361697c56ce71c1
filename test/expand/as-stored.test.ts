import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, expect, test } from 'vitest';
import { GENERATED_BY, type TiDBGroup, type TiKVGroup } from '../../src/api/index.ts';
import { formatPath } from '../../src/problem/index.ts';
import { Float, isMap, type MapValue, type Value } from '../../src/yaml/index.ts';
import { everyWorkloadField, type Field } from '../support/every-field.ts';
import {
  asStored,
  type Difference,
  inGeneral,
  keptEmpty,
  kubernetesFields,
} from '../support/kubernetes-judge.ts';
import { at, readYaml } from '../support/read-yaml.ts';
import { resolve, sample, sampleAt } from '../support/sample.ts';
import { FACT_TABLES, isTaken, readFixture, render, renderCase, type Table } from '../support/table.ts';
import { describeWith, KUBERNETES_JUDGE } from '../support/tools.ts';

/**
 * What is left to the API server: fields that engines do not compare unless somebody writes them, because they stand by
 * themselves. docs/gitops.md says the same.
 */
const LEFT: { readonly [kind: string]: readonly string[] } = {
  ConfigMap: [],
  Service: [
    '.spec.allocateLoadBalancerNodePorts',
    '.spec.externalTrafficPolicy',
    '.spec.internalTrafficPolicy',
    '.spec.sessionAffinity',
    '.spec.type',
    '.status.loadBalancer',
  ],
  StatefulSet: [
    '.spec.persistentVolumeClaimRetentionPolicy.whenDeleted',
    '.spec.persistentVolumeClaimRetentionPolicy.whenScaled',
    '.spec.revisionHistoryLimit',
    '.spec.template.spec.containers[].imagePullPolicy',
    '.spec.template.spec.containers[].readinessProbe.failureThreshold',
    '.spec.template.spec.containers[].readinessProbe.periodSeconds',
    '.spec.template.spec.containers[].readinessProbe.successThreshold',
    '.spec.template.spec.containers[].readinessProbe.timeoutSeconds',
    '.spec.template.spec.containers[].startupProbe.failureThreshold',
    '.spec.template.spec.containers[].startupProbe.periodSeconds',
    '.spec.template.spec.containers[].startupProbe.timeoutSeconds',
    '.spec.template.spec.containers[].terminationMessagePath',
    '.spec.template.spec.containers[].terminationMessagePolicy',
    '.spec.template.spec.initContainers[].imagePullPolicy',
    '.spec.template.spec.initContainers[].terminationMessagePath',
    '.spec.template.spec.initContainers[].terminationMessagePolicy',
    '.spec.template.spec.schedulerName',
    '.spec.template.spec.securityContext',
    '.spec.template.spec.serviceAccount',
    '.spec.template.spec.terminationGracePeriodSeconds',
    '.spec.template.spec.volumes[].configMap.defaultMode',
    '.spec.template.spec.volumes[].downwardAPI.defaultMode',
    '.spec.template.spec.volumes[].secret.defaultMode',
    '.status.availableReplicas',
    '.status.replicas',
  ],
};

interface Case {
  readonly title: string;
  readonly resource: MapValue;
}

describeWith([KUBERNETES_JUDGE], 'what is rendered of every fact', () => {
  const cases = FACT_TABLES.flatMap((name) => {
    const table = readFixture<Table>(`${name}.yaml`);
    return [{ name: 'nothing changed', changes: [] }, ...table.cases.filter(isTaken)].flatMap((one): Case[] =>
      renderCase(table, one).resources.map((resource) => ({ title: `${name}: ${one.name}`, resource })),
    );
  });
  let verdicts: readonly Difference[] = [];
  beforeAll(() => {
    verdicts = asStored(cases.map(({ resource }) => resource));
  });

  test('is stored with all that it says, and as it says it', () => {
    expect(differences(cases, verdicts)).toEqual([]);
  });

  test.each(Object.keys(LEFT))('is stored as a %s with no more than what is left to Kubernetes', (kind) => {
    const added = verdicts.flatMap((verdict, index) =>
      cases[index]?.resource.kind === kind ? verdict.added.map(inGeneral) : [],
    );
    expect([...new Set(added)].sort()).toEqual(LEFT[kind]);
  });
});

/** Values that Kubernetes writes in another way, or takes for none. */
function valuesOf(schema: Field['schema']): Value[] {
  const { type, format, properties, required } = resolve(schema);
  if (format === 'quantity') return ['1000m', '0.5Gi', '100u', 2, new Float(0.5), '0'];
  if (Array.isArray(type)) return [8080];
  switch (type) {
    case 'string':
      return [sample(schema), ''];
    case 'integer':
      return [sample(schema), 0];
    case 'boolean':
      return [true, false];
    case 'array':
      return [[sample(resolve(schema).items ?? {})], []];
    default:
      if (properties === undefined) return [{ a: '1' }, {}];
      return required === undefined ? [sample(schema), {}] : [sample(schema)];
  }
}

describeWith([KUBERNETES_JUDGE], 'what is rendered with every field of a group', () => {
  const { cluster, group } = readFixture<Table>('conformance/tikv-group.yaml');
  const { requests = {} } = group.spec;
  const fields = [...everyWorkloadField(['TiKVGroup', 'TiDBGroup'])].filter(
    ({ path: [first] }) => first === 'spec',
  );
  const cases = fields.flatMap(({ kind, path, schema }) =>
    valuesOf(schema).flatMap((value): Case[] => {
      const object = sampleAt(kind, path, (holder, name) => {
        holder[name] = value;
      });
      const title = `${kind} ${formatPath(path)}: ${JSON.stringify(value)}`;
      if (!isGroup(object)) throw new Error(title);
      object.spec.requests = { ...requests, ...object.spec.requests };
      return render(object, cluster).resources.map((resource) => ({ title, resource }));
    }),
  );

  test('is stored with all that it says, and as it says it', () => {
    expect(cases.length).toBeGreaterThan(1000);
    expect(differences(cases, asStored(cases.map(({ resource }) => resource)))).toEqual([]);
  });
});

function isGroup(object: MapValue): object is MapValue & (TiKVGroup | TiDBGroup) {
  return (object.kind === 'TiKVGroup' || object.kind === 'TiDBGroup') && isMap(object.spec);
}

/** What Kubernetes reads in another way, does not read, or drops. */
function differences(cases: readonly Case[], verdicts: readonly Difference[]): string[] {
  return verdicts.flatMap(({ refused, changed, dropped }, index) => {
    const what = [...(refused === undefined ? [] : [refused]), ...changed, ...dropped];
    return what.map((text) => `${cases[index]?.title}: ${cases[index]?.resource.kind} ${text}`);
  });
}

describeWith([KUBERNETES_JUDGE], 'what is rendered of the examples', () => {
  const root = fileURLToPath(new URL('../../examples/', import.meta.url));
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((file) =>
    /\/expected\/.*\.yaml$/.test(file),
  );
  const cases = files.flatMap((title) =>
    readYaml(readFileSync(join(root, title), 'utf8'))
      .filter(
        (resource) => String(resource.kind) in LEFT && at(resource, 'metadata', 'annotations', GENERATED_BY),
      )
      .map((resource): Case => ({ title, resource })),
  );

  test('is stored with all that it says, and as it says it', () => {
    expect(cases.length).toBeGreaterThan(20);
    expect(differences(cases, asStored(cases.map(({ resource }) => resource)))).toEqual([]);
  });
});

describeWith([KUBERNETES_JUDGE], 'the facts', () => {
  test.each([
    ['fields that Kubernetes stores empty', 'kubernetes-kept-empty', keptEmpty],
    ['fields of Kubernetes and their defaults', 'kubernetes-fields', kubernetesFields],
  ] as const)('name the %s', (_, name, found) => {
    const facts = readFileSync(new URL(`../../fixtures/facts/${name}.txt`, import.meta.url), 'utf8');
    expect(facts.split('\n').filter((line) => line !== '' && !line.startsWith('#'))).toEqual(found());
  });
});
