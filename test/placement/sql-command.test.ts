import { spawnSync } from 'node:child_process';
import { afterAll, describe, expect, test } from 'vitest';
import { APPLY_SH } from '../../src/placement/scripts.generated.ts';
import { CLUSTER, configMap, stream, tikvGroup } from '../support/basic.ts';
import { created } from '../support/kubernetes-judge.ts';
import { judgePlacement } from '../support/placement-judge.ts';
import { readYaml } from '../support/read-yaml.ts';
import { type Ran, Sandbox } from '../support/sandbox.ts';
import { ScriptDirectory } from '../support/script.ts';
import { SHELLS } from '../support/start.ts';
import { CURL, describeWith, KUBERNETES_JUDGE, PLACEMENT_JUDGE, SHELLCHECK } from '../support/tools.ts';

const LABELED = (name: string, labels: string, replicas = 3) => `apiVersion: pingcap.com/v1alpha1
kind: TiKVGroup
metadata: {name: ${name}, namespace: tidb}
spec:
  cluster: {name: basic}
  replicas: ${replicas}
  requests: {storage: 100Gi}
  config: {server: {labels: ${labels}}}
`;

const HOT = LABELED('hot', '{disk: nvme}');
const COLD = LABELED('cold', '{disk: hdd}');

function cluster(version: string, more = ''): string {
  return `apiVersion: pingcap.com/v1alpha1
kind: TidbCluster
metadata: {name: basic, namespace: tidb}
spec:
  version: ${version}
  pd: {replicas: 3, requests: {storage: 10Gi}, config: {replication: {location-labels: [zone, host]}}}
  tikv: {replicas: 3, requests: {storage: 10Gi}, config: {}}
  tidb: {replicas: 2, service: {type: ClusterIP}${more}}
`;
}

function policies(sql: string): string {
  const lines = sql.split('\n').map((line) => `    ${line}`);
  return `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: policies, namespace: tidb}\ndata:\n  placement.sql: |\n${lines.join('\n')}\n`;
}

function sql(documents: readonly string[], ...args: string[]): Ran {
  return new Sandbox({ 'all.yaml': stream(...documents) }).groups(['sql', ...args, 'all.yaml']);
}

