import { describe, expect, it } from 'vitest';
import { addressOf, changes, DrainScene, states } from '../support/drain.ts';
import type { Pd } from '../support/pd/pd.ts';
import { defaultRule, type Rule } from '../support/pd/placement.ts';
import { inTurn } from '../support/runs.ts';
import { SHELLS } from '../support/start.ts';
import { CURL, JQ } from '../support/tools.ts';

/** A rule of a placement policy that puts some tables on stores with `disk: nvme`. */
function onDisks(count: number, more: Partial<Rule> = {}): Rule {
  return defaultRule(count, {
    group_id: 'TiDB_DDL_71',
    id: 'table_rule_71_0',
    start_key: '7480',
    end_key: '7481',
    label_constraints: [{ key: 'disk', op: 'in', values: ['nvme', 'ssd'] }],
    ...more,
  });
}

function base(pd: Pd, ordinal: number) {
  return pd.store(ordinal + 1);
}

interface Case {
  readonly title: string;
  readonly prepare: (scene: DrainScene) => void;
  /** Stores of the base; 3 unless said. */
  readonly base?: number;
  readonly replicas?: number;
  /** What is said behind the store. */
  readonly said: string;
}

/** A base of three stores and a group of three; nothing of it may move. */
const refused: Case[] = [
  {
    title: 'too few stores would be left',
    prepare: () => {},
    base: 2,
    replicas: 0,
    said: 'its data has 3 replicas, and only 2 stores are left for them: add stores, or lower max-replicas first',
  },
  {
    title: 'too few would be left, though PD counts TiFlash',
    prepare: ({ pd }) => {
      for (let i = 0; i < 3; i++) pd.addStore(`flash-${i}:3930`, { labels: { engine: 'tiflash' } });
    },
    base: 2,
    replicas: 0,
    said: 'its data has 3 replicas, and only 2 stores are left for them: add stores, or lower max-replicas first',
  },
  {
    title: 'too few would be left, of those that take just any data',
    prepare: ({ pd }) => {
      base(pd, 0).labels = { '$k/exclusive': 'true' };
    },
    replicas: 0,
    said: 'its data has 3 replicas, and only 2 stores are left for them: add stores, or lower max-replicas first',
  },
  {
    title: 'too few would be left, without placement rules',
    prepare: ({ pd }) => {
      pd.config.rules = undefined;
      pd.config.maxReplicas = 5;
    },
    replicas: 1,
    said: 'its data has 5 replicas, and only 4 stores are left for them: add stores, or lower max-replicas first',
  },
  {
    title: 'a placement rule asks for stores like these',
    prepare: (scene) => {
      for (const ordinal of [0, 1, 2]) scene.hot(ordinal).labels = { disk: 'nvme' };
      scene.pd.config.rules = [defaultRule(3), onDisks(3)];
    },
    said: 'placement rule TiDB_DDL_71/table_rule_71_0 asks for 3 stores with disk in nvme,ssd, and only 2 are left: add such stores, or change the placement policy first',
  },
  {
    title: 'the rules of a range ask for more stores together',
    prepare: ({ pd }) => {
      pd.config.rules = [
        defaultRule(2, { role: 'follower' }),
        defaultRule(1, { id: 'leader', role: 'leader' }),
      ];
    },
    base: 2,
    replicas: 0,
    said: 'the placement rules of a range ask for 3 stores together, and only 2 are left: add stores, or change the placement policy first',
  },
  {
    title: 'the isolation level asks for more zones',
    prepare: (scene) => {
      for (const i of [0, 1, 2]) base(scene.pd, i).labels = { zone: i === 0 ? 'a' : 'b' };
      for (const i of [0, 1, 2]) scene.hot(i).labels = { zone: i === 2 ? 'c' : 'a' };
      scene.pd.config.rules = [
        defaultRule(3, { location_labels: ['zone', 'host'], isolation_level: 'zone' }),
      ];
    },
    said: 'isolation-level zone asks for 3 of them, and the stores that are left are in 2: add stores in another, or lower isolation-level first',
  },
  {
    title: 'another store is drained',
    prepare: ({ pd }) => {
      base(pd, 1).state = 'Offline';
      pd.movesInRound = 0;
    },
    said: 'store 2 (basic-tikv-1.basic-tikv-peer.tidb.svc:20160) is drained first',
  },
  {
    title: 'another store is gone for the moment',
    prepare: ({ pd }) => {
      base(pd, 1).isRunning = false;
      pd.advance(30);
    },
    said: 'store 2 (basic-tikv-1.basic-tikv-peer.tidb.svc:20160) is Disconnected: see that it comes back, or drain it, too, with `pd-ctl store delete 2`',
  },
  {
    title: 'another store of the group is down',
    prepare: (scene) => {
      scene.hot(0).isRunning = false;
      scene.pd.movesInRound = 0;
      scene.pd.advance(1900);
    },
    said: `store 4 (${addressOf(0)}) is Down: see that it comes back, or drain it, too, with \`pd-ctl store delete 4\``,
  },
];

