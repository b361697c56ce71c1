import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { isMap, type MapValue, type Value } from '../../src/yaml/index.ts';
import {
  CLUSTER,
  configMap,
  GENERATED,
  stream,
  TIDB_GROUP,
  TIKV_GROUP,
  tidbGroup,
  tikvGroup,
} from '../support/basic.ts';
import { build, built, EXPAND, transformer } from '../support/kustomize.ts';
import { at, find } from '../support/read-yaml.ts';
import { inTurn } from '../support/runs.ts';
import { type Files, Sandbox } from '../support/sandbox.ts';
import { describeWith, KUSTOMIZES } from '../support/tools.ts';

const COMPONENT = 'functions/expand-tidb-groups/kustomize';

interface FieldSpec {
  readonly kind: string;
  readonly path: string;
}

const CONFIGURATION: {
  readonly nameReference: readonly { readonly kind: string; readonly fieldSpecs: readonly FieldSpec[] }[];
  readonly images: readonly FieldSpec[];
} = parse(readFileSync(new URL(`../../${COMPONENT}/fields.generated.yaml`, import.meta.url), 'utf8'));

/** A sandbox with the component in `component`. */
function withComponent(files: Files): Sandbox {
  const sandbox = new Sandbox(files);
  sandbox.copy(COMPONENT, 'component');
  return sandbox;
}

/** What some fields name before a build, by the kind of what they name. */
const NAMED: Readonly<Record<string, { readonly manifest?: string; readonly becomes: RegExp }>> = {
  ConfigMap: { becomes: /^prod-settings-[a-z0-9]{10}$/ },
  Secret: { becomes: /^prod-settings-[a-z0-9]{10}$/ },
  ...Object.fromEntries(
    [
      ['PersistentVolumeClaim', 'v1'],
      ['PriorityClass', 'scheduling.k8s.io/v1'],
      ['ServiceAccount', 'v1'],
      ['StorageClass', 'storage.k8s.io/v1'],
      ['TidbCluster', 'pingcap.com/v1alpha1'],
      ['VolumeAttributesClass', 'storage.k8s.io/v1'],
    ].map(([kind, apiVersion]) => [
      kind,
      {
        manifest: `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: {name: settings}\n`,
        becomes: /^prod-settings$/,
      },
    ]),
  ),
};

/** Fields that name a list as a whole, not its items. */
const LISTS = new Set(['tlsClientSecretNames']);
/** Fields that hold a list of maps; all others on a path hold one. */
const LISTS_OF_MAPS =
  /^(?:pdms|env|envFrom|initContainers|additionalContainers|additionalVolumes|sources|imagePullSecrets|storageVolumes|storageClaims|clusters|services)$/;

/** Puts a value at a path of kustomize's. Every list has an item for each path that goes through it. */
function put(map: MapValue, [step = '', ...rest]: readonly string[], value: Value): void {
  if (rest.length === 0) map[step] = LISTS.has(step) ? [value] : value;
  else if (LISTS_OF_MAPS.test(step)) {
    const item: MapValue = {};
    put(item, rest, value);
    const list = map[step];
    map[step] = [...(Array.isArray(list) ? list : []), item];
  } else {
    const inner = map[step];
    const next = inner !== undefined && isMap(inner) ? inner : {};
    map[step] = next;
    put(next, rest, value);
  }
}

/** All values at a path of kustomize's. */
function valuesAt(value: Value | undefined, [step, ...rest]: readonly string[]): Value[] {
  if (value === undefined) return [];
  if (Array.isArray(value))
    return value.flatMap((item) => valuesAt(item, step === undefined ? [] : [step, ...rest]));
  if (step === undefined) return [value];
  return isMap(value) && Object.hasOwn(value, step) ? valuesAt(value[step], rest) : [];
}

/** One resource of each kind, with something in all fields that the configuration knows. */
function filled(): MapValue[] {
  const resources = new Map<string, MapValue>();
  const specOf = (kind: string): MapValue => {
    const resource = resources.get(kind) ?? {
      apiVersion: 'pingcap.com/v1alpha1',
      kind,
      metadata: { name: 'filled', namespace: 'db' },
    };
    resources.set(kind, resource);
    return resource;
  };
  for (const { kind: named, fieldSpecs } of CONFIGURATION.nameReference) {
    for (const { kind, path } of fieldSpecs) {
      const isMapped = named === 'TidbCluster' && !path.includes('/br/');
      const value: Value = isMapped ? { name: 'settings' } : 'settings';
      put(specOf(kind), path.split('/'), isMapped && path.endsWith('clusters') ? [value] : value);
    }
  }
  for (const { kind, path } of CONFIGURATION.images) put(specOf(kind), path.split('/'), 'example/old');
  return [...resources.values()];
}

