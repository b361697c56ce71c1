import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addressOf, DrainScene } from '../support/drain.ts';
import { Pd } from '../support/pd/pd.ts';
import { PdServer } from '../support/pd/pd-server.ts';
import { RealPd } from '../support/pd/real-pd.ts';
import { TRIES_ALL } from '../support/runs.ts';
import { SHELLS } from '../support/start.ts';
import { StopScene } from '../support/stop.ts';
import { PD_SERVER, PD_STORES } from '../support/tools.ts';

if (!TRIES_ALL) console.log('not run here: a drain of PD itself, which takes a minute; .ci/run tries it');

const hasPd = PD_SERVER.path !== undefined && PD_STORES.path !== undefined;
const BASE = [0, 1, 2].map((i) => `basic-tikv-${i}.basic-tikv-peer.tidb.svc:20160`);
const HOT = [0, 1, 2].map(addressOf);
const [shell = { name: 'sh', args: [], missing: true }] = SHELLS;

/** Lets real time pass where a script sleeps, though not as much as it asks for. */
async function nap(): Promise<void> {
  await new Promise((done) => setTimeout(done, 1000));
}

describe.skipIf(!hasPd)('the stand-in for PD answers as PD does', () => {
  const real = new RealPd();
  const pd = new Pd();
  const server = new PdServer(pd);
  let url = '';
  beforeAll(async () => {
    await real.start();
    url = await server.start();
  });
  afterAll(async () => {
    real.stop();
    await server.stop();
  });

  const both = async (method: string, path: string, body?: string) => {
    const theirs = await real.ask(method, path, body);
    const options = body === undefined ? { method } : { method, body };
    const response = await fetch(`${url}/pd/api/v1/${path}`, options);
    return [
      { status: theirs.status, body: comparable(theirs.body) },
      { status: response.status, body: comparable(await response.text()) },
    ] as const;
  };

  it('before it is bootstrapped', async () => {
    pd.isBootstrapped = false;
    for (const path of ['stores', 'cluster/status', 'store/1', 'config/rules']) {
      const [theirs, ours] = await both('GET', path);
      expect(ours).toEqual(theirs);
    }
  });

  it('with stores and regions', async () => {
    pd.isBootstrapped = true;
    await real.fill([...BASE, ...HOT], 12);
    // PD counts ids of regions and stores alike.
    for (const address of [...BASE, ...HOT]) pd.addStore(address);
    const ids = new Map<string, number>();
    const { stores } = JSON.parse((await real.get('stores')).body);
    for (const { store } of stores) ids.set(store.address, store.id);
    pd.rename((address) => ids.get(address) ?? 0);
    pd.addRegions(12);
    const [first = 0, second = 0] = HOT.map((address) => ids.get(address) ?? 0);
    const evict = `{"name":"evict-leader-scheduler","store_id":${first}}`;
    const again = `{"name":"evict-leader-scheduler","store_id":${second}}`;
    const requests: [string, string, string?][] = [
      ['GET', 'stores'],
      ['GET', 'stores?state=2'],
      ['GET', 'stores/check?state=up'],
      ['GET', `store/${first}`],
      ['GET', 'store/99'],
      ['GET', 'cluster/status'],
      ['GET', 'config/replicate'],
      ['GET', 'config/rules'],
      ['GET', 'stores/limit'],
      ['GET', 'checker/rule'],
      ['GET', 'checker/replica'],
      ['GET', 'config/region-label/rules'],
      ['GET', `stores/progress?id=${first}`],
      ['GET', 'scheduler-config/evict-leader-scheduler/list'],
      ['POST', 'schedulers', evict],
      ['POST', 'schedulers', evict],
      ['POST', 'schedulers', again],
      ['POST', 'schedulers', '{"name":"evict-leader-scheduler","store_id":99}'],
      ['POST', 'schedulers', '{"name":"evict-leader-scheduler","store_id":"1"}'],
      ['GET', 'scheduler-config/evict-leader-scheduler/list'],
      ['DELETE', `schedulers/evict-leader-scheduler-${first}`],
      ['DELETE', `schedulers/evict-leader-scheduler-${first}`],
      ['DELETE', `schedulers/evict-leader-scheduler-${second}`],
      ['DELETE', `schedulers/evict-leader-scheduler-${second}`],
      ['POST', `store/${first}/label`, '{"groups.pingcap.com/stopping":"2024-01-01T00-00-00Z"}'],
      ['GET', `store/${first}`],
      ['POST', `store/${first}/label`, '{"groups.pingcap.com/stopping":""}'],
      ['GET', `store/${first}`],
      ['POST', 'store/99/label', '{"a":"b"}'],
      ['DELETE', 'store/99'],
      ['DELETE', `store/${first}`],
      ['DELETE', `store/${first}`],
      ['GET', `store/${first}`],
      ['GET', 'stores/limit'],
      ['POST', `store/${first}/state?state=Up`],
      ['POST', 'store/99/state?state=Up'],
      ['GET', `store/${first}`],
    ];
    for (const [method, path, body] of requests) {
      const [theirs, ours] = await both(method, path, body);
      expect([path, ours]).toEqual([path, theirs]);
    }
  });

  it('where it refuses', async () => {
    const { stores } = JSON.parse((await real.get('stores')).body);
    const ids: number[] = stores.map(({ store }: { store: { id: number } }) => store.id);
    const [first = 0, ...others] = ids;
    const set = async (config: string) => real.ask('POST', 'config', config);
    await set('{"max-replicas":6}');
    pd.config.maxReplicas = 6;
    let [theirs, ours] = await both('DELETE', `store/${first}`);
    expect(ours).toEqual(theirs);
    await set('{"max-replicas":3}');
    pd.config.maxReplicas = 3;
    for (const id of others) {
      const body = `{"name":"evict-leader-scheduler","store_id":${id}}`;
      [theirs, ours] = await both('POST', 'schedulers', body);
    }
    [theirs, ours] = await both('DELETE', `store/${first}`);
    expect(ours).toEqual(theirs);
    for (const id of others) await both('DELETE', `schedulers/evict-leader-scheduler-${id}`);
    await set('{"strictly-match-label":"true"}');
    pd.config.strictlyMatchLabel = true;
    [theirs, ours] = await both('POST', `store/${first}/label`, '{"disk":"nvme"}');
    expect(ours).toEqual(theirs);
    await set('{"strictly-match-label":"false","enable-placement-rules":"false"}');
    pd.config.rules = undefined;
    [theirs, ours] = await both('GET', 'config/rules');
    expect(ours).toEqual(theirs);
  });
});

