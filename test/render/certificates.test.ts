import { describe, expect, it, test } from 'vitest';
import { run } from '../../functions/expand-tidb-groups/index.ts';
import { type MapValue, mapAt, mapsAt, textAt } from '../../src/yaml/index.ts';
import { cluster, resourceList, stream, tidbGroup, tikvGroup } from '../support/basic.ts';
import { readYaml, titleOf } from '../support/read-yaml.ts';
import { Sandbox } from '../support/sandbox.ts';

const TLS = '  tlsCluster: {enabled: true}\n';
const BASE = `${cluster('basic')}${TLS}`;
const HOT = tikvGroup('hot', 'basic');
const CERTIFICATES = 'certificates: {issuer: ca}';

async function expand(items: readonly string[], spec = CERTIFICATES) {
  const config = `functionConfig:\n  apiVersion: groups.pingcap.com/v1alpha1\n  kind: ExpandTidbGroups\n  metadata: {name: c}\n  spec: {${spec}}\n`;
  const { output, messages } = await run(Buffer.from(resourceList(...items) + config));
  const text = [...output].map((piece) => Buffer.from(piece).toString()).join('');
  const list = text === '' ? undefined : readYaml(text)[0];
  const resources = list === undefined ? [] : mapsAt(list, 'items');
  const certificates = resources.filter(({ kind }) => kind === 'Certificate');
  return { messages, resources, certificates };
}

const isError = (message: string) => message.startsWith('error');
const codesIn = (messages: readonly string[]) =>
  messages.map((message) => /\[([a-z-]+)\]$/.exec(message)?.[1] ?? message);

function issuersOf(certificates: readonly MapValue[]): string[] {
  const kinds = certificates.map((one) => textAt(one, 'spec', 'issuerRef', 'kind'));
  return [...new Set(kinds)];
}

const SECRET = 'hot-tikv-cluster-secret';
const own = (kind: string, apiVersion: string, name: string, rest: string) =>
  `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata:\n  name: ${name}\n  namespace: db\n${rest}`;

describe('what a user has that makes the Secret', () => {
  test.each([
    ['Certificate', own('Certificate', 'cert-manager.io/v1', 'mine', `spec: {secretName: ${SECRET}}\n`)],
    ['Secret', own('Secret', 'v1', SECRET, 'stringData: {a: b}\n')],
    [
      'ExternalSecret',
      own('ExternalSecret', 'external-secrets.io/v1', 'mine', `spec: {target: {name: ${SECRET}}}\n`),
    ],
    ['SealedSecret', own('SealedSecret', 'bitnami.com/v1alpha1', SECRET, 'spec: {encryptedData: {}}\n')],
  ])('takes the place of our Certificate: %s', async (kind, resource) => {
    const { messages, certificates } = await expand([BASE, HOT, resource]);
    expect(codesIn(messages)).toEqual(['already-there']);
    expect(messages[0]).toMatch(
      new RegExp(`the Certificate "${SECRET}" is not rendered, because the ${kind} "`),
    );
    const ours = certificates.filter((one) => textAt(one, 'metadata', 'name') !== 'mine');
    expect(ours.map(titleOf).filter((title) => title.endsWith(SECRET))).toEqual([]);
    expect(ours).toHaveLength(3);
  });

  test.each([
    ['another Secret', own('Certificate', 'cert-manager.io/v1', 'mine', 'spec: {secretName: x-secret}\n')],
    ['another namespace', own('Secret', 'v1', SECRET, 'a: b\n').replace('namespace: db', 'namespace: x')],
    [
      'what takes it elsewhere',
      own(
        'PushSecret',
        'external-secrets.io/v1alpha1',
        'mine',
        `spec: {selector: {secret: {name: ${SECRET}}}}\n`,
      ),
    ],
  ])('is none: %s', async (_, resource) => {
    const { messages, certificates } = await expand([BASE, HOT, resource]);
    expect(messages).toEqual([]);
    expect(certificates.map(titleOf)).toContain(`Certificate db/${SECRET}`);
  });

  it('is named with its file and line, at the group', () => {
    const sandbox = new Sandbox({
      'a/expand.yaml': `apiVersion: groups.pingcap.com/v1alpha1\nkind: ExpandTidbGroups\nmetadata: {name: c}\nspec: {${CERTIFICATES}}\n`,
      'a/base.yaml': BASE,
      'a/hot.yaml': HOT,
      'a/own.yaml': own('Certificate', 'cert-manager.io/v1', 'mine', `spec:\n  secretName: ${SECRET}\n`),
    });
    const { status, stderr } = sandbox.groups(['render', 'a']);
    expect(status).toBe(0);
    expect(stderr).toMatch(
      /^a\/hot\.yaml:4:9: info: .*Certificate "mine" \(a\/own\.yaml:4\) makes the Secret/m,
    );
  });

  it('must not have the name of ours for another Secret', async () => {
    const other = own('Certificate', 'cert-manager.io/v1', SECRET, 'spec: {secretName: x-secret}\n');
    const { messages } = await expand([BASE, HOT, other]);
    expect(codesIn(messages.filter(isError))).toEqual(['collision']);
  });
});