describe('the policies', () => {
  test('are those of the groups, and can be run again', () => {
    expect(sql([cluster('v8.5.7'), COLD, HOT])).toEqual({
      status: 0,
      stderr: '',
      stdout: `-- Policies for the groups of TidbCluster tidb/basic. To run them takes the privilege PLACEMENT_ADMIN.
-- TiKVGroup cold, 3 stores: ALTER TABLE t PLACEMENT POLICY = \`cold\`
CREATE PLACEMENT POLICY IF NOT EXISTS \`cold\` CONSTRAINTS='[+disk=hdd]' FOLLOWERS=2 SURVIVAL_PREFERENCES='[zone, host]';
ALTER PLACEMENT POLICY \`cold\` CONSTRAINTS='[+disk=hdd]' FOLLOWERS=2 SURVIVAL_PREFERENCES='[zone, host]';

-- TiKVGroup hot, 3 stores: ALTER TABLE t PLACEMENT POLICY = \`hot\`
CREATE PLACEMENT POLICY IF NOT EXISTS \`hot\` CONSTRAINTS='[+disk=nvme]' FOLLOWERS=2 SURVIVAL_PREFERENCES='[zone, host]';
ALTER PLACEMENT POLICY \`hot\` CONSTRAINTS='[+disk=nvme]' FOLLOWERS=2 SURVIVAL_PREFERENCES='[zone, host]';
`,
    });
  });

  test.each([
    ['v6.6.0', true],
    ['v6.5.12', false],
    ['v6.1.0', false],
    ['nightly', true],
  ])('have no option that TiDB %s lacks', (version, has) => {
    const { status, stdout } = sql([cluster(version), HOT]);
    expect(status).toBe(0);
    expect(stdout.includes('SURVIVAL_PREFERENCES')).toBe(has);
  });

  test('are refused where TiDB has none', () => {
    const { status, stdout, stderr } = sql([cluster('v5.4.3'), HOT]);
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toContain('need TiDB v6.0');
  });

  test('keep as many replicas as the cluster', () => {
    const five = cluster('v8.5.7').replace('location-labels: [zone, host]', 'max-replicas: 5');
    expect(sql([five, LABELED('hot', '{disk: nvme}', 5)]).stdout).toContain(
      "CONSTRAINTS='[+disk=nvme]' FOLLOWERS=4;",
    );
  });

  test('leave out a group that has fewer stores than replicas', () => {
    const { status, stdout, stderr } = sql([cluster('v8.5.7'), LABELED('hot', '{disk: nvme}', 2), COLD]);
    expect(status).toBe(0);
    expect(stdout.match(/CREATE PLACEMENT POLICY/g)).toHaveLength(1);
    expect(stderr).toContain(
      'all.yaml:15:13: warning: TiKVGroup tidb/hot: a placement policy keeps 3 replicas, each on a store of its own, but the group has 2 stores',
    );
  });

  test.each(['group', '$group'])(
    'are one for all stores that the label `%s` names, as those of zones',
    (key) => {
      const zone = (name: string) => LABELED(`hot-${name}`, `{"${key}": hot, zone: ${name}}`, 1);
      const { status, stdout, stderr } = sql([cluster('v8.5.7'), zone('a'), COLD, zone('b'), zone('c')]);
      expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
      expect(stdout).toContain(
        '-- TiKVGroup hot-a, hot-b and hot-c, 3 stores: ALTER TABLE t PLACEMENT POLICY = `hot`\n',
      );
      expect(stdout).toContain(
        `CREATE PLACEMENT POLICY IF NOT EXISTS \`hot\` CONSTRAINTS='[+${key}=hot]' FOLLOWERS=2`,
      );
      expect(stdout.match(/CREATE PLACEMENT POLICY/g)).toHaveLength(2);
    },
  );

  const ZONES = [
    '[a, b, c]',
    '[{name: a, keepsName: true}, b, c]',
    '[{name: b, keepsName: true, replicas: 5}, a, c]',
  ];
  const ZONED = (zones: string, labels: string, more = '') =>
    LABELED('hot', labels, 9).replace('  config', `  zones: ${zones}\n${more}  config`);

  describe.each(ZONES)('of a group with the zones %s', (zones) => {
    test.each([
      ['{disk: nvme}', '', '[+disk=nvme]'],
      ['{}', '  groupLabel: true\n', '[+group=hot]'],
      ['{disk: nvme}', '  groupLabel: true\n', '[+group=hot]'],
      ['{}', '  exclusive: true\n', '[+$group=hot]'],
    ])('are one over all of them, with the labels %s%s', (labels, more, constraints) => {
      const sandbox = new Sandbox({
        'all.yaml': stream(cluster('v8.5.7'), COLD, ZONED(zones, labels, more)),
      });
      const { stdout, stderr } = sandbox.groups(['sql', 'all.yaml']);
      expect(stderr).toBe('');
      expect(stdout).toContain(', 9 stores: ALTER TABLE t PLACEMENT POLICY = `hot`\n');
      expect(stdout).toContain(`CREATE PLACEMENT POLICY IF NOT EXISTS \`hot\` CONSTRAINTS='${constraints}' `);
      expect(stdout.match(/CREATE PLACEMENT POLICY/g)).toHaveLength(2);
      sandbox.write({ 'rendered.yaml': sandbox.groups(['render', 'all.yaml']).stdout });
      expect(sandbox.groups(['sql', 'rendered.yaml']).stdout).toBe(stdout);
    });

    test('are none where no label tells its stores from others, and one message says what gives them one', () => {
      const { stdout, stderr } = sql([cluster('v8.5.7'), ZONED(zones, '{}')]);
      expect(stdout).not.toContain('CREATE PLACEMENT POLICY');
      expect(stderr).toMatch(
        /^all\.yaml:14:3: warning: TiKVGroup tidb\/hot: .*`groupLabel: true`, .*\[policy-group\]\n$/,
      );
    });
  });

  test('are none for zones that have fewer stores than replicas together', () => {
    const few = ZONED('[a, b]', '{disk: nvme}').replace('replicas: 9', 'replicas: 2');
    const { stdout, stderr } = sql([cluster('v8.5.7'), few]);
    expect(stdout).not.toContain('CREATE PLACEMENT POLICY');
    expect(stderr.match(/but the group has 2 stores/g)).toHaveLength(1);
  });

  test('are there for a group like others once it has the label that a message names', () => {
    const bare = tikvGroup('hot', 'basic', '', 'tidb');
    const without = sql([cluster('v8.5.7'), bare]);
    expect(without.stderr).toContain('write `groupLabel: true`, which gives them the label `group: hot`');
    const { stdout, stderr } = sql([cluster('v8.5.7'), `${bare}  groupLabel: true\n`]);
    expect(stderr).toBe('');
    expect(stdout).toContain("CONSTRAINTS='[+group=hot]'");
  });

  test('leave out a group whose stores are like others, and say so', () => {
    const { status, stdout, stderr } = sql([cluster('v8.5.7'), HOT, LABELED('warm', '{disk: nvme}'), COLD]);
    expect(status).toBe(0);
    expect(stdout.match(/CREATE PLACEMENT POLICY/g)).toHaveLength(1);
    expect(stderr.match(/\[policy-group\]/g)).toHaveLength(2);
  });

  test('are of one cluster, which has to be named where there are several', () => {
    const other = cluster('v8.5.7').replace('name: basic', 'name: other');
    const { status, stderr } = sql([cluster('v8.5.7'), other, HOT]);
    expect(status).toBe(2);
    expect(stderr).toContain('"tidb/basic" and "tidb/other"; name one with --cluster');
    for (const name of ['basic', 'tidb/basic']) {
      expect(sql([cluster('v8.5.7'), other, HOT], '--cluster', name).stdout).toContain('`hot`');
    }
  });

  test('are the same of sources and of what is rendered', () => {
    const sandbox = new Sandbox({ 'all.yaml': stream(cluster('v8.5.7'), HOT, COLD) });
    sandbox.write({ 'rendered.yaml': sandbox.groups(['render', 'all.yaml']).stdout });
    expect(sandbox.groups(['sql', 'rendered.yaml'])).toEqual(sandbox.groups(['sql', 'all.yaml']));
  });

  test.skipIf(PLACEMENT_JUDGE.path === undefined)(
    'of the examples match those stores only, to TiDB and PD',
    () => {
      const sandbox = new Sandbox();
      sandbox.copy('examples/kpt/package', 'package');
      const { stdout } = sandbox.groups(['sql', 'package']);
      const [[verdict] = []] = judgePlacement([
        {
          texts: [stdout],
          stores: [{}, { disk: 'nvme' }, { disk: 'hdd' }, { disk: 'hdd', engine: 'tiflash' }],
        },
      ]);
      const found = verdict?.policies.map(({ verb, name, matches }) => [verb, name, Object.values(matches)]);
      expect(found).toEqual([
        ['CREATE', 'cold', [[2]]],
        ['ALTER', 'cold', [[2]]],
        ['CREATE', 'hot', [[1]]],
        ['ALTER', 'hot', [[1]]],
      ]);
    },
  );
});

