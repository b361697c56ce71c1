import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import { STOP_SH } from '../../src/components/tikv/scripts.generated.ts';
import { Certificates } from '../support/pd/certificates.ts';
import { Pd } from '../support/pd/pd.ts';
import { inTurn } from '../support/runs.ts';
import { SHELLS } from '../support/start.ts';
import { addressOf, StopScene } from '../support/stop.ts';
import { CURL, OPENSSL, SHELLCHECK } from '../support/tools.ts';

const LABEL = 'groups.pingcap.com/stopping';

/** A base of three stores, and a group of three whose ids are 4 to 6. */
function filled(regions = 20): Pd {
  const pd = new Pd();
  for (const i of [0, 1, 2]) pd.addStore(`basic-tikv-${i}.basic-tikv-peer.tidb.svc:20160`);
  for (const i of [0, 1, 2]) pd.addStore(addressOf(i));
  pd.addRegions(regions);
  return pd;
}

function marked(pd: Pd): number[] {
  return [...pd.stores.values()].filter(({ labels }) => labels[LABEL] !== undefined).map(({ id }) => id);
}

it.skipIf(SHELLCHECK.path === undefined)('the script is clean', () => {
  const input = readFileSync(new URL('../../src/components/tikv/stop.sh', import.meta.url));
  const { stdout } = spawnSync(SHELLCHECK.path ?? '', ['--shell=sh', '-'], { input, encoding: 'utf8' });
  expect(stdout).toBe('');
});

it('the script has lines that a block of text in YAML can hold', () => {
  expect(STOP_SH).not.toMatch(/[ \t]$|\t/m);
});

