import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import { TRIES_ALL } from './runs.ts';
import { WarmExecutable } from './warm/executable.ts';

export const EXECUTABLE = fileURLToPath(new URL('../../dist/tidb-groups', import.meta.url));

/** Variables that Node reads as it starts. */
const FOR_NODE = /^(?:NODE_|LANG$|LC_|TZ$)/;

/** The result of a program. */
export interface Ran {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly input?: string | Buffer;
  readonly env?: Readonly<Record<string, string>>;
  /** A directory of the sandbox; its root by default. */
  readonly cwd?: string;
  /** Runs as this user ID, which need not exist on the machine, and without HOME. */
  readonly user?: number;
}

/** Files by path, relative to a directory. */
export type Files = Readonly<Record<string, string>>;

let installed: string | undefined;
let warm: WarmExecutable | undefined;

/** A directory with the executable as users install it, with its code cache, outside of the project. */
export function installation(): string {
  if (installed !== undefined) return installed;
  const directory = mkdtempSync(join(tmpdir(), 'tidb-groups-bin-'));
  process.on('exit', () => rmSync(directory, { recursive: true, force: true }));
  for (const ending of ['.cache', '']) {
    copyFileSync(`${EXECUTABLE}${ending}`, join(directory, `tidb-groups${ending}`));
  }
  chmodSync(join(directory, 'tidb-groups'), 0o755);
  chmodSync(directory, 0o755);
  installed = directory;
  return directory;
}

/**
 * A temporary directory with the executable in the PATH, removed after the test. Programs in it see only PATH, HOME, and
 * the setting for Go's garbage collector.
 */
export class Sandbox {
  readonly root = mkdtempSync(join(tmpdir(), 'tidb-groups-'));
  /** A directory of programs for this sandbox only. */
  private bin: string | undefined;

  constructor(files: Files = {}) {
    onTestFinished(() => {
      for (const directory of [this.root, this.bin]) {
        if (directory !== undefined) rmSync(directory, { recursive: true, force: true });
      }
    });
    this.write(files);
  }

  /** Puts a program into the PATH, before those of the machine. */
  addProgram(name: string, script: string): void {
    this.bin ??= mkdtempSync(join(tmpdir(), 'tidb-groups-bin-'));
    writeFileSync(join(this.bin, name), `#!/bin/sh\n${script}`, { mode: 0o755 });
  }

  write(files: Files): void {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(this.path(path)), { recursive: true });
      writeFileSync(this.path(path), text);
    }
  }

  remove(path: string): void {
    rmSync(this.path(path), { recursive: true });
  }

  /** Copies a directory of the project. */
  copy(from: string, to: string): void {
    const source = fileURLToPath(new URL(`../../${from}`, import.meta.url));
    cpSync(source, this.path(to), { recursive: true });
  }

  path(path: string): string {
    return join(this.root, path);
  }

  exists(path: string): boolean {
    return existsSync(this.path(path));
  }

  read(path: string): string {
    return readFileSync(this.path(path), 'utf8');
  }

  /** All files under a directory, in the order of their paths. */
  files(directory = '.'): Record<string, string> {
    return readTree(this.path(directory));
  }

  run(
    program: string,
    args: readonly string[] = [],
    { input = '', env = {}, cwd = '.', user }: RunOptions = {},
  ): Ran {
    if (user !== undefined) {
      for (const directory of [this.root, this.bin]) if (directory !== undefined) chmodSync(directory, 0o755);
    }
    const { error, status, stdout, stderr } = spawnSync(program, args, {
      cwd: this.path(cwd),
      input,
      env: this.variables(env, user),
      ...(user !== undefined && { uid: user, gid: user }),
      encoding: 'utf8',
      maxBuffer: 1 << 28,
    });
    if (error !== undefined) throw error;
    return { status, stdout, stderr };
  }

  /** Runs the executable; usually in a process that stays, and in one of its own where all is tried. */
  groups(args: readonly string[] = [], options: RunOptions = {}): Ran {
    const { user, env = {} } = options;
    const isForNode = Object.keys(env).some((name) => FOR_NODE.test(name));
    if (TRIES_ALL || user !== undefined || isForNode) return this.start(args, options);
    warm ??= new WarmExecutable(join(installation(), 'tidb-groups'));
    return this.startIn(warm, args, options);
  }

  /** Runs the executable in a process that stays. */
  startIn(
    executable: WarmExecutable,
    args: readonly string[],
    { input = '', env = {}, cwd = '.' }: RunOptions = {},
  ): Ran {
    return executable.run({ args, env: this.variables(env), cwd: this.path(cwd), input });
  }

  /** Runs the executable in a process of its own. */
  start(args: readonly string[] = [], options: RunOptions = {}): Ran {
    return this.run(join(installation(), 'tidb-groups'), args, options);
  }

  private variables(env: Readonly<Record<string, string>>, user?: number): Record<string, string> {
    return {
      PATH: [...(this.bin === undefined ? [] : [this.bin]), installation(), process.env.PATH ?? ''].join(':'),
      GOGC: process.env.GOGC ?? '',
      ...(user === undefined && { HOME: process.env.HOME ?? this.root }),
      ...env,
    };
  }
}

/** All files under a directory, in the order of their paths. */
export function readTree(directory: string): Record<string, string> {
  const paths = readdirSync(directory, { recursive: true, encoding: 'utf8' }).sort();
  return Object.fromEntries(
    paths
      .filter((path) => statSync(join(directory, path)).isFile())
      .map((path) => [path, readFileSync(join(directory, path), 'utf8')]),
  );
}