/** What is said of a policy, if anything; its options stand behind its name. */
const CHECKS: readonly [options: string, says: RegExp | undefined][] = [
  ["CONSTRAINTS='[+disk=nvme]'", undefined],
  ["CONSTRAINTS='[+disk=nvme]' FOLLOWERS=2", undefined],
  [
    "CONSTRAINTS='[+disk=nvme]' FOLLOWERS=3",
    /wants 4 replicas on stores with "\+disk=nvme", but .* only 3 \(hot\)/,
  ],
  ["CONSTRAINTS='[+disk=ssd]'", /wants 3 replicas .* has none; the stores have "disk=nvme" and "disk=hdd"/],
  ["CONSTRAINTS='[+rack=a]'", /no store has the label `rack`/],
  ["CONSTRAINTS='[-disk=nvme]' FOLLOWERS=5", undefined],
  ["CONSTRAINTS='[-disk=nvme]' FOLLOWERS=6", /wants 7 replicas/],
  ["CONSTRAINTS='{+disk=nvme:3}'", /must have a blank between the colon and the number/],
  ['CONSTRAINTS=\'{"+disk=nvme": 3}\'', undefined],
  ['CONSTRAINTS=\'{"+disk=nvme": 2, "+disk=hdd": 1}\'', undefined],
  ['CONSTRAINTS=\'{"+disk=nvme": 4}\'', /wants 4 replicas/],
  ['CONSTRAINTS=\'{"+disk=nvme": 3}\' FOLLOWERS=2', /FOLLOWERS beside a map/],
  ["PRIMARY_REGION='a' REGIONS='a,b' CONSTRAINTS='[+disk=nvme]'", /PRIMARY_REGION beside CONSTRAINTS/],
  ["PRIMARY_REGION='c' REGIONS='a,b'", /must be one of REGIONS/],
  ["PRIMARY_REGION='a' REGIONS='a,b'", /wants 2 replicas on stores with "\+region=a"/],
  ['LEADER_CONSTRAINTS=\'{"+disk=nvme": 1}\'', /only a list there/],
  ["LEADER_CONSTRAINTS='[+disk=nvme]' FOLLOWER_CONSTRAINTS='[+disk=hdd]'", undefined],
  [
    "LEADER_CONSTRAINTS='[+disk=nvme]' FOLLOWER_CONSTRAINTS='[+disk=hdd]' FOLLOWERS=4",
    /wants 4 replicas on stores with "\+disk=hdd"/,
  ],
  ["LEARNER_CONSTRAINTS='[+disk=hdd]'", /no LEARNERS/],
  [
    'FOLLOWERS=3 FOLLOWER_CONSTRAINTS=\'{"+disk=nvme": 1, "+disk=hdd": 1}\'',
    /has 2 replicas in FOLLOWER_CONSTRAINTS, but FOLLOWERS is 3/,
  ],
  ['FOLLOWERS=2 FOLLOWER_CONSTRAINTS=\'{"+disk=nvme": 1, "+disk=hdd": 1}\'', undefined],
  ['FOLLOWER_CONSTRAINTS=\'{"+disk=nvme": 1}\'', undefined],
  [
    'CONSTRAINTS=\'{"+disk=nvme": 1}\' FOLLOWER_CONSTRAINTS=\'{"+disk=hdd": 1}\'',
    /has 1 replica in FOLLOWER_CONSTRAINTS, but FOLLOWERS is 2/,
  ],
  [
    'LEARNERS=2 LEARNER_CONSTRAINTS=\'{"+disk=hdd": 1}\'',
    /has 1 replica in LEARNER_CONSTRAINTS, but LEARNERS is 2/,
  ],
  [
    "CONSTRAINTS='[+disk=nvme]' FOLLOWER_CONSTRAINTS='[-disk=nvme]'",
    /has CONSTRAINTS and FOLLOWER_CONSTRAINTS for the same replicas, and has "\+disk=nvme" and "-disk=nvme"/,
  ],
  ["CONSTRAINTS='[+disk=nvme]' LEADER_CONSTRAINTS='[+disk=hdd]'", /which no store fulfills/],
  ["CONSTRAINTS='[+disk=nvme]' LEADER_CONSTRAINTS='[+disk=nvme]' FOLLOWERS=2", undefined],
  ["CONSTRAINTS='[+disk=nvme]' LEADER_CONSTRAINTS='[+disk=nvme]' FOLLOWERS=3", /wants 4 replicas/],
  ["PRIMARY_REGION='a' REGIONS='a,b' SCHEDULE='BOGUS'", /SCHEDULE="BOGUS", which TiDB does not know/],
  ["CONSTRAINTS='[disk=nvme]'", /write a constraint as "\+key=value"/],
  ["CONSTRAINTS='[+disk=nvme'", /must be YAML/],
  ["CONSTRAINTS='[+disk=nvme, -disk=nvme]'", /which no store fulfills/],
  ["CONSTRAINTS='[+engine=tiflash]'", /SET TIFLASH REPLICA/],
  ['FOLLOWERS=9', /TiDB takes 8 at most/],
  ['FOLLOWERS=0', /cannot be read beyond "0"/],
  ["CONSTRAINT='[+disk=nvme]'", /cannot be read beyond "CONSTRAINT"/],
  ['', /ends too early/],
  ["CONSTRAINTS='[+disk=nvme, +disk=nvme]' FOLLOWERS=3", /on stores with "\+disk=nvme", but/],
  ["CONSTRAINTS='[-disk=nvme, +disk=ssd]'", /the stores have "disk=nvme" and "disk=hdd": name one/],
  ["CONSTRAINTS='[+disk=nvme, +rack=a]'", /no store has the label `rack`/],
  ["CONSTRAINTS='[-disk=hdd, +disk=nvme]' FOLLOWERS=3", /only 3 \(hot\); ask for fewer replicas/],
  ["SCHEDULE='EVEN' FOLLOWERS=8", undefined],
  [
    'CONSTRAINTS=\'{"+disk=nvme": 3, "-disk=hdd": 4}\'',
    /wants 7 replicas altogether, .* has only 6 stores that match \(hot and basic\)/,
  ],
  [
    'CONSTRAINTS=\'{"+disk=nvme": 3, "+disk=hdd": 3, "-disk=hdd": 4}\'',
    /wants 10 replicas altogether, .* has only 9 stores; ask/,
  ],
  ["LEADER_CONSTRAINTS='[+disk=nvme]' FOLLOWERS=8", undefined],
  ["CONSTRAINTS='[+disk=nvme]' SURVIVAL_PREFERENCES='zone'", /must be a list of labels/],
];

