import { execFileSync, spawnSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, isAbsolute, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isMap, type MapValue } from '../../src/yaml/index.ts';
import { at } from './read-yaml.ts';

/** Stands in for Alpine's `apk` in the base image: it installs only packages prepared for the build. */
const APK = `#!/bin/sh
set -eu
[ "$1" = add ] && shift
for package; do
  case "$package" in --*) ;; *) cp -R "/packages/$package/." / ;; esac
done
`;

/** The result of a build. */
export interface Build {
  /** What it printed. */
  readonly log: string;
  /** Whether it failed because a registry of packages cannot be reached. */
  readonly isOffline: boolean;
}

/** A container, and where its file system is. */
export interface Container {
  readonly name: string;
  readonly root: string;
}

export interface BuildOptions {
  /** Build arguments. */
  readonly args: Readonly<Record<string, string>>;
  /** Directories of the machine that steps of the build see, as `from:to`. */
  readonly volumes?: readonly string[];
}

/** The images of one storage, built on bases that consist of this machine's programs. */
export class Images {
  /** What the Dockerfile takes for an Alpine image with Node: Node, npm, busybox, and `apk`. */
  static readonly NODE = 'localhost/node';
  /** What Dockerfiles take for an image with Go. Go itself and its caches are volumes of the build. */
  static readonly GO = 'localhost/go';

  private readonly storage = mkdtempSync(join(tmpdir(), 'tidb-groups-image-'));
  private readonly options = [
    ...['--root', join(this.storage, 'root'), '--runroot', join(this.storage, 'run')],
    ...['--storage-driver', 'vfs'],
  ];

  constructor(
    private readonly buildah: string,
    private readonly busybox: string,
  ) {
    this.makeNode();
  }

  /** Builds the Dockerfile of a directory of the project. */
  build(name: string, directory: string, { args, volumes = [] }: BuildOptions): Build {
    const context = fileURLToPath(new URL(`../../${directory}`, import.meta.url));
    const { status, stdout, stderr } = spawnSync(
      this.buildah,
      [
        ...[...this.options, 'build', '--isolation', 'chroot', '--tag', name],
        ...Object.entries(args).flatMap(([key, value]) => ['--build-arg', `${key}=${value}`]),
        ...volumes.flatMap((volume) => ['--volume', volume]),
        context,
      ],
      { encoding: 'utf8', maxBuffer: 1 << 28 },
    );
    const log = stdout + stderr;
    const unreachable =
      /(?:npm ci|go install)[\s\S]*(?:ENOTFOUND|EAI_AGAIN|ECONNRESET|ECONNREFUSED|ETIMEDOUT|ENETUNREACH|IN_CHAIN|dial tcp)/;
    const isOffline = status !== 0 && unreachable.test(log);
    if (status !== 0 && !isOffline) throw new Error(`the image ${name} does not build:\n${log}`);
    return { log, isOffline };
  }

  /** What an image says about how it is run. */
  config(name: string): MapValue {
    const image: unknown = JSON.parse(this.run('inspect', '--type', 'image', `localhost/${name}`));
    const config = isMap(image) ? at(image, 'OCIv1', 'config') : undefined;
    if (!isMap(config)) throw new Error(`the image ${name} has no config`);
    return config;
  }

  container(image: string): Container {
    const name = this.run('from', `localhost/${image}`);
    return { name, root: this.run('mount', name) };
  }

  /** The command line that runs a program in a container, without a network. */
  command(container: string, options: readonly string[], program: readonly string[]): string[] {
    const run = ['run', '--isolation', 'chroot', ...options, container, '--', ...program];
    return ['unshare', '--net', '--', this.buildah, ...this.options, ...run];
  }

  /** Makes the base with Go; the volumes that a build from it takes. */
  makeGo(go: string): string[] {
    const env = (name: string) => execFileSync(go, ['env', name], { encoding: 'utf8' }).trim();
    const settings = ['GOPROXY', 'GOSUMDB', 'GONOSUMDB', 'GOPRIVATE', 'GOINSECURE', 'GOFLAGS']
      .map((name) => `${name}=${env(name)}`)
      .filter((setting) => !setting.endsWith('='));
    const path = 'PATH=/usr/local/go/bin:/usr/local/bin:/usr/bin:/bin';
    const container = this.run('from', Images.NODE);
    const variables = [path, 'GOPATH=/go', 'GOCACHE=/go/cache', ...settings];
    this.run('config', ...variables.flatMap((variable) => ['--env', variable]), container);
    this.commit(container, Images.GO);
    for (const cache of ['GOMODCACHE', 'GOCACHE']) mkdirSync(env(cache), { recursive: true });
    return [
      `${env('GOROOT')}:/usr/local/go:ro`,
      `${env('GOMODCACHE')}:/go/pkg/mod`,
      `${env('GOCACHE')}:/go/cache`,
    ];
  }