describeWith(inTurn(KUSTOMIZES, 0), 'the component', (kustomize) => {
  test('tells kustomize of every field in it', () => {
    const manifests = Object.values(NAMED).flatMap(({ manifest }) => manifest ?? []);
    const sandbox = withComponent({
      'kustomization.yaml':
        'resources: [all.yaml]\ncomponents: [component]\nnamePrefix: prod-\nnamespace: db\nimages: [{name: example/old, newName: example/new}]\nconfigMapGenerator: [{name: settings, literals: [a=b]}]\nsecretGenerator: [{name: settings, literals: [a=b]}]\n',
      'all.yaml': stream(...filled().map((one) => `${JSON.stringify(one)}\n`), ...manifests),
    });
    const resources = built(sandbox, kustomize);
    const wrong: string[] = [];
    const expectAt = ({ kind, path }: FieldSpec, becomes: RegExp) => {
      const values = valuesAt(find(resources, `${kind} db/prod-filled`), path.split('/'));
      const names = values.map((value) => (isMap(value) ? value.name : value));
      if (names.length === 0 || !names.every((name) => becomes.test(`${name}`)))
        wrong.push(`${kind} ${path}: ${names}`);
    };
    for (const { kind, fieldSpecs } of CONFIGURATION.nameReference) {
      for (const spec of fieldSpecs) expectAt(spec, NAMED[kind]?.becomes ?? /^$/);
    }
    for (const spec of CONFIGURATION.images) expectAt(spec, /^example\/new$/);
    expect(wrong).toEqual([]);
  });
});

/** A base whose cluster and groups name what it generates, in each field that a StatefulSet has as well. */
const REFERRING = `  imagePullSecrets: [{name: pull}]
  envFrom: [{configMapRef: {name: settings}}, {secretRef: {name: pull}}]
  env:
  - {name: A, valueFrom: {configMapKeyRef: {name: settings, key: a}}}
  - {name: B, valueFrom: {secretKeyRef: {name: pull, key: a}}}
  additionalVolumes:
  - {name: one, configMap: {name: settings}}
  - {name: two, secret: {secretName: pull}}
  - {name: three, projected: {sources: [{configMap: {name: settings}}, {secret: {name: pull}}]}}
  initContainers: [{name: before, image: busybox, envFrom: [{configMapRef: {name: settings}}]}]
  additionalContainers: [{name: beside, image: busybox, env: [{name: C, valueFrom: {secretKeyRef: {name: pull, key: a}}}]}]
`;
const BASE: Files = {
  'base/kustomization.yaml':
    'resources: [all.yaml]\nconfigMapGenerator: [{name: settings, literals: [a=b]}]\nsecretGenerator: [{name: pull, literals: [a=b]}]\n',
  'base/all.yaml': stream(
    `${CLUSTER}  tidb:\n    replicas: 2\n${REFERRING.replaceAll(/^(?=.)/gm, '  ')}`,
    TIKV_GROUP + REFERRING,
    TIDB_GROUP + REFERRING,
  ),
};

function overlay(output: string, rest: string): Sandbox {
  return withComponent({
    ...BASE,
    'overlay/kustomization.yaml': `resources: [../base]\nnamePrefix: prod-\nnamespace: prod\ntransformers: [expand.yaml]\n${rest}`,
    'overlay/expand.yaml': transformer(`spec: {output: ${output}}\n`),
  });
}

const LISTED = 'components: [../component]\n';

describeWith(inTurn(KUSTOMIZES, 1), 'what a configMapGenerator and a secretGenerator made', (kustomize) => {
  test.each([
    ['Workloads', '', 'TidbCluster prod/prod-basic'],
    ['Workloads', LISTED, ''],
    ['TidbCluster', '', 'TidbCluster prod/prod-'],
    ['TidbCluster', LISTED, ''],
  ])('is found by its name with a hash: %s, %j', (output, rest, dangling) => {
    const sandbox = overlay(output, rest);
    const { status, stdout } = build(sandbox, kustomize, 'overlay');
    expect(status).toBe(0);
    for (const text of stdout.split(/^---\n/m)) {
      const title = /^kind: (TidbCluster|StatefulSet)$[\s\S]*?^ {2}name: (.*)$/m.exec(text);
      if (title === null) continue;
      const isDangling = dangling !== '' && `${title[1]} prod/${title[2]}`.startsWith(dangling);
      const names = [
        ...text.matchAll(/(?:name|secretName): ((?:prod-)?(?:settings|pull)(?:-\w{10})?)$/gm),
      ].map(([, name]) => name);
      expect(names.length).toBeGreaterThan(8);
      const hashed = names.filter((name) => /^prod-(?:settings|pull)-\w{10}$/.test(`${name}`));
      expect(hashed).toEqual(isDangling ? [] : names);
    }
    const { stdout: found } = sandbox.groups(['validate', '--rendered', '-'], { input: stdout });
    const warned = [...found.matchAll(/warning: (\w+ prod\/[\w-]+): .*\[hash-missing\]/g)].map(
      ([, title]) => title,
    );
    const isWarned = new Set(warned);
    expect([...isWarned].every((title) => `${title}`.startsWith(dangling)) && isWarned.size > 0).toBe(
      dangling !== '',
    );
  });
});