describe('policies that are there already', () => {
  test('are found wanting, or right', () => {
    const text = CHECKS.map(([options]) => `CREATE PLACEMENT POLICY p ${options};\n`).join('');
    const sandbox = new Sandbox({ 'all.yaml': stream(cluster('v8.5.7'), HOT, COLD), 'all.sql': text });
    const { status, stderr } = sandbox.groups(['sql', '--check', 'all.sql', 'all.yaml']);
    expect(status).toBe(1);
    const said = CHECKS.map((_, index) =>
      stderr.split('\n').filter((line) => line.startsWith(`all.sql:${index + 1}:`)),
    );
    for (const [index, [options, says]] of CHECKS.entries()) {
      const [line = ''] = said[index] ?? [];
      expect({ options, line, isRight: says === undefined ? line === '' : says.test(line) }).toEqual({
        options,
        line,
        isRight: true,
      });
    }
  });

  /** What the stores are labeled with, as `labels@replicas`; then a policy, and what is said of it. */
  const FEW: readonly [stores: readonly string[], options: string, says: RegExp | undefined][] = [
    [['{zone: a}@4'], "LEADER_CONSTRAINTS='[+zone=a]' FOLLOWERS=3", undefined],
    [['{zone: a}@4'], "LEADER_CONSTRAINTS='[+zone=a]' FOLLOWERS=4", /wants 5 replicas altogether.* 4 stores/],
    [['{zone: a}@4'], "SCHEDULE='EVEN' FOLLOWERS=7", /wants 8 replicas on any store, but .* only 4 \(g0\)/],
    [
      ['{region: r}@2'],
      "PRIMARY_REGION='r' REGIONS='r' SCHEDULE='MAJORITY_IN_PRIMARY' FOLLOWERS=2",
      /wants 3 replicas altogether/,
    ],
    [
      ['{region: r}@2', '{}@1'],
      "PRIMARY_REGION='r' REGIONS='r' SCHEDULE='MAJORITY_IN_PRIMARY' FOLLOWERS=2",
      undefined,
    ],
    [['{region: r}@3', '{region: s}@3'], "PRIMARY_REGION='r' REGIONS='r,s' FOLLOWERS=4", undefined],
    [['{zone: a}@3'], "CONSTRAINTS='[+zone=a, +disk=hdd]'", /no store has the label `disk`/],
    [
      ['{zone: a}@3', '{disk: hdd}@3'],
      "CONSTRAINTS='[+zone=a, +disk=hdd]'",
      /has none; ask for fewer replicas, or add stores/,
    ],
    [['{zone: a}@0', '{}@3'], "CONSTRAINTS='[+zone=a]'", /TiKVGroup g0 would match, but has no replicas/],
    [
      ['{zone: a}@3\n  suspendAction: {suspendStatefulSet: true}\n', '{}@3'],
      "CONSTRAINTS='[+zone=a]'",
      /has none; TiKVGroup g0 would match, but is suspended/,
    ],
    [
      Array.from({ length: 8 }, (_, index) => `{zone: z${index}}@1`),
      "CONSTRAINTS='[+zone=a]'",
      /has none; the stores have "zone=z0", "zone=z1", "zone=z2", "zone=z3", "zone=z4" and 3 more: name/,
    ],
  ];

  test.each(FEW)('on stores with %j, where options are %s', (stores, options, says) => {
    const bare = cluster('v8.5.7').replace(/^ {2}tikv: .*\n/m, '');
    const groups = stores.map((one, index) => {
      const [labels = '', count = ''] = one.split('@');
      return `${LABELED(`g${index}`, labels, Number.parseInt(count, 10))}${count.replace(/^\d+\n?/, '')}`;
    });
    const { stderr } = sql([bare, ...groups, policies(`CREATE PLACEMENT POLICY p ${options};`)]);
    const said = stderr.split('\n').filter((line) => line.includes('the placement policy'));
    expect({ said, is: says === undefined ? said.length === 0 : says.test(said.join()) }).toEqual({
      said,
      is: true,
    });
  });

  test('are shown where they stand, in a ConfigMap and in a file', () => {
    const text = "-- ours\nCREATE PLACEMENT POLICY p\n  CONSTRAINTS='[+disk=ssd]';";
    const document = policies(text);
    const line =
      stream(cluster('v8.5.7'), HOT).split('\n').length +
      document.split('\n').findIndex((one) => one.includes('[+disk=ssd]'));
    const { stderr } = sql([cluster('v8.5.7'), HOT, document]);
    expect(stderr).toMatch(new RegExp(`^all\\.yaml:${line + 1}:19: error: ConfigMap tidb/policies: `));
    const sandbox = new Sandbox({ 'all.yaml': stream(cluster('v8.5.7'), HOT), 'a.sql': text });
    expect(sandbox.groups(['sql', '--check', 'a.sql', 'all.yaml']).stderr).toMatch(/^a\.sql:3:15: error: /);
  });

  test('are taken where TiDB Operator copies the label from nodes, and only for the stores that it runs', () => {
    const fromNodes = (count: number) =>
      policies(`CREATE PLACEMENT POLICY p CONSTRAINTS='{"+zone=a": ${count}}';`);
    expect(sql([cluster('v8.5.7'), HOT, fromNodes(3)])).toMatchObject({ status: 0, stderr: '' });
    expect(sql([cluster('v8.5.7'), HOT, fromNodes(4)]).stderr).toContain('only 3 (basic)');
    const operated =
      'apiVersion: groups.pingcap.com/v1alpha1\nkind: ExpandTidbGroups\nmetadata: {name: a}\nspec: {output: TidbCluster}\n';
    expect(sql([cluster('v8.5.7'), HOT, fromNodes(4), operated])).toMatchObject({ status: 0, stderr: '' });
  });

  test('need a version that has what they use', () => {
    const document = policies(
      "CREATE PLACEMENT POLICY p CONSTRAINTS='[+disk=nvme]' SURVIVAL_PREFERENCES='[zone]';",
    );
    expect(sql([cluster('v6.5.0'), HOT, document]).stderr).toContain('needs TiDB v6.6');
  });

  test('count only where they are SQL: other texts in ConfigMaps are nobody’s business', () => {
    const other = policies('CREATE PLACEMENT POLICY p FOLLOWERS=0;').replace('placement.sql', 'notes.txt');
    expect(sql([cluster('v8.5.7'), HOT, other, configMap('a')])).toMatchObject({ status: 0, stderr: '' });
  });
});

