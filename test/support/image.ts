import { execFileSync, spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isMap, type MapValue } from '../../src/list/index.ts';
import { at } from './read-yaml.ts';

const CONTEXT = fileURLToPath(new URL('../..', import.meta.url));

/** The image of the Dockerfile, built from a base that is made of this machine's own Node. */
export class Image {
  private readonly storage = mkdtempSync(join(tmpdir(), 'tidb-groups-image-'));
  private readonly options = [
    ...['--root', join(this.storage, 'root'), '--runroot', join(this.storage, 'run')],
    ...['--storage-driver', 'vfs'],
  ];
  /** What the build printed. */
  readonly log: string;
  /** Set where the build failed because npm cannot reach its registry. */
  readonly isOffline: boolean;

  constructor(private readonly buildah: string) {
    this.makeBase();
    const base = ['--build-arg', 'NODE_IMAGE=localhost/base'];
    const { status, stdout, stderr } = spawnSync(
      buildah,
      [...this.options, 'build', '--isolation', 'chroot', ...base, '--tag', 'image', CONTEXT],
      { encoding: 'utf8', maxBuffer: 1 << 28 },
    );
    this.log = stdout + stderr;
    const unreachable = /RUN npm ci[\s\S]*(?:ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT|ENETUNREACH)/;
    this.isOffline = status !== 0 && unreachable.test(this.log);
    if (status !== 0 && !this.isOffline) throw new Error(`the image does not build:\n${this.log}`);
  }

  /** What the image says about how it is run. */
  config(): MapValue {
    const image: unknown = JSON.parse(this.run('inspect', '--type', 'image', 'localhost/image'));
    const config = isMap(image) ? at(image, 'OCIv1', 'config') : undefined;
    if (!isMap(config)) throw new Error('the image has no config');
    return config;
  }

  /** A container of the image: its name, and where its file system is. */
  container(): { name: string; root: string } {
    const name = this.run('from', 'localhost/image');
    return { name, root: this.run('mount', name) };
  }

  /** The command line that runs a program in a container as nobody, without a network. */
  runAs(user: string, container: string, program: string): string[] {
    const run = ['run', '--isolation', 'chroot', '--user', user, container, '--', program];
    return ['unshare', '--net', '--', this.buildah, ...this.options, ...run];
  }

  remove(): void {
    rmSync(this.storage, { recursive: true, force: true });
  }

  private run(...args: readonly string[]): string {
    return execFileSync(this.buildah, [...this.options, ...args], {
      encoding: 'utf8',
      maxBuffer: 1 << 28,
    }).trim();
  }

  /** Node, npm, a shell and `env`, with the libraries that they load: nothing of a registry's image is needed. */
  private makeBase(): void {
    const container = this.run('from', 'scratch');
    const root = this.run('mount', container);
    for (const program of [process.execPath, '/bin/sh', '/usr/bin/env']) {
      const place = program === process.execPath ? '/usr/bin/node' : program;
      copy(program, join(root, place));
      const libraries = execFileSync('ldd', [program], { encoding: 'utf8' }).match(/\/\S+(?= \()/g) ?? [];
      for (const library of libraries) copy(library, join(root, library));
    }
    const npm = realpathSync(execFileSync('sh', ['-c', 'command -v npm'], { encoding: 'utf8' }).trim());
    copy(dirname(dirname(npm)), join(root, 'usr/lib/npm'));
    symlinkSync('../lib/npm/bin/npm-cli.js', join(root, 'usr/bin/npm'));
    if (existsSync('/etc/ssl/certs')) copy('/etc/ssl/certs', join(root, 'etc/ssl/certs'));
    mkdirSync(join(root, 'root'));
    mkdirSync(join(root, 'tmp'), { mode: 0o1777 });
    writeFileSync(
      join(root, 'etc/passwd'),
      'root:x:0:0::/root:/bin/sh\nnobody:x:65534:65534::/:/bin/false\n',
    );
    writeFileSync(join(root, 'etc/group'), 'root:x:0:\nnobody:x:65534:\n');
    const { NODE_EXTRA_CA_CERTS: authorities } = process.env;
    const env = [
      'PATH=/usr/local/bin:/usr/bin:/bin',
      ...(authorities ? [`NODE_EXTRA_CA_CERTS=${authorities}`] : []),
    ];
    this.run('config', ...env.flatMap((variable) => ['--env', variable]), container);
    this.run('umount', container);
    this.run('commit', '--quiet', container, 'base');
    this.run('rm', container);
  }
}

function copy(from: string, to: string): void {
  mkdirSync(dirname(to), { recursive: true });
  cpSync(from, to, { recursive: true, dereference: true });
}
