import { execFileSync, spawn } from 'node:child_process';
import {
  closeSync,
  mkdtempSync,
  openSync,
  readFileSync,
  readSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const SERVER = fileURLToPath(new URL('server.cjs', import.meta.url));

/** How an executable is started. */
export interface Start {
  readonly args: readonly string[];
  /** All variables that it sees. */
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
  readonly input: string | Buffer;
}

/**
 * The executable in a process that stays: it starts in a fraction of the time, because Node does not have to. Each run loads
 * all of the program again; its standard input and its outputs are files.
 */
export class WarmExecutable {
  private readonly directory = mkdtempSync(join(tmpdir(), 'tidb-groups-warm-'));
  private pipes: readonly [requests: number, statuses: number] | undefined;

  constructor(private readonly executable: string) {
    process.on('exit', () => rmSync(this.directory, { recursive: true, force: true }));
    execFileSync('mkfifo', [this.path('requests'), this.path('statuses')]);
  }

  run({ args, env, cwd, input }: Start): { status: number; stdout: string; stderr: string } {
    this.pipes ??= this.start();
    const [requests, statuses] = this.pipes;
    writeFileSync(this.path('input'), input);
    writeSync(requests, `${JSON.stringify({ args, env, cwd })}\n`);
    const answer = Buffer.alloc(16);
    const status = answer.subarray(0, readSync(statuses, answer)).toString();
    const [stdout, stderr] = ['output', 'errors'].map((name) => readFileSync(this.path(name), 'utf8'));
    if (status !== '') return { status: Number(status), stdout: stdout ?? '', stderr: stderr ?? '' };
    this.pipes = undefined;
    for (const pipe of [requests, statuses]) closeSync(pipe);
    throw new Error(`the process of the executable ended: ${stderr}`);
  }

  /** Ours end when the process ends, because only it has the other ends. */
  private start(): readonly [requests: number, statuses: number] {
    const both = ['requests', 'statuses'].map((name) => openSync(this.path(name), 'r+'));
    const ours = [openSync(this.path('requests'), 'w'), openSync(this.path('statuses'), 'r')] as const;
    spawn(process.execPath, [SERVER, this.directory, this.executable], {
      stdio: ['ignore', 'ignore', 'ignore', ...both],
    }).unref();
    for (const pipe of both) closeSync(pipe);
    return ours;
  }

  private path(name: string): string {
    return join(this.directory, name);
  }
}