describe('issuers', () => {
  const FAR = tikvGroup('far', 'basic', '', 'other').replace('name: basic', 'name: basic\n    namespace: db');
  const issuer = (kind: string, namespace = 'db') =>
    own(kind, 'cert-manager.io/v1', 'ca', 'spec: {selfSigned: {}}\n').replace(
      '  namespace: db\n',
      kind === 'Issuer' ? `  namespace: ${namespace}\n` : '',
    );
  const NOT_FOUND = 'issuer-not-found';
  const mine = (group: string, namespace: string) =>
    own(
      'Certificate',
      'cert-manager.io/v1',
      'mine',
      `spec: {secretName: ${group}-tikv-cluster-secret, issuerRef: {name: other}}\n`,
    ).replace('namespace: db', `namespace: ${namespace}`);
  const [OF_HOT, OF_FAR] = [mine('hot', 'db'), mine('far', 'other')];

  test.each([
    ['in one namespace', [BASE, HOT], '', ['Issuer'], []],
    ['in several', [BASE, HOT, FAR], '', ['ClusterIssuer'], []],
    ['as written', [BASE, HOT], ', issuerKind: ClusterIssuer', ['ClusterIssuer'], []],
    ['as somebody else has them', [BASE, HOT], ', issuerGroup: a.io, issuerKind: Ca', ['Ca'], []],
    ['of the other kind', [BASE, issuer('ClusterIssuer')], '', ['Issuer'], [NOT_FOUND]],
    ['that are there', [BASE, issuer('Issuer')], '', ['Issuer'], []],
    ['in another namespace', [BASE, issuer('Issuer', 'x')], '', ['Issuer'], [NOT_FOUND]],
    ['one for several', [BASE, FAR], ', issuerKind: Issuer', ['Issuer'], [NOT_FOUND, NOT_FOUND]],
    [
      'one in each',
      [BASE, FAR, issuer('Issuer'), issuer('Issuer', 'other')],
      ', issuerKind: Issuer',
      ['Issuer'],
      [],
    ],
    ['for all', [BASE, FAR, issuer('ClusterIssuer')], '', ['ClusterIssuer'], []],
    [
      'where a user has all that others sign',
      [BASE, FAR, OF_FAR, issuer('Issuer')],
      ', issuerKind: Issuer',
      ['Issuer'],
      ['already-there'],
    ],
    [
      'where a user has some',
      [BASE, HOT, OF_HOT, issuer('Issuer', 'x')],
      '',
      ['Issuer'],
      [NOT_FOUND, 'already-there'],
    ],
  ])('%s', async (_, items, more, kinds, codes) => {
    const { messages, certificates } = await expand(items, `certificates: {issuer: ca${more}}`);
    expect(issuersOf(certificates.filter((one) => textAt(one, 'metadata', 'name') !== 'mine'))).toEqual(
      kinds,
    );
    // Of budgets that count the pods of one namespace.
    const others = codesIn(messages).filter((code) => code !== 'budget-namespace');
    expect(others).toEqual(codes);
  });
});

describe('a group that gets no Certificates, as an error says', () => {
  const away = (text: string) => text.replace('  namespace: db\n', '');
  test.each([
    [
      'without a namespace',
      [away(BASE), away(HOT), away(tidbGroup('web', 'basic'))],
      ['certificate-namespace', 'certificate-namespace'],
    ],
    ['with an error in another field', [BASE, HOT.replace('replicas: 3', 'replicas: many')], ['field-type']],
  ])('%s, is not asked to name an issuer', async (_, items, codes) => {
    const { messages } = await expand(items);
    expect([...new Set(codesIn(messages.filter(isError)))]).toEqual([...new Set(codes)]);
    expect(codesIn(messages)).not.toContain('secret-not-found');
    const without = await expand(items, 'rollout: Safe');
    expect(codesIn(without.messages)).toContain('secret-not-found');
  });
});

