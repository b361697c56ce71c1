import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PD_SERVER } from '../tools.ts';

/** PD's etcd is from before Go 1.22. */
const env = { ...process.env, GODEBUG: 'httpmuxgo121=1' };

/** The config keys that PD itself does not know. */
export function unknownToPd(toml: string): string[] {
  const directory = mkdtempSync(join(tmpdir(), 'pd-config-'));
  try {
    const file = join(directory, 'pd.toml');
    writeFileSync(file, toml);
    const args = ['--config', file, '--config-check'];
    const { stdout, stderr } = spawnSync(PD_SERVER.path ?? '', args, {
      env,
      encoding: 'utf8',
      timeout: 60_000,
    });
    return /undefined item: (.*)/.exec(stdout + stderr)?.[1]?.split(', ') ?? [];
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

/** A member of PD, on ports of this machine. */
export class PdMember {
  private readonly directory = mkdtempSync(join(tmpdir(), 'pd-member-'));
  private readonly child: ChildProcess;
  private output = '';

  constructor(name: string, [client, peer]: readonly [number, number], joins?: string) {
    const peerUrl = `http://127.0.0.1:${peer}`;
    const args = {
      name,
      'data-dir': join(this.directory, 'data'),
      'client-urls': `http://127.0.0.1:${client}`,
      'peer-urls': peerUrl,
      ...(joins === undefined ? { 'initial-cluster': `${name}=${peerUrl}` } : { join: joins }),
    };
    const options = Object.entries(args).map(([key, value]) => `--${key}=${value}`);
    this.child = spawn(PD_SERVER.path ?? '', options, { env, stdio: ['ignore', 'pipe', 'pipe'] });
    for (const stream of [this.child.stdout, this.child.stderr]) {
      stream?.on('data', (data: Buffer) => {
        this.output += data.toString();
      });
    }
  }

  /** Its exit status, and all its output. */
  async ended(): Promise<{ readonly status: number | null; readonly output: string }> {
    const status = await new Promise<number | null>((done) => this.child.once('close', done));
    return { status, output: this.output };
  }

  stop(): void {
    this.child.kill('SIGKILL');
    rmSync(this.directory, { recursive: true, force: true });
  }
}
