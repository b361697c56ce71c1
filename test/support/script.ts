import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Shell } from './start.ts';
import { CURL } from './tools.ts';

/** Programs of the images of PD and TiKV that scripts call. */
const PROGRAMS = ['awk', 'cat', 'curl', 'cut', 'grep', 'jq', 'sed', 'tr'];

/** The result of a script. */
export interface ScriptEnd {
  /** Undefined if it never ended and was stopped. */
  readonly status: number | undefined;
  readonly lines: readonly string[];
  readonly errors: string;
  /** Seconds that it has slept. */
  readonly slept: number;
}

export interface ScriptOptions {
  readonly env: Readonly<Record<string, string>>;
  readonly args?: readonly string[];
  /** Called when the script sleeps. The sleep takes no real time; this callback lets time pass. */
  readonly onSleep: (seconds: number, slept: number) => void | Promise<void>;
  /** How many seconds it may sleep in all, before it gets the signal. */
  readonly patience?: number;
  readonly signal?: NodeJS.Signals;
  /** Programs that the container does not have. */
  readonly without?: readonly string[];
}

/** A directory with scripts, which run as real processes and see only the given environment. */
export class ScriptDirectory {
  readonly path = mkdtempSync(join(tmpdir(), 'script-'));
  private readonly bin = mkdtempSync(join(tmpdir(), 'script-bin-'));

  constructor(files: Readonly<Record<string, string>>) {
    for (const [name, text] of Object.entries(files)) this.write(name, text);
  }

  write(name: string, text: string): void {
    writeFileSync(join(this.path, name), text);
  }

  read(name: string): string {
    return readFileSync(join(this.path, name), 'utf8');
  }

  addProgram(name: string, script: string): void {
    writeFileSync(join(this.bin, name), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  }

  remove(): void {
    for (const directory of [this.path, this.bin]) rmSync(directory, { recursive: true, force: true });
  }

  /** A directory with the programs that scripts use, except some. */
  private few(without: readonly string[]): string {
    const directory = mkdtempSync(join(this.bin, 'few-'));
    for (const name of PROGRAMS.filter((one) => !without.includes(one))) {
      const place = located(name);
      if (place !== undefined) symlinkSync(place, join(directory, name));
    }
    return directory;
  }

  async run(name: string, shell: Shell, options: ScriptOptions): Promise<ScriptEnd> {
    const { args = [], onSleep, patience = 900, signal = 'SIGTERM', without = [] } = options;
    let slept = 0;
    let isStopped = false;
    let failure: unknown;
    const clock = createServer((request, response) => {
      const seconds = Number(request.url?.slice(1));
      void (async () => {
        try {
          await onSleep(seconds, slept);
        } catch (error) {
          failure = error;
          child.kill('SIGKILL');
        }
        slept += seconds;
        isStopped ||= slept >= patience;
        if (isStopped) child.kill(signal);
        response.end();
      })();
    });
    await new Promise<void>((done) => clock.listen(0, '127.0.0.1', done));
    const address = clock.address();
    const port = typeof address === 'object' ? address?.port : undefined;
    this.addProgram('sleep', `exec ${CURL.path} --silent --noproxy '*' "http://127.0.0.1:${port}/$1"`);
    const child = spawn(located(shell.name) ?? shell.name, [...shell.args, join(this.path, name), ...args], {
      env: {
        ...options.env,
        PATH: `${this.bin}:${without.length > 0 ? this.few(without) : process.env.PATH}`,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    let errors = '';
    child.stdout.on('data', (data) => {
      output += data;
    });
    child.stderr.on('data', (data) => {
      errors += data;
    });
    const status = await new Promise<number | null>((done) => child.on('close', done));
    clock.closeAllConnections();
    await new Promise((done) => clock.close(done));
    if (failure !== undefined) throw failure;
    return {
      status: isStopped ? undefined : (status ?? -1),
      lines: output.split('\n').slice(0, -1),
      errors,
      slept,
    };
  }
}

function located(program: string): string | undefined {
  const paths = (process.env.PATH ?? '').split(':').map((directory) => join(directory, program));
  return paths.find((path) => existsSync(path));
}