describe('settings', () => {
  const at = (spec: string) => expand([BASE, HOT], `certificates: ${spec}`);

  test.each([
    ['{issuer: ca, duration: 30m}', 'duration'],
    ['{issuer: ca, duration: 1h, renewBefore: 1h}', 'duration'],
    ['{issuer: ca, duration: 2h}', 'duration'],
    ['{issuer: ca, renewBefore: 4m}', 'duration'],
    ['{issuer: ca, duration: 9999999h}', 'duration'],
    ['{issuer: ca, duration: year}', 'duration'],
    ['{issuer: Ca}', 'dns-name'],
    ['{issuer: ca, issuerKind: Isuer}', 'field-enum'],
    ['{issuer: ca, issuerGroup: a.io}', 'field-missing'],
    ['{}', 'field-missing'],
    ['{issuers: ca}', 'field-unknown'],
  ])('%s is an error', async (spec, code) => {
    const { messages, certificates } = await at(spec);
    expect(codesIn(messages.filter(isError))).toContain(code);
    expect(certificates).toEqual([]);
  });

  test.each([
    [
      '{issuer: ca, duration: 48h}',
      '`spec.certificates.duration` must be more than `renewBefore`, which is "360h" if it is not written, but is "48h"; write a shorter `renewBefore`, too',
    ],
    [
      '{issuer: ca, duration: 48h, renewBefore: 49h}',
      '`spec.certificates.renewBefore` must be less than `duration`, which is "48h", but is "49h"',
    ],
  ])('%s is reported where it can be mended', async (spec, message) => {
    const { messages } = await at(spec);
    expect(messages.filter(isError).filter((one) => one.includes(message))).toHaveLength(1);
  });

  it('say how long certificates hold', async () => {
    const { certificates } = await at('{issuer: ca, duration: 720h, renewBefore: 240h}');
    for (const one of certificates) {
      expect(mapAt(one, 'spec')).toMatchObject({ duration: '720h', renewBefore: '240h' });
    }
  });

  it('as texts of a ConfigMap mean the same', async () => {
    const config = `functionConfig:\n  apiVersion: v1\n  kind: ConfigMap\n  metadata: {name: c}\n  data: {certificates.issuer: ca}\n`;
    const { output } = await run(Buffer.from(resourceList(BASE, HOT) + config));
    const text = [...output].map((piece) => Buffer.from(piece).toString()).join('');
    const { resources } = await expand([BASE, HOT]);
    const [list] = readYaml(text);
    expect(mapsAt(list, 'items')).toEqual(resources);
  });
});

/** What only StatefulSets say. */
const OF_SETS = new Set(['config.kubernetes.io/depends-on', 'groups.pingcap.com/rollout']);

