import { execFileSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import type { Plan, WorkloadChange } from '../../src/plan/index.ts';
import { CLUSTER, stream, TIDB_GROUP, TIKV_GROUP } from '../support/basic.ts';
import { codesOf, planOf } from '../support/plan.ts';
import { EXECUTABLE } from '../support/sandbox.ts';

const HOT = 'TiKVGroup db/hot';
const WEB = 'TiDBGroup db/web';
const BASE = 'TidbCluster db/basic';
/** Where stores restart that are rendered Plain. */
const HASTY = expect.stringMatching(
  /^Kubernetes goes on to the next store as soon as a container has started/,
);
const ALL = stream(CLUSTER, TIKV_GROUP, TIDB_GROUP);

type Change = readonly [from: string, to: string];

/** One change of the cluster `basic`, the stores `hot` and the servers `web`; what else there is stays as it is. */
interface Kind {
  readonly name: string;
  readonly change: Change;
  /** What to have on both sides before the change. */
  readonly given?: Change;
  readonly says: { readonly [workload: string]: readonly string[] };
  readonly dangers?: readonly string[];
}

const hot = (text: string): Change => ['    storage: 200Gi\n', `    storage: 200Gi\n${text}`];
const web = (text: string): Change => ['    type: ClusterIP\n', `    type: ClusterIP\n${text}`];

const KINDS: readonly Kind[] = [
  {
    name: 'a group comes',
    change: [TIDB_GROUP, `${TIDB_GROUP}---\n${TIDB_GROUP.replace('name: web', 'name: more')}`],
    says: { 'TiDBGroup db/more': ['created'] },
  },
  {
    name: 'a group goes',
    change: [`---\n${TIDB_GROUP}`, ''],
    says: { [WEB]: ['deleted'] },
    dangers: ['servers-removed'],
  },
  {
    name: 'more stores',
    change: ['replicas: 3\n  requests:\n    storage: 200Gi', 'replicas: 5\n  requests:\n    storage: 200Gi'],
    says: {
      [HOT]: [
        'scaled 3 → 5',
        'spec.replicas in-place',
        'PD moves data onto the new stores once they are up',
        expect.stringMatching(/^the Job hot-tikv-drain-[0-9a-f]{7} takes back a drain that has not ended, /),
      ],
    },
  },
  {
    name: 'fewer SQL servers',
    change: ['replicas: 2\n', 'replicas: 1\n'],
    says: { [WEB]: ['scaled 2 → 1', 'spec.replicas in-place'] },
  },
  {
    name: 'an autoscaler gets the number of servers',
    change: ['name: web\n', 'name: web\n  annotations: {groups.pingcap.com/autoscaled: "true"}\n'],
    says: {
      [WEB]: [
        'scaled 2 → undefined',
        'the number of replicas is now left to whatever scales it (see docs/gitops.md)',
      ],
    },
    dangers: ['replicas-handed-over'],
  },
  {
    name: 'an autoscaler has it no longer',
    given: ['name: web\n', 'name: web\n  annotations: {groups.pingcap.com/autoscaled: "true"}\n'],
    change: ['"true"', '"false"'],
    says: {
      [WEB]: [
        'scaled undefined → 2',
        'the number of replicas here counts again, whatever an autoscaler has set',
      ],
    },
  },
  {
    name: 'a variable for the servers',
    change: web('  env: [{name: GOGC, value: "200"}]\n'),
    says: { [WEB]: ['restarted', 'spec.env restart'] },
  },
  {
    name: 'another value of a variable, by the name of its item',
    given: web('  env: [{name: A, value: a}, {name: GOGC, value: "100"}]\n'),
    change: ['value: "100"', 'value: "200"'],
    says: { [WEB]: ['restarted', 'spec.env[GOGC].value restart'] },
  },
  {
    name: 'a label on the Service, in place',
    given: web('    labels: {team: a}\n'),
    change: ['{team: a}', '{team: b}'],
    says: { [WEB]: ['changed-in-place', 'spec.service.labels.team in-place'] },
  },
  {
    name: 'a key of the config that is taken online, in place',
    given: hot('  config: {log: {level: info}}\n'),
    change: ['level: info', 'level: warn'],
    says: {
      [HOT]: [
        'changed-in-place',
        'spec.config.log.level in-place',
        'log.level: info → warn sql SET CONFIG "ADDRESS" `log.level` = \'warn\';',
        'the config changes in place: a server reads it at its next restart; until then it keeps the old values, or those that a statement sets',
        "\"ADDRESS\" is a server of hot-tikv; `SELECT instance FROM information_schema.cluster_info WHERE type = 'tikv' AND instance LIKE 'hot-tikv-%.hot-tikv-peer.%';` lists them. Run the statement once for each: `SET CONFIG tikv` would change all such servers of the cluster",
      ],
    },
  },
  {
    name: 'a key that is read at a restart, where the config rolls',
    given: hot('  configUpdateStrategy: RollingUpdate\n  config: {server: {grpc-concurrency: 5}}\n'),
    change: ['grpc-concurrency: 5', 'grpc-concurrency: 6'],
    says: {
      [HOT]: [
        'restarted',
        'spec.config.server.grpc-concurrency restart',
        'server.grpc-concurrency: 5 → 6 restart',
        expect.stringMatching(/^Argo CD, Flux and kpt leave the ConfigMap hot-tikv-[0-9a-f]{7}, /),
      ],
    },
  },
  {
    name: 'a key of TiDB that a system variable sets',
    given: web('  config: |\n    [instance]\n    max_connections = 100\n'),
    change: ['max_connections = 100', 'max_connections = 200'],
    says: {
      [WEB]: [
        'changed-in-place',
        'spec.config in-place',
        'instance.max_connections: 100 → 200 sql SET GLOBAL max_connections = 200;',
        'the config changes in place: a server reads it at its next restart; until then it keeps the old values, or those that a statement sets',
        'a statement changes all servers of TiDB in the cluster, those of the TidbCluster and of other groups too, and not only web-tidb',
      ],
    },
  },
  {
    name: 'the same config as a map and as text',
    given: hot('  config: {log: {level: info}}\n'),
    change: ['  config: {log: {level: info}}\n', '  config: |\n    [log]\n    level = "info"\n'],
    says: { [HOT]: ['unchanged', 'spec.config none'] },
  },
  {
    name: 'pods that restart when somebody deletes them',
    given: web('  statefulSetUpdateStrategy: OnDelete\n  env: [{name: A, value: a}]\n'),
    change: ['value: a}', 'value: b}'],
    says: {
      [WEB]: [
        'restarted',
        'spec.env[A].value restart',
        'the update strategy is OnDelete: each pod keeps running unchanged until somebody deletes it',
      ],
    },
  },
  {
    name: 'servers that are suspended',
    change: web('  suspendAction: {suspendStatefulSet: true}\n'),
    says: { [WEB]: ['stopped', 'spec.suspendAction in-place'] },
    dangers: ['suspended'],
  },
  {
    name: 'larger volumes of a group, which Kubernetes refuses',
    change: ['storage: 200Gi', 'storage: 400Gi'],
    says: { [HOT]: ['refused', 'spec.requests.storage refused', 'volume tikv grown 200Gi → 400Gi'] },
    dangers: ['claims-changed'],
  },
  {
    name: 'another volume, which is mounted',
    change: hot('  storageVolumes: [{name: logs, storageSize: 5Gi, mountPath: /logs}]\n'),
    says: {
      [HOT]: ['refused', 'restarted', 'spec.storageVolumes restart', 'volume tikv-logs added – → 5Gi'],
    },
    dangers: ['claims-changed'],
  },
  {
    name: 'memory of stores that are rendered Plain',
    given: ['name: hot\n', 'name: hot\n  annotations: {groups.pingcap.com/rollout: Plain}\n'],
    change: hot('  limits: {memory: 4Gi}\n'),
    says: { [HOT]: ['restarted', 'spec.limits restart', HASTY] },
  },
  {
    name: 'larger volumes of the base, which the operator grows',
    change: ['storage: 100Gi', 'storage: 150Gi'],
    says: {
      [`${BASE}: tikv`]: [
        'changed-in-place',
        'spec.tikv.requests.storage in-place',
        'volume tikv grown 100Gi → 150Gi',
        'TiDB Operator grows the volumes in place, if their storage class allows it',
      ],
    },
  },
  {
    name: 'fewer stores of the base, which the operator drains',
    given: [
      'replicas: 3\n    requests:\n      storage: 100Gi',
      'replicas: 5\n    requests:\n      storage: 100Gi',
    ],
    change: ['replicas: 5', 'replicas: 4'],
    says: {
      [`${BASE}: tikv`]: ['scaled 5 → 4', 'spec.tikv.replicas in-place'],
      // That budget is over the stores of both.
      [HOT]: ['changed-in-place', 'spec.minAvailable of PodDisruptionBudget db/basic-tikv in-place'],
    },
  },
  {
    name: 'a setting of PD that it keeps in its own store',
    given: [
      '      storage: 10Gi\n    config: ""',
      '      storage: 10Gi\n    config: {schedule: {leader-schedule-limit: 4}}',
    ],
    change: ['leader-schedule-limit: 4', 'leader-schedule-limit: 8'],
    says: {
      [`${BASE}: pd`]: [
        'changed-in-place',
        'spec.pd.config in-place',
        'schedule.leader-schedule-limit: 4 → 8 sql-only SET CONFIG pd `schedule.leader-schedule-limit` = 8;',
        'PD keeps scheduling and replication settings in its own store: on a running cluster the file changes none of them; use statements or pd-ctl',
      ],
    },
  },
  {
    name: 'memory of PD',
    change: ['      storage: 10Gi\n', '      storage: 10Gi\n    limits: {memory: 4Gi}\n'],
    says: { [`${BASE}: pd`]: ['restarted', 'spec.pd.limits restart'] },
  },
  {
    name: 'a setting of the cluster that groups inherit',
    change: ['timezone: UTC', 'timezone: Asia/Tokyo'],
    says: {
      [`${BASE}: pd`]: ['restarted', 'spec.timezone restart'],
      [`${BASE}: tikv`]: ['restarted', 'spec.timezone restart'],
      [HOT]: ['restarted', `spec.timezone of ${BASE} restart`],
      [WEB]: ['restarted', `spec.timezone of ${BASE} restart`],
    },
    dangers: ['stores-roll-together'],
  },
  {
    name: 'one that a group says otherwise',
    given: hot('  schedulerName: own\n'),
    change: ['  timezone: UTC\n', '  timezone: UTC\n  schedulerName: other\n'],
    says: {
      [`${BASE}: pd`]: ['restarted', 'spec.schedulerName restart'],
      [`${BASE}: tikv`]: ['restarted', 'spec.schedulerName restart'],
      [WEB]: ['restarted', `spec.schedulerName of ${BASE} restart`],
    },
  },
  { name: 'a comment', change: ['spec:\n', 'spec: # as agreed\n'], says: {} },
  {
    name: 'a number that Kubernetes reads the same',
    change: ['200Gi', '204800Mi'],
    says: { [HOT]: ['unchanged', 'spec.requests.storage none'] },
  },
];

describe.each(KINDS)('$name', ({ change, given, says, dangers = [] }) => {
  const old = given === undefined ? ALL : replaced(ALL, given);
  const now = replaced(old, change);

  test('is said of the workloads that it is about, and of no others', async () => {
    const plan = await planOf(old, now);
    expect(shown(plan)).toEqual(says);
    expect(codesOf(plan.dangers)).toEqual(dangers);
  });
});

function replaced(text: string, [from, to]: Change): string {
  if (!text.includes(from)) throw new Error(`there is no "${from}"`);
  return text.replace(from, () => to);
}

function shown({ workloads }: Plan): { [workload: string]: string[] } {
  const entries = workloads.map((change): [string, string[]] => [change.workload, linesOf(change)]);
  return Object.fromEntries(entries.filter(([, lines]) => lines.join() !== 'unchanged'));
}

function linesOf({ owner, verdicts, replicas, fields, volumes, config, notes }: WorkloadChange): string[] {
  const own = `${owner.kind} ${owner.namespace}/${owner.name}`;
  return [
    ...verdicts.map((verdict) =>
      verdict === 'scaled' ? `scaled ${replicas.old} → ${replicas.new}` : verdict,
    ),
    ...fields.map(({ of, field, effect }) => `${field}${of === own ? '' : ` of ${of}`} ${effect}`),
    ...volumes.map(
      ({ volume, verdict, old, new: now }) =>
        `volume ${volume} ${verdict} ${old?.size ?? '–'} → ${now?.size ?? '–'}`,
    ),
    ...config.map(({ key, old, new: now, takes, statement }) =>
      [`${key}: ${old} → ${now} ${takes}`, statement].filter((part) => part !== undefined).join(' '),
    ),
    ...notes,
  ];
}

test('restarts are said in the order in which they happen, each workload from its last pod on', async () => {
  const { restarts } = await planOf(ALL, ALL.replace('timezone: UTC', 'timezone: Asia/Tokyo'));
  const lanes = restarts.flatMap((step) =>
    step.lanes.map((lane) => lane.flatMap(({ pods }) => pods).join(' ')),
  );
  expect(lanes).toEqual([
    'basic-pd-2 basic-pd-1 basic-pd-0 basic-tikv-2 basic-tikv-1 basic-tikv-0',
    'hot-tikv-2 hot-tikv-1 hot-tikv-0',
    'web-tidb-1 web-tidb-0',
  ]);
});

describe('what an earlier version rendered, with more of it left to Kubernetes or in another spelling', () => {
  const groups = replaced(ALL, hot('  limits: {cpu: 2}\n  env: [{name: A, value: ""}]\n'));
  const DEFAULTS = /^ +(?:apiVersion: v1|protocol: TCP|resources: \{\}|volumeMode: Filesystem)\n/gm;
  const SPELLING: readonly Change[] = [
    ["cpu: '2'", 'cpu: 2000m'],
    ['- name: A\n', '- name: A\n          value: ""\n'],
  ];
  const sides = () => {
    const rendered = execFileSync(EXECUTABLE, ['render', '-'], { input: groups, encoding: 'utf8' });
    const earlier = SPELLING.reduce(replaced, rendered.replaceAll(DEFAULTS, ''));
    expect(new Set(rendered.match(DEFAULTS)?.map((line) => line.trim())).size).toBe(4);
    return { rendered, earlier, groups };
  };

  test.each([
    ['is what is rendered now', 'earlier', 'rendered'],
    ['is what it was, where it is rendered back', 'rendered', 'earlier'],
    ['is what the groups come to', 'earlier', 'groups'],
  ] as const)('%s', async (_, old, now) => {
    const { [old]: before, [now]: after } = sides();
    const plan = await planOf(before, after);
    expect(shown(plan)).toEqual({});
    expect(plan).toMatchObject({ verdict: 'unchanged', dangers: [] });
  });
});
