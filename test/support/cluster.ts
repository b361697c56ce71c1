import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildSync } from 'esbuild';
import { onTestFinished } from 'vitest';
import { isMap, type MapValue } from '../../src/yaml/index.ts';
import { readYaml } from './read-yaml.ts';
import { type Ran, Sandbox } from './sandbox.ts';

let built: string | undefined;

/** The API server in one file of JavaScript: to compile it at each start takes longer than all that it does. */
function apiServer(): string {
  if (built !== undefined) return built;
  const directory = mkdtempSync(join(tmpdir(), 'api-server-'));
  process.once('exit', () => rmSync(directory, { recursive: true, force: true }));
  const outfile = join(directory, 'api-server.cjs');
  const entry = fileURLToPath(new URL('api-server.ts', import.meta.url));
  buildSync({ entryPoints: [entry], outfile, bundle: true, platform: 'node', logLevel: 'warning' });
  built = outfile;
  return outfile;
}

/** A stand-in for a cluster, and a sandbox where the real kubectl talks to it. */
export class Cluster {
  readonly sandbox = new Sandbox();

  private constructor(
    server: ChildProcess,
    /** The script of a kubectl that talks to it. */
    readonly kubectl: string,
  ) {
    onTestFinished(() => void server.kill());
    this.sandbox.addProgram('kubectl', kubectl);
  }

  /** Starts it with the objects of some manifests. */
  static async start(kubectl: string, ...manifests: readonly string[]): Promise<Cluster> {
    const server = spawn(process.execPath, [apiServer()], { stdio: ['pipe', 'pipe', 'inherit'] });
    server.stdin.end(manifests.map((text) => `---\n${text}\n`).join(''));
    const [address] = await once(server.stdout, 'data');
    return new Cluster(
      server,
      `exec '${kubectl}' --server '${`${address}`.trim()}' --kubeconfig /dev/null "$@"\n`,
    );
  }

  /** Runs a command as it stands in a page. */
  run(command: string, env: Readonly<Record<string, string>> = {}): Ran {
    const HOME = this.sandbox.path('.');
    return this.sandbox.run('sh', ['-eu', '-c', command], { env: { HOME, ...env } });
  }

  /** Runs a command that must succeed, and returns what it prints. */
  say(command: string, env: Readonly<Record<string, string>> = {}): string {
    const { status, stdout, stderr } = this.run(command, env);
    if (status !== 0) throw new Error(`${command}\nexits with ${status}: ${stderr}`);
    return stdout;
  }

  /** The objects of some kinds. */
  get(kinds: string, namespace = 'tidb'): MapValue[] {
    const text = this.say(`kubectl -n ${namespace} get ${kinds} -o yaml`);
    const [list] = readYaml(text);
    return Array.isArray(list?.items) ? list.items.filter(isMap) : [];
  }
}