describe('Certificates', () => {
  it('have the wave and the protection of the servers that mount them', async () => {
    const { resources, certificates } = await expand([BASE, HOT, tidbGroup('web', 'basic')]);
    const annotations = (title: string) => {
      const found = resources.find((one) => titleOf(one) === title);
      const all = Object.entries(mapAt(found, 'metadata', 'annotations'));
      return Object.fromEntries(all.filter(([key]) => !OF_SETS.has(key)));
    };
    expect(annotations(`Certificate db/${SECRET}`)).toEqual(annotations('StatefulSet db/hot-tikv'));
    expect(annotations('Certificate db/web-tidb-cluster-secret')).toEqual(
      annotations('StatefulSet db/web-tidb'),
    );
    const keys = (title: string) =>
      Object.keys(annotations(title)).filter((key) => !key.startsWith('groups.'));
    expect(keys('Certificate db/basic-pd-cluster-secret')).toEqual(keys('TidbCluster db/basic'));
    expect(certificates).toHaveLength(5);
  });

  it('stand before the workloads of their group, and right behind their TidbCluster', async () => {
    const { resources } = await expand([BASE, HOT]);
    const titles = resources.map(titleOf);
    expect(titles.indexOf('Certificate db/basic-pd-cluster-secret')).toBe(1);
    expect(titles.indexOf(`Certificate db/${SECRET}`)).toBeLessThan(
      titles.indexOf('StatefulSet db/hot-tikv'),
    );
  });

  it('stay as they are in a second render, and go with the setting or their group', async () => {
    const asText = ({ resources }: { resources: MapValue[] }) =>
      resources.map((one) =>
        JSON.stringify(one, (_, value) => (typeof value === 'bigint' ? Number(value) : value)),
      );
    const once = await expand([BASE, HOT]);
    const twice = await expand(asText(once));
    expect(twice.resources).toEqual(once.resources);
    expect(twice.messages).toEqual([]);
    const without = await expand(asText(once), 'guard: false');
    expect(without.certificates).toEqual([]);
    const noGroup = await expand(
      asText({ resources: once.resources.filter(({ kind }) => kind !== 'TiKVGroup') }),
    );
    expect(noGroup.resources).toHaveLength(once.resources.length - 1);
  });

  test.each(['Workloads', 'TidbCluster'])(
    'of groups with one name are there once each: %s',
    async (output) => {
      const policy = '  networkPolicy: {}\n';
      const mounts = '  mountClusterClientSecret: true\n';
      const groups = [
        tikvGroup('hot', 'basic', policy + mounts),
        tidbGroup('hot', 'basic', policy),
        tidbGroup('hot', 'basic', policy)
          .replace('TiDBGroup', 'TiCDCGroup')
          .replace(/ {2}service:\n.*\n/, ''),
      ];
      const spec = `${CERTIFICATES}, output: ${output}`;
      const once = await expand([BASE, ...groups], spec);
      expect(once.messages.filter(isError)).toEqual([]);
      const made = once.resources.filter(({ kind }) => kind === 'Certificate' || kind === 'NetworkPolicy');
      const own = made.map(titleOf).filter((title) => title.includes('/hot-'));
      expect(own.toSorted()).toEqual([
        'Certificate db/hot-cluster-client-secret',
        'Certificate db/hot-ticdc-cluster-secret',
        'Certificate db/hot-tidb-cluster-secret',
        'Certificate db/hot-tikv-cluster-secret',
        'NetworkPolicy db/hot-ticdc',
        'NetworkPolicy db/hot-tidb',
        'NetworkPolicy db/hot-tikv',
      ]);
      const texts = once.resources.map((one) =>
        JSON.stringify(one, (_, value) => (typeof value === 'bigint' ? Number(value) : value)),
      );
      const twice = await expand(texts, spec);
      expect(twice.resources).toEqual(once.resources);
    },
  );

  it('want a namespace', () => {
    const sandbox = new Sandbox({
      'a.yaml': stream(
        `apiVersion: groups.pingcap.com/v1alpha1\nkind: ExpandTidbGroups\nmetadata: {name: c}\nspec: {${CERTIFICATES}}\n`,
        BASE.replace('  namespace: db\n', ''),
      ),
    });
    const { status, stdout, stderr } = sandbox.groups(['render', 'a.yaml']);
    expect([status, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(/^a\.yaml:9:9: error: TidbCluster basic: `metadata\.namespace` must be written/m);
  });

  it('are found missing from what was rendered', () => {
    const sandbox = new Sandbox({
      'a/expand.yaml': `apiVersion: groups.pingcap.com/v1alpha1\nkind: ExpandTidbGroups\nmetadata: {name: c}\nspec: {${CERTIFICATES}}\n`,
      'a/base.yaml': stream(BASE, HOT),
    });
    const { stdout } = sandbox.groups(['render', 'a']);
    const validated = (text: string) => {
      sandbox.write({ 'rendered.yaml': text });
      return sandbox.groups(['validate', '--rendered', 'rendered.yaml']);
    };
    expect(validated(stdout)).toMatchObject({ status: 0 });
    const parts = stdout.split(/^---\n/m);
    for (const name of ['basic-pd-cluster-secret', SECRET]) {
      const cut = parts.filter((part) => !part.includes(`kind: Certificate\nmetadata:\n  name: ${name}\n`));
      expect(cut).toHaveLength(parts.length - 1);
      const { status, stderr, stdout: said } = validated(cut.join('---\n'));
      expect(status).toBe(1);
      expect(`${stderr}${said}`).toContain('render-incomplete');
    }
  });

  it('show in a diff', () => {
    const sandbox = new Sandbox({
      'old/base.yaml': stream(BASE, HOT),
      'new/base.yaml': stream(BASE, HOT),
      'new/expand.yaml': `apiVersion: groups.pingcap.com/v1alpha1\nkind: ExpandTidbGroups\nmetadata: {name: c}\nspec: {${CERTIFICATES}}\n`,
    });
    const { stdout } = sandbox.groups(['diff', 'old', 'new']);
    expect(stdout).toContain('basic-pd-cluster-secret');
    expect(stdout).toContain(SECRET);
    expect(stdout).not.toContain('restarted');
  });
});
