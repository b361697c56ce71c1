import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import { DRAIN_JQ, DRAIN_SH } from '../../src/drain/scripts.generated.ts';
import { addressOf, changes, DrainScene, states } from '../support/drain.ts';
import { Certificates } from '../support/pd/certificates.ts';
import { Refusal } from '../support/pd/pd.ts';
import type { Trouble } from '../support/pd/pd-server.ts';
import { inTurn } from '../support/runs.ts';
import { SHELLS, type Shell } from '../support/start.ts';
import { CURL, JQ, OPENSSL, SHELLCHECK } from '../support/tools.ts';

const certificates = OPENSSL.path === undefined ? undefined : new Certificates();
afterAll(() => certificates?.remove());

const NOTHING_LEFT = 'no store is left that has an ordinal of 3 or more';

it.skipIf(SHELLCHECK.path === undefined)('the script is clean', () => {
  const { stdout } = spawnSync(SHELLCHECK.path ?? '', ['--shell=sh', '-'], {
    input: readFileSync(new URL('../../src/drain/drain.sh', import.meta.url)),
    encoding: 'utf8',
  });
  expect(stdout).toBe('');
});

it.each([DRAIN_SH, DRAIN_JQ])('the script has lines that a block of text in YAML can hold', (script) => {
  expect(script).not.toMatch(/[ \t]$|\t/m);
  expect(Math.max(...script.split('\n').map(({ length }) => length))).toBeLessThanOrEqual(120);
});

