import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import type { AnyGroup, ComponentName, GroupKind, Kind, TidbCluster } from '../../src/api/index.ts';
import { byKind } from '../../src/components/index.ts';
import { openStream } from '../../src/list/index.ts';
import { formatPath, Problems } from '../../src/problem/index.ts';
import { adoptClusters, INTEREST } from '../../src/render/index.ts';
import { isMap, type MapValue, mapsAt } from '../../src/yaml/index.ts';
import { anyMap } from '../support/any-config.ts';
import { everyField, everyWorkloadField, type Field } from '../support/every-field.ts';
import { asRendered, asShownByOperator } from '../support/operator-judge.ts';
import { mergedMap } from '../support/render-text.ts';
import { inTurn, runs, TRIES_ALL } from '../support/runs.ts';
import { sample, sampleAt } from '../support/sample.ts';
import { Container, SHELLS } from '../support/start.ts';
import { asShown, parseFixture, render } from '../support/table.ts';
import { OPERATOR_JUDGE } from '../support/tools.ts';

const HEAD = 'apiVersion: pingcap.com/v1alpha1\nkind: TidbCluster\n';
const BASE: TidbCluster = {
  apiVersion: 'pingcap.com/v1alpha1',
  kind: 'TidbCluster',
  metadata: { name: 'basic', namespace: 'db' },
  spec: { version: 'v8.5.7', timezone: 'UTC', pd: { replicas: 3, requests: { storage: '1Gi' } } },
};

/** A heterogeneous TidbCluster; the spec of its components is YAML in flow style. */
function heterogeneous(components: string): string {
  return `${HEAD}metadata: {name: hot, namespace: db}\nspec:\n  version: v8.5.7\n  timezone: UTC\n  cluster: {name: basic}\n${components}`;
}

/** The groups that it comes to, where `adopt` says that they render the same. */
async function equalGroups(manifest: string): Promise<AnyGroup[]> {
  const text = `${stringify(BASE)}---\n${manifest}`;
  const problems = new Problems();
  const items = await openStream('all.yaml', Buffer.from(text), INTEREST, problems);
  const adopted = await adoptClusters(items, problems);
  const isSound = problems.all.every(
    ({ code, severity }) => severity !== 'error' || code.startsWith('adopt-'),
  );
  return adopted.flatMap(({ isEqual, text: group }) =>
    isEqual && isSound ? [parseFixture<AnyGroup>(group)] : [],
  );
}

/** A manifest that `adopt` calls equal to a group, and what each of them renders to. */
interface CalledEqual {
  /** Among the manifests. */
  readonly index: number;
  /** Why the operator creates nothing. */
  readonly refused: string | undefined;
  readonly ours: readonly MapValue[];
  readonly theirs: readonly MapValue[];
}

async function calledEqual(manifests: readonly string[]): Promise<CalledEqual[]> {
  const verdicts = asRendered(manifests);
  const all: CalledEqual[] = [];
  for (const [index, manifest] of manifests.entries()) {
    const [group] = await equalGroups(manifest);
    if (group === undefined) continue;
    const { refused, resources: theirs = [] } = verdicts[index] ?? {};
    all.push({ index, refused, ours: render(group, BASE).resources, theirs });
  }
  return all;
}

/** The operator's scripts want a shell that knows `[[` and `source`, as the images have. */
const BASH = SHELLS.find(({ name }) => name === 'bash');
const container = new Container();

/** What a server is started with; the operator's script shows it first. */
function argvOf(resources: Parameters<Container['start']>[0]): readonly string[] | undefined {
  if (BASH === undefined) return undefined;
  const { argv } = container.start(resources, BASH);
  return argv?.map((argument, index) => (index === 0 ? argument.replace(/^.*\n/s, '') : argument)).toSorted();
}

/** Pieces of arguments that come to the same in any script, and such as do not. */
const PLAIN = [
  '-L',
  'debug',
  '-L debug',
  '--cors=${POD_NAME}.example',
  '$NAMESPACE',
  '--x="a b"',
  "--x='a b'",
];
const MORE = [
  'a\\ b',
  ' ',
  '',
  'a#b',
  '*',
  '--é=ü',
  '\t',
  'a\\"b',
  '"a$NAMESPACE"',
  "'a;b'",
  '!',
  '\\;',
  '"x"',
];
const ODD = [
  '$(echo x)',
  '`echo x`',
  'a;b',
  'a&b',
  'a|b',
  '"',
  "'",
  '\\',
  '{{',
  '#',
  '~',
  '$',
  '${',
  '$1',
  '$ARGS',
  '$host',
];
const ODDER = ['\n', '"a;b"', '"it\'s"', "'a\"b'", '>x', '(', '{a,b}', '$UNSET', "'$x'", '"a #b"', "'{{'"];
const piece = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...PLAIN, ...MORE) },
  { weight: 1, arbitrary: fc.constantFrom(...ODD, ...ODDER) },
);
const argument = fc.array(piece, { minLength: 1, maxLength: 3 }).map((parts) => parts.join(''));