/** Without what differs from one cluster to another, and what nobody here asks for. */
function comparable(body: string): unknown {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    return body;
  }
  return JSON.parse(JSON.stringify(value), (key, inner) => {
    if (UNUSED.has(key)) return undefined;
    if (key === 'stores' && Array.isArray(inner)) return inner.toSorted((a, b) => a.store.id - b.store.id);
    return VARYING.has(key) ? typeof inner : inner;
  });
}

const VARYING = new Set([
  'start_timestamp',
  'last_heartbeat',
  'start_ts',
  'last_heartbeat_ts',
  'raft_bootstrap_time',
]);
const UNUSED = new Set([
  'leader_count',
  'node_state',
  'leader_score',
  'leader_size',
  'region_count',
  'region_score',
  'region_size',
  'status_address',
  'uptime',
  'version',
  'is_witness',
  'replication_status',
]);

describe.skipIf(!hasPd || shell.missing)('PD itself', () => {
  it.runIf(TRIES_ALL)('is drained, also when its leader dies', { timeout: 240_000 }, async () => {
    const pd = new RealPd();
    try {
      await pd.start(3);
      await pd.fill([...BASE, ...HOT], 12);
      const scene = new DrainScene();
      let isKilled = false;
      const end = await scene.drain(shell, {
        replicas: 1,
        pd: pd.urls.join(','),
        patience: 2000,
        onSleep: async () => {
          await nap();
          if (!isKilled && [...(await pd.states()).values()].includes('Offline')) {
            isKilled = true;
            await pd.killLeader();
          }
        },
      });
      expect(end).toMatchObject({ status: 0, errors: '' });
      expect(end.lines).toContain('no store is left that has an ordinal of 1 or more');
      const states = await pd.states();
      expect(HOT.map((address) => states.get(address))).toEqual(['Up', 'Tombstone', 'Tombstone']);
      expect(BASE.map((address) => states.get(address))).toEqual(['Up', 'Up', 'Up']);
      expect((await pd.get('scheduler-config/evict-leader-scheduler/list')).status).toBe(404);
    } finally {
      pd.stop();
    }
  });

  it('takes the label of a store that stops, and lets others know', { timeout: 240_000 }, async () => {
    const pd = new RealPd();
    try {
      await pd.start();
      await pd.fill([...BASE, ...HOT], 12);
      const stores = JSON.parse((await pd.get('stores')).body).stores;
      const first = stores.find(({ store }: { store: { address: string } }) => store.address === HOT[0]).store
        .id;
      const url = pd.urls[0] ?? '';
      const stop = (name: string, onSleep: () => Promise<void>) =>
        new StopScene().run(shell, { pod: name, url, evicts: true, onSleep });
      const alone = await stop('hot-tikv-0', nap);
      expect(alone).toMatchObject({ status: 0, lines: ['stop: 0 leaders are left'], errors: '' });
      let times = 0;
      const behind = await stop('hot-tikv-1', async () => {
        await nap();
        if (times++ === 3) {
          await pd.tell({ do: 'stop', id: first });
          await pd.tell({ do: 'start', id: first });
        }
      });
      expect(behind).toMatchObject({ status: 0, errors: '' });
      expect(behind.lines[0]).toBe(`stop: waiting for stores that are away: +${first}`);
      expect(times).toBeGreaterThan(3);
    } finally {
      pd.stop();
    }
  });
});
