import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import { isMap, type MapValue } from '../../src/yaml/index.ts';
import { readYaml } from './read-yaml.ts';
import { type Ran, Sandbox } from './sandbox.ts';

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
    const file = fileURLToPath(new URL('api-server.ts', import.meta.url));
    const server = spawn(process.execPath, ['--import', 'tsx', file], { stdio: ['pipe', 'pipe', 'inherit'] });
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