/** The kinds whose managers the judge has. */
const KINDS = ['PDGroup', 'TiProxyGroup', 'TiFlashGroup', 'TiKVGroup', 'TiDBGroup', 'TiCDCGroup'] as const;

const STORAGE_CLAIM = { resources: { requests: { storage: '1Gi' } } };

/** The part of a spec in which one field has a value. */
function partWith(kind: Kind, { path, schema }: Pick<Field, 'path' | 'schema'>): MapValue {
  const { spec } = sampleAt(kind, path, (holder, name) => {
    holder[name] = sample(schema);
  });
  return isMap(spec ?? null) ? (spec as MapValue) : {};
}

/** A group in which some fields have values, and the heterogeneous TidbCluster that means the same. */
function withFields(kind: GroupKind, parts: readonly MapValue[]): { group: string; server: MapValue } {
  const { cluster: _, clusterName: __, ...own } = parts.reduce(mergedMap, {});
  const component = byKind[kind];
  const isStored = component.claims.data !== undefined;
  const storage = isStored ? { requests: { storage: '1Gi', ...(own.requests as MapValue) } } : {};
  const [claim] = mapsAt(own, 'storageClaims');
  const claims = component.claims.areListed
    ? { ...own, storageClaims: [{ ...STORAGE_CLAIM, ...claim }] }
    : own;
  const [extra] = mapsAt(own, 'additionalContainers');
  const containers = extra && { additionalContainers: [{ image: 'helper', ...extra }] };
  const config = component.configs.length > 1 ? {} : '';
  const server = { ...claims, ...containers, ...storage, replicas: 2, config };
  const metadata = { name: 'hot', namespace: 'db' };
  const group = { ...BASE, kind, metadata, spec: { cluster: { name: 'basic' }, ...server } };
  return { group: JSON.stringify(group), server };
}

function isAsked({ path }: Field): boolean {
  return path[0] === 'spec' && path.length > 1 && path[1] !== 'cluster' && !LEFT_OUT.test(formatPath(path));
}

const CONFIGS: readonly (readonly [name: ComponentName, config: fc.Arbitrary<string>])[] = [
  ...(['pd', 'tiproxy', 'tikv', 'tidb', 'ticdc'] as const).map((name) => [name, anyMap(name)] as const),
  [
    'tiflash',
    fc
      .tuple(anyMap('tiflash.config'), anyMap('tiflash.proxy'))
      .map(([config, proxy]) => `{config: ${config}, proxy: ${proxy}}`),
  ],
];

const BEFORE: { readonly [name in ComponentName]?: string } = {
  pd: 'replicas: 3, requests: {storage: 1Gi}',
  tiproxy: 'replicas: 2, version: v1.3.2',
  tiflash: 'replicas: 2, storageClaims: [{resources: {requests: {storage: 1Gi}}}]',
  tikv: 'replicas: 3, requests: {storage: 1Gi}',
  tidb: 'replicas: 2, service: {type: ClusterIP}',
  ticdc: 'replicas: 2',
};

/** Fields of pods that are newer than the operator, which drops them; and what nobody asks of these managers. */
const NEWER = readFileSync(
  new URL('../../fixtures/facts/operator-newer-fields.txt', import.meta.url),
  'utf8',
);
const LEFT_OUT = new RegExp(
  `\\b(?:suspendStatefulSet|${[...NEWER.matchAll(/^\w+\.(\w+)$/gm)].map(([, field]) => field).join('|')})\\b`,
);

/** What the API server fills in: a target port of zero, and how long a token lives. */
function withoutFilled(shown: MapValue): unknown {
  return JSON.parse(
    JSON.stringify(shown, (key, value) =>
      (key === 'targetPort' && value === 0) || (key === 'expirationSeconds' && value === 3600)
        ? undefined
        : value,
    ),
  );
}

describe.skipIf(OPERATOR_JUDGE.path === undefined).each(KINDS.map((kind, turn) => [kind, turn] as const))(
  'a %s',
  (kind, turn) => {
    test("renders what TiDB Operator's own renderer does, whichever field it has", () => {
      const fields = inTurn([...everyWorkloadField([kind])].filter(isAsked), turn, 3);
      const cases = fields.map((field) => {
        const { group, server } = withFields(kind, [partWith(kind, field)]);
        const manifest = heterogeneous(`  ${byKind[kind].name}: ${JSON.stringify(server)}\n`);
        return { path: field.path, group, manifest };
      });
      const verdicts = asRendered(cases.map(({ manifest }) => manifest));
      let compared = 0;
      for (const [index, { path, group }] of cases.entries()) {
        const { refused, resources = [] } = verdicts[index] ?? {};
        if (refused !== undefined) continue;
        compared++;
        const ours = asShown(render(parseFixture(group), BASE).resources);
        expect({ path, shown: withoutFilled(ours) }).toEqual({
          path,
          shown: withoutFilled(asShownByOperator(resources)),
        });
      }
      expect(compared).toBeGreaterThan(TRIES_ALL ? 300 : 100);
    });
  },
);

