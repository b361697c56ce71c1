import { type ChildProcess, type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface, type Interface } from 'node:readline';
import { PD_SERVER, PD_STORES } from '../tools.ts';

/** PD's settings besides its defaults: replicas move one at a time, as the stand-ins for stores need. */
const CONFIG = `
[log]
level = "error"
[schedule]
enable-joint-consensus = false
`;

/** A real PD of one or several members, and stores without data that follow its orders. */
export class RealPd {
  readonly urls: string[] = [];
  private readonly members: ChildProcess[] = [];
  private readonly directory = mkdtempSync(join(tmpdir(), 'pd-'));
  private stores: ChildProcessWithoutNullStreams | undefined;
  private answers: AsyncIterator<string> | undefined;

  async start(members = 1): Promise<void> {
    writeFileSync(join(this.directory, 'pd.toml'), CONFIG);
    const ports = await freePorts(members * 2);
    const peers = ports.slice(members).map((port) => `http://127.0.0.1:${port}`);
    this.urls.push(...ports.slice(0, members).map((port) => `http://127.0.0.1:${port}`));
    const all = peers.map((peer, i) => `pd${i}=${peer}`).join(',');
    for (const [i, url] of this.urls.entries()) {
      const args = {
        name: `pd${i}`,
        'data-dir': join(this.directory, `pd${i}`),
        'client-urls': url,
        'peer-urls': peers[i] ?? '',
        'initial-cluster': all,
        config: join(this.directory, 'pd.toml'),
        'log-file': join(this.directory, `pd${i}.log`),
      };
      const options = Object.entries(args).map(([name, value]) => `--${name}=${value}`);
      // Its etcd is from before Go 1.22.
      const env = { ...process.env, GODEBUG: 'httpmuxgo121=1' };
      this.members.push(spawn(PD_SERVER.path ?? '', options, { env, stdio: 'ignore' }));
    }
    await this.until(async () => (await this.get('cluster/status')).status === 200);
  }

  /** Stores by their addresses, and regions on them. */
  async fill(addresses: readonly string[], regions: number): Promise<void> {
    const stores = spawn(PD_STORES.path ?? '', [this.urls.join(',')], { stdio: ['pipe', 'pipe', 'pipe'] });
    this.stores = stores;
    const lines: Interface = createInterface({ input: stores.stdout });
    this.answers = lines[Symbol.asyncIterator]();
    for (const address of addresses) await this.tell({ do: 'put', address });
    // Otherwise it asks stores to split the regions that hold the borders of a keyspace.
    await this.ask('DELETE', 'config/region-label/rule/keyspaces%2F0');
    await this.tell({ do: 'regions', count: regions });
  }

  /** A command for the stores: see `test/support/pd-stores`. */
  async tell(command: object): Promise<{ id?: number; regions?: { stores: number[]; leader: number }[] }> {
    this.stores?.stdin.write(`${JSON.stringify(command)}\n`);
    const next = await this.answers?.next();
    const answered = JSON.parse(next?.value ?? '{"error":"the stores are gone"}');
    if (answered.error !== undefined) throw new Error(answered.error);
    return answered;
  }

  async get(path: string): Promise<{ status: number; body: string }> {
    return this.ask('GET', path);
  }

  async ask(method: string, path: string, body?: string): Promise<{ status: number; body: string }> {
    for (const url of this.urls) {
      try {
        const options = body === undefined ? { method } : { method, body };
        const response = await fetch(`${url}/pd/api/v1/${path}`, options);
        if (response.status !== 503) return { status: response.status, body: await response.text() };
      } catch {
        // Another member may answer.
      }
    }
    return { status: 0, body: '' };
  }

  /** Each store's state by its address, Tombstones included. */
  async states(): Promise<Map<string, string>> {
    let body = '';
    await this.until(async () => {
      const answered = await this.get('stores?state=0&state=1&state=2');
      body = answered.body;
      return answered.status === 200;
    });
    const { stores }: { stores: { store: { address: string; state_name: string } }[] } = JSON.parse(body);
    return new Map(stores.map(({ store }) => [store.address, store.state_name]));
  }

  /** Kills the leader. */
  async killLeader(): Promise<void> {
    const { body } = await this.get('leader');
    const { name }: { name: string } = JSON.parse(body);
    this.members[Number(name.slice('pd'.length))]?.kill('SIGKILL');
  }

  async until(isSo: () => Promise<boolean>, seconds = 60): Promise<void> {
    const end = Date.now() + seconds * 1000;
    while (!(await isSo())) {
      if (Date.now() > end) throw new Error(`not so after ${seconds} seconds`);
      await new Promise((done) => setTimeout(done, 200));
    }
  }

  stop(): void {
    this.stores?.kill('SIGKILL');
    for (const member of this.members) member.kill('SIGKILL');
    rmSync(this.directory, { recursive: true, force: true });
  }
}

async function freePorts(count: number): Promise<number[]> {
  const servers = Array.from({ length: count }, () => createServer());
  const ports: number[] = [];
  for (const server of servers) {
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const address = server.address();
    if (typeof address === 'object' && address !== null) ports.push(address.port);
  }
  for (const server of servers) await new Promise((done) => server.close(done));
  return ports;
}