/** What PD itself says no to, which the checks before cannot see. */
const refusedByPd: Case[] = [
  {
    title: 'by its own count',
    prepare: ({ pd }) => {
      pd.config.maxReplicas = 6;
    },
    said: 'PD refuses to drain it: 400 "[PD:core:ErrStoresNotEnough]can not remove store 6 since the number of up stores would be 5 while need 6"',
  },
  {
    title: 'where nobody else may lead',
    prepare: ({ pd }) => {
      for (const id of [1, 2, 3, 4, 5]) pd.evict(id);
    },
    said: 'PD refuses to drain it: 400 "[PD:core:ErrNoStoreForRegionLeader]can not remove store 6 since there are no extra up store to store the leader"',
  },
];

/** What keeps the data where it is, once the store is Offline. */
const stalled: Case[] = [
  {
    title: 'the others are full',
    prepare: ({ pd }) => {
      for (const store of pd.stores.values()) store.available = 5;
    },
    said: `the stores that may take its data are full: add stores, or grow the volumes of ${[0, 1, 2].map((i) => `basic-tikv-${i}.basic-tikv-peer.tidb.svc:20160`).join(', ')}, ${[0, 1].map(addressOf).join(', ')}`,
  },
  {
    title: 'nothing is scheduled for replicas',
    prepare: ({ pd }) => {
      pd.config.replicaScheduleLimit = 0;
    },
    said: 'replica-schedule-limit is 0: `pd-ctl config set replica-schedule-limit 64`',
  },
  {
    title: 'stores that go are not replaced',
    prepare: ({ pd }) => {
      pd.config.replacesOffline = false;
    },
    said: 'enable-replace-offline-replica is off: `pd-ctl config set enable-replace-offline-replica true`',
  },
  {
    title: 'stores may take nothing',
    prepare: ({ pd }) => {
      for (const store of pd.stores.values()) store.addLimit = 0.1;
    },
    said: 'no store may take more than 0.1 replicas a minute: `pd-ctl store limit all 15 add-peer`',
  },
  {
    title: 'all is halted',
    prepare: ({ pd }) => {
      pd.config.isHalted = true;
    },
    said: 'halt-scheduling is on: `pd-ctl config set halt-scheduling false`',
  },
  {
    title: 'the checkers are paused',
    prepare: ({ pd }) => {
      pd.pausedCheckers.add('rule');
    },
    said: "PD's checkers are paused, as by a restore or an import: it goes on when they are resumed",
  },
  {
    title: 'a label denies it',
    prepare: ({ pd }) => {
      pd.isDenied = true;
    },
    said: 'a region label denies scheduling, as for a restore or an import: it goes on when that is taken away',
  },
  {
    title: 'a store went down meanwhile',
    prepare: ({ pd }) => {
      base(pd, 0).isRunning = false;
      pd.movesInRound = 0;
    },
    said: 'store 1 (basic-tikv-0.basic-tikv-peer.tidb.svc:20160) is Disconnected: see that it comes back, or drain it, too, with `pd-ctl store delete 1`',
  },
  {
    title: 'a placement policy came meanwhile',
    prepare: (scene) => {
      for (const i of [0, 1, 2]) scene.hot(i).labels = { disk: 'nvme' };
      scene.pd.config.rules = [onDisks(3)];
      for (const region of scene.pd.regions) {
        region.peers = [0, 1, 2].map((i) => ({ store: scene.hot(i).id, rule: onDisks(3) }));
        region.leader = scene.hot(0).id;
      }
    },
    said: 'placement rule TiDB_DDL_71/table_rule_71_0 asks for 3 stores with disk in nvme,ssd, and only 2 are left: add such stores, or change the placement policy first',
  },
  {
    title: 'nothing of it',
    prepare: ({ pd }) => {
      pd.movesInRound = 0;
    },
    said: "PD gives no reason, see `pd-ctl operator show` and PD's log",
  },
];