/** What a TidbCluster says for all of its components, and so for a group that joins it. */
const INHERITED = [
  ...['affinity', 'annotations', 'clusterDomain', 'configUpdateStrategy', 'dnsConfig', 'dnsPolicy'],
  ...['enableDynamicConfiguration', 'helper', 'hostNetwork', 'imagePullPolicy', 'imagePullSecrets', 'labels'],
  ...['nodeSelector', 'podManagementPolicy', 'podSecurityContext', 'preferIPv6', 'priorityClassName'],
  ...['schedulerName', 'serviceAccount', 'services', 'statefulSetUpdateStrategy', 'timezone', 'tlsCluster'],
  ...['tolerations', 'topologySpreadConstraints', 'startScriptVersion', 'version'],
];

describe.skipIf(OPERATOR_JUDGE.path === undefined).each(KINDS)('a %s of a cluster', (kind) => {
  test("renders what TiDB Operator's own renderer does, with several fields of both", () => {
    const own = [...everyWorkloadField([kind])].filter(isAsked);
    const shared = [...everyField(['TidbCluster'])].filter(
      (field) => isAsked(field) && INHERITED.includes(String(field.path[1])),
    );
    const fields = fc.tuple(
      fc.array(fc.constantFrom(...own), { minLength: 2, maxLength: 5 }),
      fc.array(fc.constantFrom(...shared), { maxLength: 4 }),
    );
    const cases = fc.sample(fields, runs(240)).map(([ofGroup, ofCluster]) => {
      const { group, server } = withFields(
        kind,
        ofGroup.map((field) => partWith(kind, field)),
      );
      const inherited = ofCluster
        .map((field) => partWith('TidbCluster', field))
        .reduce(mergedMap, { version: 'v8.5.7', timezone: 'UTC' });
      const spec = { ...inherited, cluster: { name: 'basic' }, [byKind[kind].name]: server };
      const manifest = JSON.stringify({ ...BASE, metadata: { name: 'hot', namespace: 'db' }, spec });
      return {
        paths: [...ofGroup, ...ofCluster].map(({ path }) => formatPath(path)),
        group,
        inherited,
        manifest,
      };
    });
    const verdicts = asRendered(cases.map(({ manifest }) => manifest));
    let compared = 0;
    for (const [index, { paths, group, inherited }] of cases.entries()) {
      const { refused, resources = [] } = verdicts[index] ?? {};
      if (refused !== undefined) continue;
      compared++;
      const cluster = { ...BASE, spec: { ...BASE.spec, ...inherited } } as TidbCluster;
      const ours = asShown(render(parseFixture(group), cluster).resources);
      expect({ paths, shown: withoutFilled(ours) }).toEqual({
        paths,
        shown: withoutFilled(asShownByOperator(resources)),
      });
    }
    expect(compared).toBeGreaterThan(runs(150));
  });
});

describe.skipIf(OPERATOR_JUDGE.path === undefined || BASH?.missing !== false)(
  "what `adopt` calls equal TiDB Operator's own renderer calls equal",
  () => {
    test('whatever the arguments', async () => {
      const lists = fc.sample(fc.array(argument, { minLength: 1, maxLength: 3 }), runs(300));
      const manifests = lists.map((list) =>
        heterogeneous(`  tidb: {replicas: 2, config: {}, arguments: ${JSON.stringify(list)}}\n`),
      );
      const all = await calledEqual(manifests);
      for (const { index, refused, ours, theirs } of all) {
        expect({ list: lists[index], refused, argv: argvOf(theirs) }).toEqual({
          list: lists[index],
          argv: argvOf(ours),
        });
      }
      expect(all.length).toBeGreaterThan(runs(80));
    });

    test.each(CONFIGS)('whatever the config of %s', async (name, arbitrary) => {
      const configs = fc.sample(arbitrary, runs(240));
      const manifests = configs.map((config) =>
        heterogeneous(`  ${name}: {${BEFORE[name]}, config: ${config}}\n`),
      );
      const all = await calledEqual(manifests);
      for (const { index, refused, ours, theirs } of all) {
        const manifest = manifests[index];
        expect({ manifest, refused, shown: asShownByOperator(theirs) }).toEqual({
          manifest,
          shown: asShown(ours),
        });
      }
      expect(all.length).toBeGreaterThan(runs(100));
    });
  },
);