describe('the Job', () => {
  const JOB = ['--image', 'example/mysql:8', '--secret', 'root-password'];

  test('is there where an image and a Secret are named, and both must be', () => {
    expect(sql([cluster('v8.5.7'), HOT], '--image', 'a')).toMatchObject({ status: 2 });
    expect(sql([cluster('v8.5.7'), HOT], '--image', 'A B', '--secret', 'a')).toMatchObject({ status: 2 });
    expect(sql([cluster('v8.5.7'), HOT], '--image', 'a', '--secret', 'A')).toMatchObject({ status: 2 });
    const [files, job] = readYaml(sql([cluster('v8.5.7'), HOT], ...JOB).stdout);
    expect(files?.data).toEqual({ 'placement.sql': sql([cluster('v8.5.7'), HOT]).stdout });
    expect(job).toMatchObject({
      kind: 'Job',
      metadata: { namespace: 'tidb', annotations: { 'argocd.argoproj.io/sync-wave': '3' } },
    });
  });

  test('has another name where the SQL is another, and only there', () => {
    const nameOf = (...documents: string[]) =>
      readYaml(sql([cluster('v8.5.7'), ...documents], ...JOB).stdout)[1]?.metadata;
    expect(nameOf(HOT)).toEqual(nameOf(HOT));
    expect(nameOf(HOT)).not.toEqual(nameOf(HOT, COLD));
  });

  test('has a client certificate where the servers want one', () => {
    const { stdout } = sql([cluster('v8.5.7', ', tlsClient: {enabled: true}'), HOT], ...JOB);
    expect(stdout).toContain('secretName: basic-tidb-client-secret');
    expect(stdout).toContain('--ssl-cert=/var/lib/tidb-client-tls/tls.crt');
    expect(sql([cluster('v8.5.7'), HOT], ...JOB).stdout).not.toContain('tls');
  });

  test('needs a Service', () => {
    const bare = cluster('v8.5.7').replace(/^ {2}tidb: .*\n/m, '');
    expect(sql([bare, HOT], ...JOB).stderr).toContain('needs SQL servers with a Service');
    expect(sql([CLUSTER, tikvGroup('hot', 'basic')], ...JOB).stderr).toContain('nothing to do');
  });

  test('is no mistake to its own check', () => {
    const resources = [cluster('v8.5.7'), HOT, COLD];
    const job = sql(resources, ...JOB).stdout;
    expect(sql([...resources, job], ...JOB)).toEqual({ status: 0, stdout: job, stderr: '' });
  });

  describeWith([KUBERNETES_JUDGE], 'to an API server', () => {
    test('is what it takes', () => {
      const resources = readYaml(
        sql([cluster('v8.5.7', ', tlsClient: {enabled: true}'), HOT], ...JOB).stdout,
      );
      expect(created(resources).map(({ refused }) => refused)).toEqual([undefined, undefined]);
    });
  });

  test.skipIf(SHELLCHECK.path === undefined)('has a clean script', () => {
    const { stdout } = spawnSync(SHELLCHECK.path ?? '', ['--shell=sh', '-'], {
      input: APPLY_SH,
      encoding: 'utf8',
    });
    expect(stdout).toBe('');
  });
});