describe.each(inTurn(SHELLS, 0))('a store that stops under $name', (shell) => {
  const check = it.skipIf(shell.missing || CURL.path === undefined);

  check('says so and stops at once where all others are there', async () => {
    const scene = new StopScene(filled());
    const end = await scene.run(shell, { pod: 'hot-tikv-1' });
    expect(end).toEqual({ status: 0, lines: [], errors: '', slept: 0 });
    expect(marked(scene.pd)).toEqual([5]);
    expect(scene.server.requests.filter((request) => !request.startsWith('GET '))).toEqual([
      'POST store/5/label',
    ]);
  });

  describe('waits', () => {
    const cases: [string, (pd: Pd) => void, (pd: Pd) => void, string][] = [
      [
        'for a store that is away',
        (pd) => {
          pd.store(1).isRunning = false;
          pd.advance(30);
        },
        (pd) => {
          pd.store(1).isRunning = true;
        },
        '1',
      ],
      [
        'for one that has said that it stops, until it has started again',
        (pd) => pd.setLabels(2, { [LABEL]: '2023-11-14T22-13-20Z' }),
        (pd) => {
          pd.store(2).startedAt = pd.now;
        },
        '+2',
      ],
      ['for one that TiDB Operator is going to stop', (pd) => pd.evict(3), (pd) => pd.evicting.clear(), '3'],
    ];
    check.each(cases)('%s', async (_, leave, back, said) => {
      const scene = new StopScene(filled());
      leave(scene.pd);
      const end = await scene.run(shell, {
        pod: 'hot-tikv-1',
        onSleep: (seconds, slept) => {
          expect(marked(scene.pd)).not.toContain(5);
          scene.pd.advance(seconds);
          if (slept >= 20) {
            back(scene.pd);
            scene.pd.advance(10);
          }
        },
      });
      expect(end).toMatchObject({ status: 0, errors: '', slept: 22 });
      expect(end.lines).toEqual([`stop: waiting for stores that are away: ${said}`]);
      expect(marked(scene.pd)).toContain(5);
    });

    check('until all others have been there for a while', async () => {
      const scene = new StopScene(filled());
      const end = await scene.run(shell, {
        pod: 'hot-tikv-1',
        settle: 45,
        limit: 480,
        onSleep: (seconds, slept) => {
          scene.pd.store(2).isRunning = slept < 20 || slept >= 60;
          scene.pd.advance(seconds);
        },
      });
      expect(end).toMatchObject({ status: 0, errors: '' });
      // It is missed 20 seconds after it was gone, back at its next heartbeat, and 45 more pass.
      expect(end.slept).toBeGreaterThanOrEqual(60 + 45);
      expect(end.slept).toBeLessThanOrEqual(60 + 45 + 15);
    });

    check('but not for ever', async () => {
      const scene = new StopScene(filled());
      scene.pd.store(1).isRunning = false;
      scene.pd.advance(30);
      const end = await scene.run(shell, { pod: 'hot-tikv-1', limit: 40 });
      expect(end).toMatchObject({ status: 0, errors: '', slept: 40 });
      expect(end.lines.at(-1)).toBe('stop: stops all the same, after 40 seconds');
    });
  });

  describe('does not wait', () => {
    const cases: [string, (pd: Pd) => void][] = [
      [
        'for a store that is gone and has no data any more',
        (pd) => {
          pd.store(1).isRunning = false;
          pd.advance(6000);
          expect(pd.regionsOn(1)).toBe(0);
        },
      ],
      ['for one that is drained', (pd) => pd.removeStore(2)],
      [
        'for one that is drained and evicted',
        (pd) => {
          pd.evict(2);
          pd.removeStore(2);
        },
      ],
      [
        'for TiFlash',
        (pd) => {
          pd.addStore('flash-0:3930', { labels: { engine: 'tiflash' }, isRunning: false });
          pd.advance(100);
        },
      ],
      ['for its own scheduler', (pd) => pd.evict(5)],
      [
        'for one that stopped before its last start',
        (pd) => pd.setLabels(3, { [LABEL]: '2022-01-01T00-00-00Z' }),
      ],
    ];
    check.each(cases)('%s', async (_, prepare) => {
      const scene = new StopScene(filled());
      prepare(scene.pd);
      const end = await scene.run(shell, { pod: 'hot-tikv-1' });
      expect(end).toMatchObject({ status: 0, lines: [], errors: '', slept: 0 });
    });
  });

  describe('of several that stop at once, one goes first', () => {
    check.each(inTurn([[[4, 5, 6]], [[6, 5, 4]]], 0))('in the order %j', async (ids) => {
      const scene = new StopScene(filled());
      const url = await scene.server.start();
      const order: number[] = [];
      let down = 0;
      const stop = async (id: number) => {
        const end = await scene.run(shell, {
          pod: `hot-tikv-${id - 4}`,
          url,
          limit: 600,
          onSleep: () => scene.pd.advance(1),
        });
        order.push(id);
        down++;
        expect(down).toBe(1);
        const store = scene.pd.store(id);
        store.isRunning = false;
        await new Promise((done) => setTimeout(done, 300));
        scene.pd.advance(5);
        down--;
        store.isRunning = true;
        store.startedAt = scene.pd.now;
        expect(end.status).toBe(0);
      };
      await Promise.all(ids.map(stop));
      await scene.server.stop();
      expect(order.toSorted()).toEqual([4, 5, 6]);
    });
  });

  describe('stops as it would without all this', () => {
    const nothing = { status: 0, lines: [], errors: '', slept: 0 };

    check.each(['curl', 'awk', 'tr'])('without %s', async (program) => {
      const scene = new StopScene(filled());
      expect(await scene.run(shell, { pod: 'hot-tikv-1', without: [program], evicts: true })).toEqual(
        nothing,
      );
      expect(scene.server.requests).toEqual([]);
    });

    check.each(
      inTurn(['away', 'no leader', 'stepping down', 'another page', 'too many requests'] as const, 0, 3),
    )('where PD is no help: %s', async (trouble) => {
      const scene = new StopScene(filled());
      scene.server.trouble = trouble;
      expect(await scene.run(shell, { pod: 'hot-tikv-1', evicts: true })).toEqual(nothing);
    });

    check('where PD does not know the store, or no more', async () => {
      const scene = new StopScene(filled());
      expect(await scene.run(shell, { pod: 'hot-tikv-7', evicts: true })).toEqual(nothing);
      scene.pd.store(6).state = 'Tombstone';
      expect(await scene.run(shell, { pod: 'hot-tikv-2', evicts: true })).toEqual(nothing);
      expect(scene.server.requests.filter((request) => request.startsWith('POST'))).toEqual([]);
    });

    check('where PD goes away while it waits', async () => {
      const scene = new StopScene(filled());
      scene.pd.evict(1);
      const onSleep = () => {
        scene.server.trouble = 'away';
      };
      const end = await scene.run(shell, { pod: 'hot-tikv-1', onSleep });
      expect(end).toMatchObject({ status: 0, errors: '', slept: 2 });
    });
  });

  check('goes on where PD takes no labels but those of locations', async () => {
    const scene = new StopScene(filled());
    scene.pd.config.strictlyMatchLabel = true;
    const end = await scene.run(shell, { pod: 'hot-tikv-1' });
    expect(end).toMatchObject({ status: 0, errors: '', slept: 0 });
    expect(end.lines).toEqual(['stop: PD does not take a label that tells others']);
  });

  describe('where TiKV does not do it itself, moves its leaders away', () => {
    check('and leaves no scheduler behind', async () => {
      const scene = new StopScene(filled(60));
      const before = scene.pd.leadersOn(5);
      expect(before).toBeGreaterThan(0);
      const end = await scene.run(shell, { pod: 'hot-tikv-1', evicts: true });
      expect(end).toMatchObject({ status: 0, lines: ['stop: 0 leaders are left'], errors: '' });
      expect(scene.pd.leadersOn(5)).toBe(0);
      expect(scene.pd.evicting.size).toBe(0);
    });

    check('for as long as there is time', async () => {
      const scene = new StopScene(filled(60));
      scene.pd.leadersInRound = 0;
      const end = await scene.run(shell, { pod: 'hot-tikv-1', evicts: true, limit: 20 });
      expect(end).toMatchObject({ status: 0, errors: '', slept: 20 });
      expect(scene.pd.evicting.size).toBe(0);
    });

    check.each([true, false])(
      'and the next start takes away what a kill has left: the version needs it %s',
      async (evicts) => {
        const scene = new StopScene(filled(60));
        scene.pd.leadersInRound = 0;
        await scene.run(shell, { pod: 'hot-tikv-1', evicts: true, signal: 'SIGKILL', patience: 6 });
        expect([...scene.pd.evicting]).toEqual([5]);
        const end = await scene.run(shell, { mode: 'started', pod: 'hot-tikv-1', evicts });
        expect(end).toMatchObject({ status: 0, errors: '', slept: 0 });
        expect(scene.pd.evicting.size).toBe(0);
      },
    );

    check('which waits for PD, and takes nothing away that is not of this', async () => {
      const scene = new StopScene(filled(60));
      for (const id of [4, 5, 6]) scene.pd.evict(id);
      scene.server.trouble = 'away';
      const onSleep = (_: number, slept: number) => {
        if (slept === 20) scene.server.trouble = undefined;
      };
      const end = await scene.run(shell, { mode: 'started', pod: 'hot-tikv-1', onSleep });
      expect(end).toMatchObject({ status: 0, errors: '', slept: 30 });
      expect([...scene.pd.evicting]).toEqual([4, 5, 6]);
      await scene.run(shell, { mode: 'started', pod: 'hot-tikv-1', evicts: true });
      expect([...scene.pd.evicting]).toEqual([4, 6]);
    });
  });

  describe('with TLS', () => {
    const certificates = OPENSSL.path === undefined ? undefined : new Certificates();
    afterAll(() => certificates?.remove());
    it.skipIf(shell.missing || certificates === undefined)("uses the store's own certificate", async () => {
      const scene = new StopScene(filled(), certificates);
      const end = await scene.run(shell, { pod: 'hot-tikv-1', tls: certificates?.sign('hot-tikv') ?? '' });
      expect(end).toMatchObject({ status: 0, lines: [], errors: '' });
      expect(marked(scene.pd)).toEqual([5]);
    });
  });
});