  /** Programs of this machine as packages for the base's `apk`; the volume that a build takes. */
  makePackages(programs: Readonly<Record<string, string>>): string {
    const packages = join(this.storage, 'packages');
    for (const [name, program] of Object.entries(programs)) {
      copyProgram(program, join(packages, name), `/usr/bin/${name}`);
    }
    // A push starts git on the other side under these names.
    for (const name of ['git-upload-pack', 'git-receive-pack']) {
      symlinkSync('git', join(packages, 'git/usr/bin', name));
    }
    return `${packages}:/packages:ro`;
  }

  remove(): void {
    // Mounts in here are directories of the machine, which would be removed too.
    if (readFileSync('/proc/self/mountinfo', 'utf8').includes(this.storage)) {
      throw new Error(`something is still mounted in ${this.storage}`);
    }
    rmSync(this.storage, { recursive: true, force: true });
  }

  private run(...args: readonly string[]): string {
    return execFileSync(this.buildah, [...this.options, ...args], {
      encoding: 'utf8',
      maxBuffer: 1 << 28,
    }).trim();
  }

  private commit(container: string, image: string): void {
    this.run('commit', '--quiet', container, image);
    this.run('rm', container);
  }

  private makeNode(): void {
    const container = this.run('from', 'scratch');
    const root = this.run('mount', container);
    copyProgram(process.execPath, root, '/usr/bin/node');
    const npm = realpathSync(execFileSync('sh', ['-c', 'command -v npm'], { encoding: 'utf8' }).trim());
    copy(dirname(dirname(npm)), join(root, 'usr/lib/npm'));
    symlinkSync('../lib/npm/bin/npm-cli.js', join(root, 'usr/bin/npm'));
    copyProgram(this.busybox, root, '/bin/busybox');
    for (const path of execFileSync(this.busybox, ['--list-full'], { encoding: 'utf8' }).trim().split('\n')) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      if (!existsSync(join(root, path))) symlinkSync('/bin/busybox', join(root, path));
    }
    writeFileSync(join(root, 'sbin/apk'), APK, { mode: 0o755 });
    if (existsSync('/etc/ssl/certs')) copy('/etc/ssl/certs', join(root, 'etc/ssl/certs'));
    mkdirSync(join(root, 'root'));
    mkdirSync(join(root, 'tmp'));
    chmodSync(join(root, 'tmp'), 0o1777);
    writeFileSync(
      join(root, 'etc/passwd'),
      'root:x:0:0::/root:/bin/sh\nnobody:x:65534:65534::/:/bin/false\n',
    );
    writeFileSync(join(root, 'etc/group'), 'root:x:0:\nnobody:x:65534:\n');
    const authorities = certificates();
    if (authorities !== undefined) copy(authorities, join(root, AUTHORITIES));
    const env = [
      'PATH=/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin',
      ...(authorities === undefined ? [] : [`NODE_EXTRA_CA_CERTS=${AUTHORITIES}`]),
    ];
    this.run('config', ...env.flatMap((variable) => ['--env', variable]), container);
    this.run('umount', container);
    this.commit(container, Images.NODE);
  }
}

/** Where the base has the authorities that npm trusts here. */
const AUTHORITIES = '/etc/ssl/npm.pem';

/** The file with authorities that npm trusts beside Node's own: a machine names them to Node, or to npm in its settings. */
function certificates(): string | undefined {
  const ofNpm = spawnSync('npm', ['config', 'get', 'cafile', '--location', 'global'], { encoding: 'utf8' });
  const named = [process.env.NODE_EXTRA_CA_CERTS, ofNpm.stdout.trim(), '/etc/ssl/certs/ca-certificates.crt'];
  return named.find((file) => file !== undefined && isAbsolute(file) && existsSync(file));
}

/** A program of this machine, with the libraries that it loads. */
function copyProgram(program: string, root: string, place: string): void {
  copy(program, join(root, place));
  const { stdout } = spawnSync('ldd', [program], { encoding: 'utf8' });
  for (const library of stdout.match(/\/\S+(?= \()/g) ?? []) copy(library, join(root, library));
}

function copy(from: string, to: string): void {
  mkdirSync(dirname(to), { recursive: true });
  cpSync(from, to, { recursive: true, dereference: true });
}