// The reasons that it gives have a file of their own, which takes the other shell.
describe.each(inTurn(SHELLS, 0))('a drain under $name', (shell: Shell) => {
  const check = it.skipIf(shell.missing || CURL.path === undefined || JQ.path === undefined);

  check(
    'takes stores away one at a time, the highest ordinal first, and leaves all others alone',
    async () => {
      const scene = new DrainScene().fill(3, 4);
      const atOnce: string[] = [];
      scene.server.onRequest = () => {
        const going = [...scene.pd.stores.values()].filter(({ state }) => state === 'Offline');
        if (going.length > 0) atOnce.push(going.map(({ address }) => address).join());
      };
      const end = await scene.drain(shell, { replicas: 2 });
      expect(end).toMatchObject({ status: 0, errors: '' });
      expect([...new Set(atOnce)]).toEqual([addressOf(3), addressOf(2)]);
      expect(states(scene)).toEqual(['Up', 'Up', 'Tombstone', 'Tombstone']);
      expect([...scene.pd.stores.values()].filter(({ state }) => state === 'Up')).toHaveLength(5);
      expect(scene.pd.evicting.size).toBe(0);
      expect(scene.pd.regions.every(({ peers }) => new Set(peers.map(({ store }) => store)).size === 3)).toBe(
        true,
      );
      expect(end.lines).toEqual([
        'store 7 (hot-tikv-3): its leaders move away, 6 left',
        'store 7 (hot-tikv-3): PD moves its data away',
        'store 7 (hot-tikv-3): its data moves away, 4 regions left, about 1 min',
        'store 7: drained',
        'store 6 (hot-tikv-2): its leaders move away, 2 left',
        'store 6 (hot-tikv-2): PD moves its data away',
        'store 6 (hot-tikv-2): its data moves away, 4 regions left, about 1 min',
        'store 6: drained',
        'no store is left that has an ordinal of 2 or more',
      ]);
    },
  );

  check('takes all stores of a group away', async () => {
    const scene = new DrainScene().fill(3, 2);
    const end = await scene.drain(shell, { replicas: 0 });
    expect(end).toMatchObject({ status: 0, errors: '' });
    expect(states(scene)).toEqual(['Tombstone', 'Tombstone']);
  });

  describe('ends at once and changes nothing', () => {
    const others = [
      'hot-tikv-7.hot-tikv-peer.other.svc:20160',
      'hot-tikv-tikv-7.hot-tikv-tikv-peer.tidb.svc:20160',
      'very-hot-tikv-7.very-hot-tikv-peer.tidb.svc:20160',
      'hot-tikv-7.hot-tikv-peer.tidb.svc:20161',
      'hot-tikv-07.hot-tikv-peer.tidb.svc:20160',
      'hot-tikv-7.hot-tiflash-peer.tidb.svc:20160',
      'hot-tikv-7x.hot-tikv-peer.tidb.svc:20160',
      'hot-tikv-7.hot-tikv-peer.tidb.svcx:20160',
      'hot-tikv-7.hot-tikv-peer.tidb.svc.hot-tikv-peer.tidb.svc:20160',
      'hot-tikv-99999999999.hot-tikv-peer.tidb.svc:20160',
      '10.0.0.7:20160',
      '[fd00::7]:20160',
    ];
    const cases: [string, (scene: DrainScene) => void, string][] = [
      ['where there is nothing to do', () => {}, NOTHING_LEFT],
      [
        'where only others have such',
        ({ pd }) => {
          for (const address of others) pd.addStore(address);
        },
        NOTHING_LEFT,
      ],
      [
        'where PD has no stores yet',
        ({ pd }) => {
          pd.isBootstrapped = false;
        },
        'PD is not bootstrapped, so there are no stores',
      ],
    ];
    check.each(cases)('%s', async (_, prepare, said) => {
      const scene = new DrainScene().fill(3, 3);
      prepare(scene);
      const end = await scene.drain(shell, { replicas: 3 });
      expect(end).toEqual({ status: 0, lines: [said], errors: '', slept: 0 });
      expect(changes(scene)).toEqual([]);
    });
  });

  describe('waits as long as PD cannot be asked, and then goes on', () => {
    const troubles: [Trouble, RegExp][] = [
      ['away', /^waiting for PD: GET stores: 000 curl: \(\d+\) /],
      ['no leader', /^waiting for PD: GET stores: 503 no leader $/],
      ['stepping down', /^waiting for PD: GET stores: 200 \{ "raft_bootstrap_time": /],
      ['another page', /^waiting for PD: its answer is not understood: parse error: /],
      ['too many requests', /^waiting for PD: GET stores: 429 Too Many Requests $/],
    ];
    check.each(inTurn(troubles, 0, 3))('%s', async (trouble, said) => {
      const scene = new DrainScene().fill(3, 3);
      const end = await scene.drain(shell, {
        replicas: 2,
        onSleep: (seconds, slept) => {
          scene.pd.advance(seconds);
          scene.server.trouble = slept % 40 < 20 ? trouble : undefined;
        },
      });
      expect(end).toMatchObject({ status: 0, errors: '' });
      expect(states(scene)).toEqual(['Up', 'Up', 'Tombstone']);
      expect(scene.pd.evicting.size).toBe(0);
      expect(end.lines.filter((line) => said.test(line))).not.toEqual([]);
    });

    check('asks another of several members where one does not answer', async () => {
      const scene = new DrainScene().fill(3, 3);
      const end = await scene.drain(shell, { replicas: 2, pd: 'http://127.0.0.1:9,URL,http://127.0.0.1:9' });
      expect(end).toMatchObject({ status: 0, errors: '' });
      expect(states(scene)).toEqual(['Up', 'Up', 'Tombstone']);
    });
  });

  describe('may be stopped at any moment and started again', () => {
    check.each(inTurn(['SIGTERM', 'SIGKILL'] as const, 0))('with %s in every round', async (signal) => {
      const scene = new DrainScene().fill(3, 3);
      let runs = 0;
      let status: number | undefined;
      while (status === undefined && runs++ < 30) {
        ({ status } = await scene.drain(shell, { replicas: 1, patience: 10, signal }));
        if (signal === 'SIGTERM') expect(scene.pd.evicting.size).toBe(0);
      }
      expect(status).toBe(0);
      expect(states(scene)).toEqual(['Up', 'Tombstone', 'Tombstone']);
      expect(scene.pd.evicting.size).toBe(0);
    });

    check('and two of the same Job do no harm', async () => {
      const scene = new DrainScene().fill(3, 3);
      const other = new DrainScene(undefined, scene.pd);
      const ends = await Promise.all([scene, other].map((one) => one.drain(shell, { replicas: 1 })));
      expect(ends.map(({ status, errors }) => [status, errors])).toEqual([
        [0, ''],
        [0, ''],
      ]);
      expect(states(scene)).toEqual(['Up', 'Tombstone', 'Tombstone']);
      expect(scene.pd.evicting.size).toBe(0);
    });
  });

  describe('gives back what is wanted again', () => {
    check('where a later Job finds it', async () => {
      const scene = new DrainScene().fill(3, 4);
      for (const ordinal of [2, 3]) scene.pd.removeStore(scene.hot(ordinal).id);
      scene.pd.evict(scene.hot(3).id);
      const end = await scene.drain(shell, { replicas: 4 });
      expect(end.status).toBe(0);
      expect(states(scene)).toEqual(['Up', 'Up', 'Up', 'Up']);
      expect(scene.pd.evicting.size).toBe(0);
      expect(end.lines).toEqual([
        'store 6 (hot-tikv-2): is wanted again, so its data stays',
        'store 7 (hot-tikv-3): is wanted again, so its data stays',
        'no store is left that has an ordinal of 4 or more',
      ]);
    });

    check('where an earlier Job went too far, which fails for good', async () => {
      const scene = new DrainScene().fill(3, 4, 40);
      const end = await scene.drain(shell, {
        replicas: 2,
        interval: 30,
        onSleep: (seconds) => {
          scene.pd.advance(10);
          if (scene.hot(3).state === 'Offline' && seconds > 0) scene.target(4, 'hot-tikv-drain-7654321');
        },
      });
      expect(end).toMatchObject({ status: 3, errors: '' });
      expect(states(scene)).toEqual(['Up', 'Up', 'Up', 'Up']);
      expect(scene.pd.evicting.size).toBe(0);
      expect(end.lines.slice(-2)).toEqual([
        'store 7 (hot-tikv-3): is wanted again, so its data stays',
        `hot-tikv-drain-7654321 has taken over from ${scene.job}`,
      ]);
    });

    check('but an earlier Job takes no other store for its own', async () => {
      const scene = new DrainScene().fill(3, 4);
      scene.pd.removeStore(scene.hot(1).id);
      const end = await scene.drain(shell, {
        replicas: 2,
        interval: 60,
        onSleep: () => {},
        prepare: () => scene.target(4, 'hot-tikv-drain-7654321'),
      });
      expect(end).toMatchObject({ status: 3, errors: '' });
      expect(changes(scene)).toEqual([]);
    });

    check('and a Job waits until it sees its own target', async () => {
      const scene = new DrainScene().fill(3, 4);
      const end = await scene.drain(shell, {
        replicas: 3,
        prepare: () => scene.target(0, 'hot-tikv-drain-0000000'),
        onSleep: (seconds, slept) => {
          scene.pd.advance(seconds);
          if (slept === 0) scene.target(3, scene.job);
        },
      });
      expect(end).toMatchObject({ status: 0, errors: '' });
      expect(states(scene)).toEqual(['Up', 'Up', 'Up', 'Tombstone']);
    });
  });

  check('goes on where somebody else has set a store Up again, and says so', async () => {
    const scene = new DrainScene().fill(3, 3, 40);
    let times = 0;
    const end = await scene.drain(shell, {
      replicas: 2,
      onSleep: (seconds) => {
        scene.pd.advance(seconds);
        if (scene.hot(2).state === 'Offline' && times++ === 1) scene.pd.upStore(scene.hot(2).id);
      },
    });
    expect(end.status).toBe(0);
    expect(end.lines).toContain(
      'store 6 (hot-tikv-2): is Up again, though it is to go: raise replicas to keep it',
    );
  });

  describe('moves leaders away first', () => {
    check('but not for ever', async () => {
      const scene = new DrainScene().fill(3, 3);
      scene.pd.leadersInRound = 0;
      const end = await scene.drain(shell, {
        replicas: 2,
        interval: 60,
        onSleep: () => scene.pd.advance(10),
      });
      expect(end.status).toBe(0);
      expect(changes(scene)).toEqual([
        'POST schedulers',
        'DELETE store/6',
        'DELETE schedulers/evict-leader-scheduler-6',
      ]);
    });

    check('and does without where PD does not', async () => {
      const scene = new DrainScene().fill(3, 3);
      scene.pd.evict = () => {
        throw new Refusal(500, '[PD:core:ErrPauseLeaderTransfer]store 6 is paused for leader transfer');
      };
      const end = await scene.drain(shell, { replicas: 2 });
      expect(end.status).toBe(0);
      expect(end.lines[0]).toMatch(
        /^store 6 \(hot-tikv-2\): PD does not move its leaders away, so its data moves with them: 500 /,
      );
      expect(changes(scene)).toEqual(['POST schedulers', 'DELETE store/6']);
    });

    check('and tells of a scheduler that somebody has left on a store that stays', async () => {
      const scene = new DrainScene().fill(3, 3);
      scene.pd.evict(scene.hot(0).id);
      const end = await scene.drain(shell, { replicas: 3 });
      expect(end.lines).toEqual([
        `${NOTHING_LEFT}; store 4 (${addressOf(0)}) leads nothing, because of an evict-leader-scheduler: \`pd-ctl scheduler remove evict-leader-scheduler-4\``,
      ]);
      expect(changes(scene)).toEqual([]);
    });
  });

  check('takes a store away that is down', async () => {
    const scene = new DrainScene().fill(3, 3);
    scene.hot(2).isRunning = false;
    scene.pd.advance(100);
    const end = await scene.drain(shell, { replicas: 2 });
    expect(end.status).toBe(0);
    expect(states(scene)).toEqual(['Up', 'Up', 'Tombstone']);
    expect(changes(scene)).toEqual(['DELETE store/6']);
  });

  describe('knows its stores by their cluster domain', () => {
    const cases = [
      { domain: 'a.local', address: 'hot-tikv-3.hot-tikv-peer.tidb.svc.a.local:20160', goes: true },
      { domain: 'a.local', address: 'hot-tikv-3.hot-tikv-peer.tidb.svc.b.local:20160', ends: true },
      { domain: 'a.local', address: 'hot-tikv-3.hot-tikv-peer.tidb.svc:20160' },
      { domain: '', address: 'hot-tikv-3.hot-tikv-peer.tidb.svc.a.local:20160' },
    ];
    check.each(inTurn(cases, 0, 3))(
      '"$domain" and $address',
      async ({ domain, address, goes = false, ends = goes }) => {
        const scene = new DrainScene().fill(3, 0);
        const store = scene.pd.addStore(address);
        scene.pd.addRegions(5);
        const end = await scene.drain(shell, {
          replicas: 3,
          settings: { clusterDomain: domain },
          patience: 60,
        });
        expect(end.status).toBe(ends ? 0 : undefined);
        expect(store.state).toBe(goes ? 'Tombstone' : 'Up');
        if (!ends) {
          expect(end.lines).toEqual([
            `store ${store.id} (hot-tikv-3): not drained yet: it may be of another Kubernetes, as the cluster domain in ${address} is not "${domain}": restart the pod, or drain the store with \`pd-ctl store delete ${store.id}\``,
          ]);
        }
      },
    );
  });

  describe('with TLS', () => {
    const withTls = it.skipIf(shell.missing || certificates === undefined);

    withTls("uses the group's own certificate", async () => {
      const scene = new DrainScene(certificates).fill(3, 3);
      const end = await scene.drain(shell, { replicas: 2, tls: certificates?.sign('hot-tikv') ?? '' });
      expect(end).toMatchObject({ status: 0, errors: '' });
      expect(states(scene)).toEqual(['Up', 'Up', 'Tombstone']);
    });

    withTls('waits without one', async () => {
      const scene = new DrainScene(certificates).fill(3, 3);
      const end = await scene.drain(shell, { replicas: 2, patience: 20 });
      expect(end.status).toBeUndefined();
      expect(end.lines[0]).toMatch(/^waiting for PD: GET stores: 000 curl: \(60\) /);
    });
  });

  describe('fails at once', () => {
    check.each(['curl', 'jq'])('without %s', async (program) => {
      const end = await new DrainScene().fill(3, 3).drain(shell, { replicas: 2, without: [program] });
      expect(end).toMatchObject({
        status: 2,
        lines: [`there is no ${program} in this image: name one that has it in spec.drain.image`],
      });
    });
  });

  check('takes nothing that it is given for anything but a value', async () => {
    const hostile =
      '"; touch /tmp/drain-was-here; $(touch /tmp/drain-was-here) `touch /tmp/drain-was-here` \' \\ * {a,b}';
    const scene = new DrainScene().fill(3, 3);
    const end = await scene.drain(shell, {
      replicas: 2,
      patience: 20,
      settings: { peer: hostile, namespace: hostile, clusterDomain: hostile },
    });
    expect(end).toMatchObject({ status: 0, errors: '' });
    expect(spawnSync('ls', ['/tmp/drain-was-here']).status).not.toBe(0);
    expect(changes(scene)).toEqual([]);
  });

  check('says what is wrong with its target', async () => {
    const scene = new DrainScene().fill(3, 3);
    for (const text of ['', 'job', 'job three', 'job -1', 'job 2 3']) {
      const end = await new DrainScene(undefined, scene.pd).drain(shell, {
        replicas: 2,
        patience: 10,
        prepare: (pod) => pod.write('target', text),
      });
      expect(end.status).toBeUndefined();
      expect(end.lines[0]).toMatch(/^waiting for \/tmp\/.*\/target, which has no number of replicas$/);
      expect(end.errors).toBe('');
    }
  });
});