describe.each(SHELLS)('the script of the Job under $name', (shell) => {
  const directories: ScriptDirectory[] = [];
  afterAll(() => {
    for (const directory of directories) directory.remove();
  });

  test.skipIf(shell.missing || CURL.path === undefined).each(['mysql', 'mariadb'])(
    'waits for a server, and runs the SQL with %s',
    async (client) => {
      const directory = new ScriptDirectory({ asked: '', ready: '' });
      directories.push(directory);
      directory.write('placement.sql', 'SELECT 2;');
      directory.write('apply.sh', APPLY_SH.replace('/etc/placement', directory.path));
      directory.addProgram(
        client,
        `echo "$*" >>'${directory.path}/asked'\ncase "$*" in *execute*) grep -q yes '${directory.path}/ready' ;; *) cat >>'${directory.path}/asked' ;; esac`,
      );
      const env = { TIDB_HOST: 'basic-tidb', TIDB_PORT: '4000' };
      const onSleep = (_: number, slept: number) => {
        if (slept >= 10) directory.write('ready', 'yes');
      };
      const { status } = await directory.run('apply.sh', shell, { env, onSleep, args: ['--ssl-ca=a'] });
      const login = '--host=basic-tidb --port=4000 --user=root --ssl-ca=a';
      expect(status).toBe(0);
      expect(directory.read('asked')).toBe(`${`${login} --execute=SELECT 1\n`.repeat(4)}${login}\nSELECT 2;`);
    },
  );

  test.skipIf(shell.missing || CURL.path === undefined)('ends after ten minutes without one', async () => {
    const directory = new ScriptDirectory({ 'apply.sh': APPLY_SH });
    directories.push(directory);
    directory.addProgram('mysql', 'exit 1');
    let slept = 0;
    const onSleep = (seconds: number) => {
      slept += seconds;
    };
    const env = { TIDB_HOST: 'basic-tidb', TIDB_PORT: '4000' };
    const { status } = await directory.run('apply.sh', shell, { env, onSleep });
    expect({ status, slept }).toEqual({ status: 1, slept: 595 });
  });
});
