import { chmodSync, lstatSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import type { Value } from '../../src/yaml/index.ts';
import { environment, type Plugin, readArgocdExample } from '../support/argocd.ts';
import {
  CLUSTER,
  configMap,
  resourceList,
  stream,
  TIDB_GROUP,
  TIKV_GROUP,
  tikvGroup,
} from '../support/basic.ts';
import { exampleJob, readExample } from '../support/ci.ts';
import { type BuildOptions, type Container, Images } from '../support/image.ts';
import { kptfile, rendered } from '../support/kpt.ts';
import { build, EXPAND } from '../support/kustomize.ts';
import { TRIES_ALL } from '../support/runs.ts';
import { type Ran, Sandbox } from '../support/sandbox.ts';
import {
  BUILDAH,
  BUSYBOX,
  CURL,
  describeWith,
  GIT,
  GO,
  KPT,
  KUSTOMIZE_4,
  KUSTOMIZE_5,
} from '../support/tools.ts';

/** On a loaded machine buildah may end before it has passed on what a program in the container has printed. */
const ONCE_MORE = { retry: 2 };

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

/** A build takes as long as a tenth of all other tests, and of this project only the Dockerfiles and the lock file matter to it. */
const CAN_BUILD = BUSYBOX.path !== undefined && TRIES_ALL;
if (!TRIES_ALL) {
  console.log('skipped: the tests of images, which `FUZZ_RUNS=all` builds, as `.ci/run` has it');
  test.skip('images are built with FUZZ_RUNS=all');
}

describeWith(CAN_BUILD ? [BUILDAH] : [], 'the image', (buildah) => {
  let images: Images | undefined;
  let isOffline = false;
  const opened = () => images ?? expect.fail('there are no images');

  /** A container of an image that is built now; where its packages cannot be had, its tests are skipped. */
  function containerOf(name: string, directory: string, options: BuildOptions): Container {
    isOffline ||= opened().build(name, directory, options).isOffline;
    if (!isOffline) return opened().container(name);
    console.log(`skipped: the tests of the image ${name}, as its build cannot reach a registry of packages`);
    return { name: '', root: '' };
  }

  let container: Container = { name: '', root: '' };
  beforeAll(() => {
    images = new Images(buildah, BUSYBOX.path ?? '');
    container = containerOf('tidb-groups', '.', { args: { NODE_IMAGE: Images.NODE } });
  });
  afterAll(() => images?.remove());
  beforeEach((context) => context.skip(isOffline));
  const run = (user = 'nobody') =>
    opened().command(container.name, ['--user', user], ['/usr/local/bin/tidb-groups']);

  /** A sandbox with an engine that starts our image for any name and records its arguments. */
  function withDocker(files: Readonly<Record<string, string>>) {
    const sandbox = new Sandbox(files);
    const noted = sandbox.path('argv');
    sandbox.addProgram('docker', docker(run()).replace('ARGV', noted));
    return { sandbox, argv: () => sandbox.read('argv').trimEnd().split('\n') };
  }

  test('says how it wants to be run: as nobody, and with nothing but the program', () => {
    const config = opened().config('tidb-groups');
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
    test('gives the same package as the executable', ONCE_MORE, () => {
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

  describeWith([GO], 'from it', (go) => {
    const TIDB_GROUPS_IMAGE = 'localhost/tidb-groups';
    let volumes: readonly string[] = [];
    beforeAll(() => {
      if (!isOffline) volumes = opened().makeGo(go);
    });

    describe('the sidecar of Argo CD', () => {
      let sidecar: Container = { name: '', root: '' };
      beforeAll(() => {
        const args = { TIDB_GROUPS_IMAGE, GO_IMAGE: Images.GO };
        sidecar = containerOf('sidecar', 'examples/argocd/plugin', { args, volumes });
      });

      /** What the command of the plugin in the image gives, of an example as the repo-server sends it. */
      function generate(example: string, set: Readonly<Record<string, string>>): Ran {
        const sandbox = new Sandbox();
        sandbox.copy(`examples/${example}`, 'checkout');
        for (const path of readdirSync(sandbox.root, { recursive: true, encoding: 'utf8' })) {
          const file = sandbox.path(path);
          chmodSync(file, lstatSync(file).isDirectory() ? 0o755 : 0o644);
        }
        chmodSync(sandbox.root, 0o777);
        const plugin: Plugin = parse(
          readFileSync(join(sidecar.root, 'home/argocd/cmp-server/config/plugin.yaml'), 'utf8'),
        );
        const { command } = plugin.spec.generate;
        const env = Object.entries(environment(set)).map(([name, value]) => `${name}=${value}`);
        const inCheckout = ['sh', '-c', 'cd /tmp/checkout && exec "$@"', 'sh', ...command];
        const path = listOf(opened().config('sidecar').Env).find((variable) => variable.startsWith('PATH='));
        const inSidecar = [sidecar.root, sandbox.root, path ?? 'PATH=', ...env, ...inCheckout];
        return sandbox.run('unshare', ['--net', '--mount', 'sh', '-eu', '-c', SIDECAR, 'sh', ...inSidecar]);
      }

      test('is run as the user of the repo-server, and starts what the patch says', () => {
        const config = opened().config('sidecar');
        expect(config.User).toBe('999:999');
        expect(listOf(config.Entrypoint)).toEqual([]);
        expect(listOf(config.Cmd)).toEqual([]);
        const patch = parse(readArgocdExample('install/repo-server-patch.yaml'));
        const [{ securityContext }] = patch.spec.template.spec.containers;
        expect(`${securityContext.runAsUser}:${securityContext.runAsGroup}`).toBe(config.User);
      });

      test.each(['prod', 'staging'])('gives the manifests of the overlay %s', (overlay) => {
        expect(generate('kustomize', { directory: `overlays/${overlay}`, strict: 'true' })).toEqual({
          status: 0,
          stdout: readExample(`kustomize/expected/${overlay}.yaml`),
          stderr: expect.stringMatching(/^no problems in \d+ resources\n$/),
        });
      });

      test('gives the manifests of a directory', () => {
        const stdout = readExample('plain/expected/manifests.yaml');
        expect(generate('plain', { directory: 'manifests' })).toEqual({ status: 0, stdout, stderr: '' });
      });

      test('fails if the directory does not exist, and prints no manifests', () => {
        const { status, stdout, stderr } = generate('kustomize', { directory: 'overlays/test' });
        expect(status).not.toBe(0);
        expect(stdout).toBe('');
        expect(stderr).toContain('there is no "overlays/test"');
      });
    });

    describe.skipIf(GIT.path === undefined || CURL.path === undefined)('the image for CI jobs', () => {
      let ci: Container = { name: '', root: '' };
      beforeAll(() => {
        if (isOffline) return;
        const args = { TIDB_GROUPS_IMAGE, GO_IMAGE: Images.GO };
        const packages = opened().makePackages({ git: GIT.path ?? '', curl: CURL.path ?? '' });
        ci = containerOf('ci', 'examples/ci', { args, volumes: [...volumes, packages] });
      });

      /** A clone with the example and the scripts, as a runner mounts it. */
      function clone(): Sandbox {
        const sandbox = new Sandbox();
        sandbox.copy('examples/kustomize', 'work');
        for (const name of ['render.sh', 'plan.sh', 'push-rendered.sh']) {
          sandbox.copy(`examples/ci/${name}`, `work/ci/${name}`);
        }
        sandbox.write({ 'work/.gitignore': 'rendered/\n' });
        const commands = [
          'git init --quiet --initial-branch=main',
          'git add .',
          'git -c user.name=a -c user.email=a@example.com commit --quiet --message Start',
          'git init --quiet --bare ../origin.git',
          'git remote add origin ../origin.git',
        ];
        expect(sandbox.run('sh', ['-c', commands.join(' && ')], { cwd: 'work' })).toMatchObject({
          status: 0,
        });
        return sandbox;
      }

      /** Runs a script as GitLab's runner does: in the image's own shell. */
      function job(sandbox: Sandbox, script: string, env: Readonly<Record<string, string>> = {}): Ran {
        const variables = Object.entries(env).flatMap(([name, value]) => ['--env', `${name}=${value}`]);
        const options = ['--volume', `${sandbox.root}:/builds`, '--workingdir', '/builds/work', ...variables];
        const shell = ['sh', '-c', `set -eo pipefail\n${script}`];
        const [program = '', ...args] = opened().command(ci.name, options, shell);
        return sandbox.run(program, args);
      }

      test('has what the scripts of jobs call', ONCE_MORE, () => {
        const tools = [
          'tidb-groups --version',
          'kustomize version',
          'git --version',
          'curl --version',
          'node -v',
        ];
        const { status, stdout } = job(clone(), tools.join(' && '));
        expect(status).toBe(0);
        expect(stdout).toMatch(/^v5\.7\.1$/m);
        expect(listOf(opened().config('ci').Entrypoint)).toEqual([]);
      });

      test('renders overlays as expected, and pushes them', () => {
        const sandbox = clone();
        const identity = {
          GIT_AUTHOR_NAME: 'a',
          GIT_AUTHOR_EMAIL: 'a@b',
          GIT_COMMITTER_NAME: 'a',
          GIT_COMMITTER_EMAIL: 'a@b',
        };
        const script =
          'sh ci/render.sh rendered overlays/prod overlays/staging\nsh ci/push-rendered.sh rendered rendered\n';
        const { status, stdout } = job(sandbox, script, identity);
        expect({ status, stdout }).toEqual({ status: 0, stdout: expect.stringMatching(/^rendered is at /) });
        for (const overlay of ['prod', 'staging']) {
          const rendered = ['show', `rendered:overlays/${overlay}/manifests.yaml`];
          expect(sandbox.run('git', rendered, { cwd: 'origin.git' }).stdout).toBe(
            readExample(`kustomize/expected/${overlay}.yaml`),
          );
        }
      });

      test.each([
        {
          change: 'what is dangerous',
          file: 'overlays/prod/more-stores.yaml',
          from: 'replicas: 6',
          to: 'replicas: 3',
          expected: 1,
        },
        {
          change: 'nothing',
          file: 'base/groups.yaml',
          from: 'max-procs = 4',
          to: 'max-procs = 4',
          expected: 0,
        },
        {
          change: 'what is safe',
          file: 'base/groups.yaml',
          from: 'max-procs = 4',
          to: 'max-procs = 8',
          expected: 0,
        },
      ])('plans a merge request that changes $change', ({ file, from, to, expected }) => {
        const sandbox = clone();
        const before = sandbox.read(`work/${file}`);
        expect(before).toContain(from);
        sandbox.write({ [`work/${file}`]: before.replace(from, to) });
        const { script, variables } = exampleJob();
        const { status } = job(sandbox, script, { ...variables, CI_MERGE_REQUEST_DIFF_BASE_SHA: 'main' });
        expect(status).toBe(expected);
        expect(sandbox.read('work/plan.md')).toMatch(/^## overlays\/prod\n/);
      });
    });
  });
});

/** The container of the sidecar: without a network, and with nothing to write to but its own /tmp. */
const SIDECAR = `
mount --bind "$1" "$1"
mount --bind "$2" "$1/tmp"
mount -o remount,bind,ro "$1"
root=$1
shift 2
exec chroot --userspec=999:999 "$root" /usr/bin/env -i "$@"
`;

function listOf(value: Value | undefined): string[] {
  return Array.isArray(value) ? value.map(String) : [];
}

function plain({ status, stdout }: { status: number | null; stdout: string }) {
  return { status, stdout };
}
