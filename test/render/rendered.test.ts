import { execFileSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import {
  CLUSTER,
  configMap,
  resourceList,
  stream,
  TIDB_GROUP,
  TIKV_GROUP,
  tidbGroup,
  tikvGroup,
} from '../support/basic.ts';
import { documentsOf, unframed } from '../support/frame.ts';
import { EXECUTABLE, Sandbox } from '../support/sandbox.ts';

/** What has been rendered once, document by document: first the cluster, then what its groups came to. */
const RENDERED = documentsOf(rendered(stream(CLUSTER, TIKV_GROUP, TIDB_GROUP, configMap('settings'))));
const [CLUSTER_OF_GROUPS = '', ...REST] = RENDERED;
const ROLLING = documentsOf(
  rendered(stream(CLUSTER, tikvGroup('hot', 'basic', '  configUpdateStrategy: RollingUpdate\n'))),
);
const ZONED_GROUP = tidbGroup('web', 'basic', '  zones: [a, b]\n');
const ZONED = documentsOf(rendered(stream(CLUSTER, ZONED_GROUP)));
const AS_CLUSTERS = documentsOf(
  rendered(stream(CLUSTER, TIKV_GROUP, TIDB_GROUP), '--output-kind', 'TidbCluster'),
);

describe('what has been rendered, rendered again', () => {
  test.each([
    ['as a stream', stream(...RENDERED)],
    ['in another order, as kustomize sorts it', stream(...REST, CLUSTER_OF_GROUPS)],
    ['without its cluster', stream(...REST)],
  ])('stays as it is, byte for byte: %s', (_, input) => {
    const { status, stdout, stderr } = new Sandbox().groups(['render', '-'], { input });
    expect({ status, stdout: unframed(stdout), stderr }).toEqual({ status: 0, stdout: input, stderr: '' });
  });

  test('stays as it is by the function too, as a kustomization may list committed output', () => {
    const input = resourceList(...RENDERED);
    expect(new Sandbox().groups([], { input })).toEqual({ status: 0, stdout: input, stderr: '' });
  });

  test('stays as it is where groups came out as TidbClusters', () => {
    const input = new Sandbox().groups(['render', '--output-kind', 'TidbCluster', '-'], {
      input: stream(CLUSTER, TIKV_GROUP, TIDB_GROUP),
    }).stdout;
    expect(input).toContain('groups.pingcap.com/generated-by: TiKVGroup/hot');
    expect(new Sandbox().groups(['render', '-'], { input })).toEqual({
      status: 0,
      stdout: input,
      stderr: '',
    });
  });

  test('is not dropped because other groups are there', () => {
    const documents = [...RENDERED, tikvGroup('cold', 'basic')];
    const { status, stderr } = new Sandbox().groups([], { input: resourceList(...documents) });
    expect(status).toBe(1);
    expect(stderr).toContain('this was rendered from the TiKVGroup "hot", which is missing');
    expect(stderr).toContain('this was rendered from the TiDBGroup "web", which is missing');
    const ran = new Sandbox().groups(['render', '-'], { input: stream(...documents) });
    expect(ran).toMatchObject({ status: 1, stdout: '' });
    expect(ran.stderr).toContain('[danger-unconfirmed]');
  });
});

describe('`validate --rendered` on', () => {
  const codes = (input: string) => {
    const { status, stdout } = new Sandbox().groups(['validate', '--rendered', '-o', 'json', '-'], { input });
    const { problems } = JSON.parse(stdout) as { problems: { code: string; severity: string }[] };
    const errors = problems.filter(({ severity }) => severity === 'error').map(({ code }) => code);
    expect(status).toBe(errors.length > 0 ? 1 : 0);
    return [...new Set(errors)];
  };
  const without = (text: string) => RENDERED.filter((document) => !document.includes(text));
  const of = (kind: string, name: string) => `kind: ${kind}\nmetadata:\n  name: ${name}\n`;

  test.each<[what: string, documents: readonly string[], codes: readonly string[]]>([
    ['all of it', RENDERED, []],
    ['all of it, in another order', [...REST, CLUSTER_OF_GROUPS], []],
    ['nothing', [], ['no-resources']],
    ['a group that was passed over', [CLUSTER, TIKV_GROUP], ['group-not-expanded']],
    [
      'one group of two that was passed over',
      [...without('TiDBGroup/web'), TIDB_GROUP],
      ['render-incomplete', 'group-not-expanded'],
    ],
    ['all of a group with zones', ZONED, []],
    ['a group with zones, and all of it', [...ZONED, ZONED_GROUP], []],
    ['a group with zones that was passed over', [CLUSTER, ZONED_GROUP], ['group-not-expanded']],
    [
      'a group with a zone of which nothing is there',
      [...ZONED.filter((document) => !/TiDBGroup\/web-b$/m.test(document)), ZONED_GROUP],
      ['render-incomplete', 'group-not-expanded'],
    ],
    [
      'a group with zones without the Service over all of them',
      ZONED.filter((document) => !document.includes(of('Service', 'web-tidb'))),
      ['render-incomplete'],
    ],
    ['a group of which nothing is there', without('TiKVGroup/hot'), ['render-incomplete']],
    ['a group without its StatefulSet', without(of('StatefulSet', 'hot-tikv')), ['render-incomplete']],
    ['groups without their cluster', REST, ['render-incomplete']],
    ['stores without their config', without(of('ConfigMap', 'hot-tikv')), ['render-incomplete']],
    ['stores without addresses', without(of('Service', 'hot-tikv-peer')), ['render-incomplete']],
    ['SQL servers without their config', without(of('ConfigMap', 'web-tidb')), ['render-incomplete']],
    ['SQL servers without addresses', without(of('Service', 'web-tidb-peer')), ['render-incomplete']],
    [
      'a config that another resource has, in another namespace',
      [
        ...without(of('ConfigMap', 'hot-tikv')),
        configMap('hot-tikv').replace('namespace: db', 'namespace: shop'),
      ],
      ['render-incomplete'],
    ],
    [
      'a config that somebody else writes',
      [...without(of('ConfigMap', 'hot-tikv')), configMap('hot-tikv')],
      ['render-incomplete'],
    ],
    [
      'a config of an older digest',
      ROLLING.map((text) => text.replace(/(name: hot-tikv-)\w{7}\n/, '$10\n')),
      ['render-incomplete'],
    ],
    ['configs called after their digests', ROLLING, []],
    ['groups that came out as TidbClusters', AS_CLUSTERS, []],
    [
      'a ConfigMap of the user’s own, which may be in the cluster',
      documentsOf(
        rendered(
          stream(
            CLUSTER,
            tidbGroup(
              'web',
              'basic',
              '  additionalVolumes: [{name: extra, configMap: {name: mine}}]\n  additionalVolumeMounts: [{name: extra, mountPath: /extra}]\n',
            ),
          ),
        ),
      ),
      [],
    ],
    [
      'what a layer above renamed',
      RENDERED.map((text) => text.replaceAll(/name: (basic|hot|web)/g, 'name: prod-$1')),
      ['render-renamed'],
    ],
    ['what has no groups', [CLUSTER, configMap('settings')], []],
  ])('%s', (_, documents, expected) => {
    expect(codes(stream(...documents))).toEqual(expected);
  });

  describe('a package, in which the groups stay, and name their resources', () => {
    const SUSPENDED = '  suspendAction: {suspendStatefulSet: true}\n';
    const groups = [TIKV_GROUP, TIDB_GROUP];
    const packageOf = (...resources: readonly string[]) =>
      documentsOf(rendered(stream(CLUSTER, ...resources))).concat(resources);

    test.each<[what: string, documents: readonly string[], codes: readonly string[]]>([
      ['all of it', [...RENDERED, ...groups], []],
      [
        'without the Service for clients',
        [...without(of('Service', 'web-tidb')), ...groups],
        ['render-incomplete'],
      ],
      ['with suspended groups', packageOf(`${TIKV_GROUP}${SUSPENDED}`, `${TIDB_GROUP}${SUSPENDED}`), []],
      [
        'with a suspended group, and without its StatefulSet',
        packageOf(`${TIKV_GROUP}${SUSPENDED}`).filter(
          (text) => !text.includes(of('StatefulSet', 'hot-tikv')),
        ),
        ['render-incomplete'],
      ],
      [
        'with a suspended group, and without its Service',
        packageOf(`${TIKV_GROUP}${SUSPENDED}`).filter(
          (text) => !text.includes(of('Service', 'hot-tikv-peer')),
        ),
        ['render-incomplete'],
      ],
      ['rendered with other settings', [...AS_CLUSTERS, ...groups], []],
    ])('%s', (_, documents, expected) => {
      expect(codes(stream(...documents))).toEqual(expected);
    });

    test('where each part is missed once, at the field that names it', () => {
      const input = stream(
        ...[...RENDERED, ...groups].filter((text) => !/kind: (ConfigMap|Service)\n/.test(text)),
      );
      const { stdout } = new Sandbox().groups(['validate', '--rendered', '-o', 'json', '-'], { input });
      const { problems } = JSON.parse(stdout) as { problems: Record<'field' | 'message', string>[] };
      const named = (message: string) => /(?:ConfigMap|Service) "[^"]*"/.exec(message)?.[0];
      expect(problems.map(({ field, message }) => [field, named(message)])).toEqual([
        ['metadata.annotations["groups.pingcap.com/generated-by"]', 'ConfigMap "hot-tikv-drain"'],
        ['spec.serviceName', 'Service "hot-tikv-peer"'],
        ['spec.template.spec.volumes[1].configMap.name', 'ConfigMap "hot-tikv"'],
        ['metadata.annotations["groups.pingcap.com/generated-by"]', 'Service "web-tidb"'],
        ['spec.serviceName', 'Service "web-tidb-peer"'],
        ['spec.template.spec.volumes[1].configMap.name', 'ConfigMap "web-tidb"'],
      ]);
    });
  });

  test.each([
    ['the command line writes it', RENDERED.slice(0, -1)],
    ['kustomize sorts it', [...REST.slice(0, -1), CLUSTER_OF_GROUPS]],
  ])('fails on what is cut off behind any document, in the order in which %s', (_, documents) => {
    for (let end = 0; end < documents.length; end++) {
      const cut = codes(stream(...documents.slice(0, end)));
      expect(cut).toEqual([end === 0 ? 'no-resources' : 'render-incomplete']);
    }
    expect(codes(stream(...documents))).toEqual([]);
  });
});

function rendered(input: string, ...options: readonly string[]): string {
  return execFileSync(EXECUTABLE, ['render', ...options, '-'], { input, encoding: 'utf8' });
}