describeWith(inTurn(KUSTOMIZES, 2), 'an overlay with the component', (kustomize) => {
  test('sets images and replicas of groups, and names the cluster as it is called', () => {
    const monitor =
      'apiVersion: pingcap.com/v1alpha1\nkind: TidbMonitor\nmetadata: {name: monitor, namespace: db}\nspec: {clusters: [{name: basic}]}\n';
    const sandbox = withComponent({
      'kustomization.yaml': `resources: [all.yaml]\ncomponents: [component]\nnamePrefix: prod-\ntransformers: [expand.yaml]\nimages: [{name: pingcap/tidb, newName: mirror/tidb}, {name: example/tikv, newTag: v8.5.9}]\nreplicas: [{name: web, count: 7}]\n`,
      'expand.yaml': transformer('spec: {output: TidbCluster}\n'),
      'all.yaml': stream(
        CLUSTER,
        tikvGroup('hot', 'basic', '  image: example/tikv:v8.5.7\n'),
        tidbGroup('web', 'basic', '  baseImage: pingcap/tidb\n'),
        monitor,
      ),
    });
    const resources = built(sandbox, kustomize);
    expect(at(find(resources, 'TidbCluster db/prod-web'), 'spec', 'tidb')).toMatchObject({
      baseImage: 'mirror/tidb',
      replicas: 7n,
    });
    expect(at(find(resources, 'TidbCluster db/prod-hot'), 'spec', 'tikv', 'image')).toBe(
      'example/tikv:v8.5.9',
    );
    for (const name of ['hot', 'web']) {
      expect(at(find(resources, `TidbCluster db/prod-${name}`), 'spec', 'cluster')).toMatchObject({
        name: 'prod-basic',
      });
    }
    const watched = at(find(resources, 'TidbMonitor db/prod-monitor'), 'spec', 'clusters');
    expect(watched).toEqual(
      ['prod-basic', 'prod-hot', 'prod-web'].map((name) => expect.objectContaining({ name })),
    );
  });

  test('says which cluster a group joins, so that a render after the build finds it', () => {
    const sandbox = withComponent({
      'kustomization.yaml': 'resources: [all.yaml]\ncomponents: [component]\nnamePrefix: prod-\n',
      'all.yaml': stream(CLUSTER, TIKV_GROUP),
    });
    const { stdout: input } = build(sandbox, kustomize);
    const { status, stdout } = sandbox.groups(['render', '-'], { input });
    expect(status).toBe(0);
    expect(stdout).toContain('--pd=http://prod-basic-pd:2379');
  });
});

describeWith(inTurn(KUSTOMIZES, 0), 'labels and annotations that kustomize puts on all', (kustomize) => {
  const FIELDS = `labels:
- pairs: {team: db, app.kubernetes.io/part-of: shop, app.kubernetes.io/component: other}
commonAnnotations: {example.com/owner: me}
`;
  const files: Files = {
    'kustomization.yaml': `resources: [all.yaml]\ntransformers: [expand.yaml]\n${FIELDS}`,
    'expand.yaml': EXPAND,
    'all.yaml': stream(CLUSTER, TIKV_GROUP, TIDB_GROUP, configMap('mine')),
  };
  const setsIn = (resources: readonly MapValue[]) => resources.filter(({ kind }) => kind === 'StatefulSet');

  test('reach generated resources, like all others', () => {
    const resources = built(new Sandbox(files), kustomize);
    const mine = at(find(resources, 'ConfigMap db/mine'), 'metadata');
    expect(mine).toMatchObject({ annotations: { 'example.com/owner': 'me' }, labels: { team: 'db' } });
    for (const { metadata } of resources) {
      expect(metadata).toMatchObject({
        labels: { team: 'db', 'app.kubernetes.io/part-of': 'shop' },
        annotations: { 'example.com/owner': 'me' },
      });
    }
  });

  test('change no selector, no pod and no claim, and what pods are found by', () => {
    const plain = new Sandbox({
      ...files,
      'kustomization.yaml': 'resources: [all.yaml]\ntransformers: [expand.yaml]\n',
    });
    const resources = built(new Sandbox(files), kustomize);
    expect(setsIn(resources).map(({ spec }) => spec)).toEqual(
      setsIn(built(plain, kustomize)).map(({ spec }) => spec),
    );
    for (const title of GENERATED.filter((one) => !one.includes('Budget'))) {
      const component = title.includes('drain') ? 'tikv-drain' : title.includes('hot') ? 'tikv' : 'tidb';
      expect(at(find(resources, title), 'metadata', 'labels', 'app.kubernetes.io/component')).toBe(component);
    }
  });

  test('stay on the groups where the function config says so', () => {
    const config = transformer('spec: {copyMetadata: false}\n');
    const resources = built(new Sandbox({ ...files, 'expand.yaml': config }), kustomize);
    for (const title of GENERATED) {
      expect(at(find(resources, title), 'metadata', 'labels') ?? {}).not.toHaveProperty('team');
      expect(at(find(resources, title), 'metadata', 'annotations') ?? {}).not.toHaveProperty([
        'example.com/owner',
      ]);
    }
  });
});