describe.each(inTurn(SHELLS, 1))('a drain under $name says', (shell) => {
  const check = it.skipIf(shell.missing || CURL.path === undefined || JQ.path === undefined);

  check.each(inTurn(refused, 0, 2))('why it does not begin, and changes nothing: $title', async (one) => {
    const scene = new DrainScene().fill(one.base ?? 3, 3);
    one.prepare(scene);
    const end = await scene.drain(shell, { replicas: one.replicas ?? 2, patience: 10 });
    expect(end).toMatchObject({ status: undefined, errors: '' });
    expect(end.lines).toEqual([`store ${scene.hot(2).id} (hot-tikv-2): not drained yet: ${one.said}`]);
    expect(changes(scene)).toEqual([]);
  });

  check.each(refusedByPd)('that PD refuses, and leaves no scheduler behind: $title', async (one) => {
    const scene = new DrainScene().fill(3, 3);
    one.prepare(scene);
    const before = [...scene.pd.evicting];
    const end = await scene.drain(shell, { replicas: 2, interval: 100, patience: 800 });
    expect(end).toMatchObject({ status: undefined, errors: '' });
    expect(end.lines.at(-1)).toBe(`store 6 (hot-tikv-2): ${one.said}`);
    expect([...scene.pd.evicting]).toEqual(before);
    expect(changes(scene).filter((request) => request === 'POST schedulers')).toHaveLength(1);
    expect(states(scene)).toEqual(['Up', 'Up', 'Up']);
  });

  check.each(inTurn(stalled, 1, 3))(
    'why the data does not move, and goes on when it does: $title',
    async (one) => {
      const scene = new DrainScene().fill(3, 3, 40);
      const id = scene.hot(2).id;
      scene.pd.movesInRound = 3;
      let until: (() => void) | undefined;
      const end = await scene.drain(shell, {
        replicas: 2,
        interval: 250,
        patience: 3000,
        onSleep: (_, slept) => {
          if (scene.hot(2).state === 'Offline' && until === undefined) {
            until = snapshot(scene);
            one.prepare(scene);
          }
          if (slept >= 1500) until?.();
          scene.pd.advance(30);
        },
      });
      const said = end.lines.filter((line) => line.includes('it does not get fewer'));
      expect(said[0]).toMatch(
        new RegExp(`^store ${id} \\(hot-tikv-2\\): its data moves away, \\d+ regions left`),
      );
      expect(said[0]?.split('; it does not get fewer: ')[1]).toBe(one.said);
      expect(end).toMatchObject({ status: 0, errors: '' });
      expect(scene.hot(2).state).toBe('Tombstone');
    },
  );
});

/** How to make all good again. */
function snapshot({ pd }: DrainScene): () => void {
  const { movesInRound, config } = pd;
  const before = { ...config };
  return () => {
    Object.assign(config, before);
    pd.movesInRound = movesInRound;
    pd.pausedCheckers.clear();
    pd.isDenied = false;
    for (const store of pd.stores.values()) {
      store.available = 80;
      store.addLimit = 15;
      store.isRunning = true;
      store.labels = { disk: 'nvme' };
    }
  };
}
