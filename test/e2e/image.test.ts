import { lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import {
  CLUSTER,
  configMap,
  resourceList,
  stream,
  TIDB_GROUP,
  TIKV_GROUP,
  tikvGroup,
} from '../support/basic.ts';
import { Image } from '../support/image.ts';
import { kptfile, rendered } from '../support/kpt.ts';
import { build, EXPAND } from '../support/kustomize.ts';
import { Sandbox } from '../support/sandbox.ts';
import { BUILDAH, describeWith, KPT, KUSTOMIZE_4, KUSTOMIZE_5 } from '../support/tools.ts';

const LIST = resourceList(
  CLUSTER,
  TIKV_GROUP,
  ...Array.from({ length: 1000 }, (_, index) => configMap(`settings-${index}`)),
);

/** Stands in for Docker, which hands its arguments to a daemon: notes them, and runs the image as they say. */
const docker = (command: readonly string[]) => `
case $1 in run) ;; *) echo 27.0.0; exit ;; esac
printf '%s\\n' "$@" >'ARGV'
exec ${command.map((word) => `'${word}'`).join(' ')}
`;

describeWith([BUILDAH], 'the image', (buildah) => {
  let image: Image | undefined;
  let container = { name: '', root: '' };
  beforeAll(() => {
    image = new Image(buildah);
    if (!image.isOffline) container = image.container();
    else console.log('skipped: the tests of the image, as npm cannot reach its registry while it is built');
  });
  afterAll(() => image?.remove());
  beforeEach((context) => context.skip(image?.isOffline === true));
  const run = (user = 'nobody') => image?.runAs(user, container.name, '/usr/local/bin/tidb-groups') ?? [];

  /** A sandbox with an engine that starts our image whatever it is asked for, and where it notes the arguments. */
  function withDocker(files: Readonly<Record<string, string>>) {
    const sandbox = new Sandbox(files);
    const noted = sandbox.path('argv');
    sandbox.addProgram('docker', docker(run()).replace('ARGV', noted));
    return { sandbox, argv: () => sandbox.read('argv').trimEnd().split('\n') };
  }

  test('says how it wants to be run: as nobody, and with nothing but the program', () => {
    const config = image?.config();
    expect(config).toMatchObject({
      User: '65534:65534',
      Entrypoint: ['/usr/local/bin/tidb-groups'],
      Labels: { 'org.opencontainers.image.title': 'tidb-groups' },
    });
    expect(config).not.toHaveProperty('Cmd');
  });

  test('holds the executable and its code cache, owned by root, and nothing else of the project', () => {
    const directory = join(container.root, 'usr/local/bin');
    const files = readdirSync(directory).map((name) => {
      const { uid, mode } = lstatSync(join(directory, name));
      return `${name} ${uid} ${(mode & 0o777).toString(8)}`;
    });
    expect(files).toEqual(['tidb-groups 0 755', 'tidb-groups.cache 0 644']);
    expect(readdirSync(container.root)).not.toContain('build');
  });

  test('does as the executable does, without a network', () => {
    const sandbox = new Sandbox();
    const [program = '', ...args] = run();
    const { status, stdout } = sandbox.run(program, args, { input: LIST });
    expect({ status, stdout }).toMatchObject(plain(sandbox.groups([], { input: LIST })));
  });

  test('fails as the executable does', () => {
    const sandbox = new Sandbox();
    const [program = '', ...args] = run('65534:65534');
    const input = resourceList(CLUSTER, tikvGroup('hot', 'nobody'));
    const { status, stdout, stderr } = sandbox.run(program, args, { input });
    const expected = sandbox.groups([], { input });
    expect({ status, stdout }).toEqual(plain(expected));
    expect(status).toBe(1);
    expect(stderr).toContain(expected.stderr);
  });

  test('writes nothing: it runs where nothing can be written', () => {
    const sandbox = new Sandbox();
    const script =
      'mount --bind "$1" "$1" && mount -o remount,bind,ro "$1" && exec chroot --userspec=65534:65534 "$1" "$2"';
    const command = [container.root, '/usr/local/bin/tidb-groups'];
    const { status, stdout, stderr } = sandbox.run(
      'unshare',
      ['--net', '--mount', 'sh', '-c', script, 'sh', ...command],
      { input: LIST, env: { PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin' } },
    );
    expect({ status, stdout, stderr }).toEqual(sandbox.groups([], { input: LIST }));
  });

  describeWith([KUSTOMIZE_5, KUSTOMIZE_4], 'starting the image', (kustomize) => {
    test('gives the same build as the executable', () => {
      const files = {
        'resources.yaml': stream(CLUSTER, TIKV_GROUP, TIDB_GROUP),
        'kustomization.yaml': 'resources: [resources.yaml]\nnamePrefix: prod-\ntransformers: [expand.yaml]\n',
        'expand.yaml': EXPAND.replace(
          /exec:\n( +)path: .*/,
          'container:\n$1image: example.com/tidb-groups:v1',
        ),
      };
      const { sandbox, argv } = withDocker(files);
      const inContainer = sandbox.run(kustomize, ['build', '--enable-alpha-plugins', '.']);
      sandbox.write({ 'expand.yaml': EXPAND });
      expect(inContainer).toEqual(build(sandbox, kustomize));
      expect(argv()).toEqual(
        expect.arrayContaining(['--network', 'none', '--user', 'nobody', '--security-opt=no-new-privileges']),
      );
      expect(argv().at(-1)).toBe('example.com/tidb-groups:v1');
    });
  });

  describeWith([KPT], 'starting the image', (kpt) => {
    test('gives the same package as the executable', () => {
      const files = {
        'package/Kptfile': kptfile('db').replace('exec: tidb-groups', 'image: example.com/tidb-groups:v1'),
        'package/all.yaml': stream(CLUSTER, TIKV_GROUP, TIDB_GROUP),
      };
      const { sandbox, argv } = withDocker(files);
      const { Kptfile: _, ...inContainer } = rendered(sandbox, kpt);
      const other = new Sandbox({ ...files, 'package/Kptfile': kptfile('db') });
      expect(rendered(other, kpt)).toEqual({ ...inContainer, Kptfile: kptfile('db') });
      expect(argv()).toEqual(expect.arrayContaining(['--network', 'none', '--user', 'nobody']));
      expect(argv().at(-1)).toBe('example.com/tidb-groups:v1');
    });
  });
});

function plain({ status, stdout }: { status: number | null; stdout: string }) {
  return { status, stdout };
}
