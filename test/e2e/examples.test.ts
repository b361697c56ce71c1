import { describe, expect, test } from 'vitest';
import { byKind } from '../../src/components/index.ts';
import { confirmed } from '../support/confirm.ts';
import { DOORS, expectSame, isMissing, openHere } from '../support/doors.ts';
import { expectText, expectTree } from '../support/expected.ts';
import { withoutTally } from '../support/frame.ts';
import { build, EXPAND } from '../support/kustomize.ts';
import { inTurn, TRIES_ALL } from '../support/runs.ts';
import { type Files, type Ran, Sandbox } from '../support/sandbox.ts';
import { describeWith, KPT, KUSTOMIZE_4, KUSTOMIZE_5 } from '../support/tools.ts';

/** A copy of an example in its own directory, where the commands of its README run. */
class Example {
  readonly sandbox = new Sandbox();
  private readonly commands: ReadonlySet<string>;

  constructor(name: string, tools: Readonly<Record<string, string>> = {}) {
    this.sandbox.copy(`examples/${name}`, '.');
    for (const [tool, path] of Object.entries(tools)) this.sandbox.addProgram(tool, `exec '${path}' "$@"\n`);
    const blocks = this.sandbox.read('README.md').matchAll(/^```shell\n(.*?)^```$/gms);
    this.commands = new Set([...blocks].flatMap(([, block = '']) => block.trimEnd().split('\n')));
  }

  /** Runs a command that the README contains. */
  run(command: string): Ran {
    expect([...this.commands]).toContain(command);
    return this.sandbox.run('sh', ['-eu', '-c', command]);
  }

  /** The command writes this and nothing else, also when it is run again. */
  expectTwice(command: string, expected: string): void {
    const first = this.run(command);
    expect(first).toMatchObject({ status: 0, stderr: '' });
    expectText(first.stdout, expected);
    if (TRIES_ALL) expect(this.run(command)).toEqual(first);
  }
}

describeWith(
  inTurn([KUSTOMIZE_5, KUSTOMIZE_4], 0),
  'the example of a base with two overlays',
  (kustomize) => {
    test.each(['prod', 'staging'])('gives the expected build of %s, twice', (overlay) => {
      const example = new Example('kustomize', { kustomize });
      const command = `kustomize build --enable-alpha-plugins --enable-exec overlays/${overlay}`;
      example.expectTwice(command, `kustomize/expected/${overlay}.yaml`);
    });
  },
);

describeWith([KPT], 'the example of a package', (kpt) => {
  const command = 'kpt fn render --allow-exec package';

  test('renders to the expected package, twice', () => {
    const example = new Example('kpt', { kpt });
    for (const _ of ['once', 'again']) {
      expect(example.run(command).status).toBe(0);
      expectTree(example.sandbox.files('package'), 'kpt/expected');
    }
  });

  test('loses the resources of a deleted group, and nothing else, once that is confirmed', () => {
    const example = new Example('kpt', { kpt });
    example.run(command);
    example.run('rm package/sql/analytics.yaml');
    const { status, stderr } = example.run(command);
    expect(status).not.toBe(0);
    expect(stderr).toContain('servers-removed');
    const confirm = (cluster = '') => confirmed(cluster, stderr);
    example.sandbox.write({ 'package/cluster.yaml': confirm(example.sandbox.read('package/cluster.yaml')) });
    const {
      'sql/analytics.yaml': _,
      'sql/analytics-tidb.yaml': __,
      ...left
    } = example.sandbox.files('expected');
    for (const _ of ['once', 'again']) {
      expect(example.run(command).status).toBe(0);
      const { 'cluster.yaml': cluster = '', ...files } = example.sandbox.files('package');
      expect({ ...files, 'cluster.yaml': withoutTally(cluster) }).toEqual({
        ...left,
        'cluster.yaml': withoutTally(confirm(left['cluster.yaml'])).replace(
          '    groups.pingcap.com/tidb: analytics\n',
          '',
        ),
      });
      expect(cluster).toMatch(/^ {4}groups\.pingcap\.com\/rendered: 11-[0-9a-f]{7}$/m);
    }
  });

  test('does not lose a group of stores', () => {
    const example = new Example('kpt', { kpt });
    example.run(command);
    example.sandbox.remove('package/stores/cold.yaml');
    const before = example.sandbox.files('package');
    const { status, stderr } = example.run(command);
    expect(status).not.toBe(0);
    expect(stderr).toContain('store-removal');
    expect(example.sandbox.files('package')).toEqual(before);
  });
});

describeWith([KPT], 'the example of a package that is only checked', (kpt) => {
  test('renders to itself, and fails on a mistake', () => {
    const example = new Example('validator', { kpt });
    const before = example.sandbox.files('package');
    const command = 'kpt fn render --allow-exec package';
    expect(example.run(command).status).toBe(0);
    expect(example.sandbox.files('package')).toEqual(before);
    example.run("sed -i.bak 's/name: basic}/name: basix}/' package/hot.yaml && rm package/hot.yaml.bak");
    const { status, stderr } = example.run(command);
    expect(status).toBe(1);
    expect(stderr).toContain('spec.cluster.name');
  });
});

describe('the example of a plain directory', () => {
  test('renders to the expected stream, twice', () => {
    const example = new Example('plain');
    example.expectTwice('tidb-groups render manifests', 'plain/expected/manifests.yaml');
  });

  test('renders to the expected files, twice', () => {
    const example = new Example('plain');
    for (const _ of ['once', 'again']) {
      expect(example.run('tidb-groups render -o out manifests')).toEqual({
        status: 0,
        stdout: '',
        stderr: '',
      });
      expectTree(example.sandbox.files('out'), 'plain/expected/files');
    }
  });
});

describe('the example of a repository', () => {
  test('renders to the expected stream, twice', () => {
    const example = new Example('repository');
    example.expectTwice('tidb-groups render manifests', 'repository/expected/manifests.yaml');
  });

  test('keeps every resource that is not a group or its cluster in the stream, byte for byte', () => {
    const example = new Example('repository');
    const { stdout } = example.run('tidb-groups render manifests');
    const files = Object.entries(example.sandbox.files('manifests'));
    const others = files.filter(([path]) => path !== 'database/reporting.yaml');
    const resources = others.flatMap(([, text]) => text.split(/^---\n/m)).filter((text) => text !== '');
    expect(resources.length).toBeGreaterThan(20);
    for (const resource of resources) expect(stdout).toContain(resource);
  });
});

describeWith([KPT], 'the example of a repository', (kpt) => {
  const evaluated = (program: string): Files => {
    const { sandbox } = new Example('repository');
    const evaluate = () => sandbox.run(kpt, ['fn', 'eval', 'manifests', '--exec', program]).status;
    expect(evaluate()).toBe(0);
    const files = sandbox.files('manifests');
    expect(evaluate()).toBe(0);
    expect(sandbox.files('manifests')).toEqual(files);
    return files;
  };

  test('is written as by a function that does nothing, but for the groups and their cluster', () => {
    const {
      'database/reporting.yaml': reporting = '',
      'database/reporting-archive-tikv.yaml': tikv,
      'database/reporting-dashboards-tidb.yaml': tidb,
      ...others
    } = evaluated('tidb-groups');
    const { 'database/reporting.yaml': untouched = '', ...written } = evaluated('cat');
    expect(others).toEqual(written);
    expect([tikv, tidb]).toEqual([expect.any(String), expect.any(String)]);
    const added = reporting.split('\n').filter((line) => !untouched.split('\n').includes(line));
    expect(added.map((line) => line.trim().replaceAll("'", '"'))).toEqual([
      'annotations:',
      'groups.pingcap.com/tikv: reporting-archive',
      'groups.pingcap.com/tidb: reporting-dashboards',
      expect.stringMatching(/^groups\.pingcap\.com\/rendered: 11-[0-9a-f]{7}$/),
      'argocd.argoproj.io/sync-options: Prune=false,Delete=false',
      'kustomize.toolkit.fluxcd.io/prune: disabled',
      'client.lifecycle.config.k8s.io/deletion: detach',
      'annotations:',
      'config.kubernetes.io/local-config: "true"',
      'annotations:',
      'config.kubernetes.io/local-config: "true"',
    ]);
  });
});

describeWith(inTurn([KUSTOMIZE_5, KUSTOMIZE_4], 1), 'the example of a repository', (kustomize) => {
  test('is built as without the function, but for the groups and their cluster', () => {
    const { sandbox } = new Example('repository');
    const paths = Object.keys(sandbox.files('manifests'));
    const resources = `resources:\n${paths.map((path) => `- ${path}\n`).join('')}`;
    sandbox.write({ 'manifests/kustomization.yaml': resources });
    const before = build(sandbox, kustomize, 'manifests').stdout.split(/^---\n/m);
    sandbox.write({
      'manifests/kustomization.yaml': `${resources}transformers: [expand.yaml]\n`,
      'manifests/expand.yaml': EXPAND,
    });
    const after = build(sandbox, kustomize, 'manifests').stdout.split(/^---\n/m);
    const changed = before.filter((text) => !after.includes(text));
    expect(
      changed.map((text) => /^kind: (.*)\n(?:[\s\S]*?\n)? {2}name: (.*)$/m.exec(text)?.slice(1)),
    ).toEqual([
      ['TiDBGroup', 'reporting-dashboards'],
      ['TiKVGroup', 'reporting-archive'],
      ['TidbCluster', 'reporting'],
    ]);
  });
});

describe('the example of a cluster with groups of every kind', () => {
  test('renders to the expected stream, twice', () => {
    const example = new Example('mixed');
    example.expectTwice('tidb-groups render manifests', 'mixed/expected/manifests.yaml');
  });

  test('has a group of every kind, and is listed and drawn with all of them', () => {
    const example = new Example('mixed');
    const files = Object.values(example.sandbox.files('manifests')).join('');
    const kinds = [...files.matchAll(/^kind: (\w+Group)$/gm)].map(([, kind = '']) => kind);
    expect(new Set(kinds)).toEqual(new Set(Object.keys(byKind)));
    expect(kinds.length).toBe(7);
    const names = [...files.matchAll(/^kind: \w+Group\nmetadata:\n {2}name: (.*)$/gm)].map(
      ([, name]) => name,
    );
    for (const command of ['list', 'graph']) {
      const { status, stdout } = example.run(`tidb-groups ${command} manifests`);
      expect(status).toBe(0);
      for (const name of names) expect(stdout).toContain(name);
    }
  });
});

describe('the example of groups in three zones', () => {
  test('renders to the expected stream, twice, and is listed and drawn zone by zone', () => {
    const example = new Example('zones');
    example.expectTwice('tidb-groups render manifests', 'zones/expected/manifests.yaml');
    for (const command of ['list', 'graph']) {
      const { status, stdout } = example.run(`tidb-groups ${command} manifests`);
      expect(status).toBe(0);
      for (const name of ['orders-store-a', 'orders-fast-c', 'orders-sql-b']) expect(stdout).toContain(name);
    }
  });
});

describe.each(['mixed', 'zones'])(
  'the cluster of the example "%s" is the same through every door, twice',
  (name) => {
    test.each(inTurn(DOORS, 0, 5).filter((door) => !isMissing(door)))('$name', async (door) => {
      const files = new Example(name).sandbox.files('manifests');
      for (const settings of [{}, { output: 'TidbCluster' }]) {
        const judge = await openHere(files, settings);
        expect(judge.failed).toBe(false);
        const first = door.open(files, settings);
        expectSame(first, judge);
        expectSame(door.open(files, settings), first);
        expect(Object.keys(first.resources).length).toBeGreaterThan(7);
      }
    });
  },
);

describe('the example of SQL servers that come and go', () => {
  test('renders to the expected stream, twice', () => {
    const example = new Example('autoscale');
    example.expectTwice('tidb-groups render manifests', 'autoscale/expected/manifests.yaml');
    expect(example.run('tidb-groups list manifests').stdout).toMatch(/^TiDBGroup web .* 2-6 /m);
  });
});

describe('what is rendered beside groups is the same through every door, twice', () => {
  const OF_CLUSTER = 'tidb/basic';
  const CASES = [
    { name: 'autoscale', settings: {}, title: 'HorizontalPodAutoscaler tidb/web-tidb' },
    {
      name: 'monitoring',
      settings: { 'monitoring.kind': 'PodMonitor' },
      title: `PodMonitor ${OF_CLUSTER}`,
    },
    {
      name: 'monitoring',
      settings: { 'monitoring.kind': 'ConfigMap', output: 'TidbCluster' },
      title: `ConfigMap ${OF_CLUSTER}-scrape-config`,
    },
  ];

  test.each(inTurn(DOORS, 1, 5).filter((door) => !isMissing(door)))('$name', async (door) => {
    for (const { name, settings, title } of CASES) {
      const { 'expand.yaml': _, ...files } = new Example(name).sandbox.files('manifests');
      const judge = await openHere(files, settings);
      expect(judge.failed).toBe(false);
      const first = door.open(files, settings);
      expectSame(first, judge);
      expectSame(door.open(files, settings), first);
      expect(Object.keys(first.resources)).toContain(title);
    }
  });
});

describe('the example of a cluster and its groups in Prometheus', () => {
  test.each([
    ['pod-monitor', 'tidb-groups render manifests'],
    ['scrape-config', 'tidb-groups render --config scrape-config.yaml manifests'],
  ])('renders to the expected %s, twice', (name, command) => {
    const example = new Example('monitoring');
    example.expectTwice(command, `monitoring/expected/${name}.yaml`);
  });
});

describe('the example of a cluster with TLS', () => {
  const command = 'tidb-groups render manifests';

  test('renders to the expected stream, twice', () => {
    const example = new Example('secure');
    example.expectTwice(command, 'secure/expected/manifests.yaml');
  });

  test.each(inTurn(DOORS, 1, 5).filter((door) => !isMissing(door)))(
    'is the same through $name, twice',
    async (door) => {
      const { 'expand.yaml': _, ...files } = new Example('secure').sandbox.files('manifests');
      for (const output of ['Workloads', 'TidbCluster']) {
        const settings = { 'certificates.issuer': 'shop-tidb-issuer', output };
        const judge = await openHere(files, settings);
        expect(judge.failed).toBe(false);
        const first = door.open(files, settings);
        expectSame(first, judge);
        expectSame(door.open(files, settings), first);
        expect(Object.keys(first.resources)).toContain('Certificate tidb/orders-tikv-cluster-secret');
      }
    },
  );
});

describe('the example with TiDB Operator', () => {
  test('renders to the expected stream, twice', () => {
    const example = new Example('operator');
    const first = example.run('tidb-groups render manifests');
    expect(first.status).toBe(0);
    expect(first.stderr.match(/^.*: (?:error|warning): .*$/gm)).toBeNull();
    expectText(first.stdout, 'operator/expected/manifests.yaml');
    expect(example.run('tidb-groups render manifests')).toEqual(first);
  });

  test('has the names that the operator makes, when rendered without it', () => {
    const { status, stdout } = new Example('operator').run(
      'tidb-groups render --output-kind Workloads manifests',
    );
    expect(status).toBe(0);
    expect(stdout.match(/^ {2}name: fast-.*$/gm)).toEqual([
      expect.stringMatching(/^ {2}name: fast-tikv-[0-9a-f]{7}$/),
      '  name: fast-tikv-peer',
      '  name: fast-tikv',
      '  name: fast-tikv-drain',
      expect.stringMatching(/^ {2}name: fast-tikv-drain-[0-9a-f]{7}$/),
      expect.stringMatching(/^ {2}name: fast-tidb-[0-9a-f]{7}$/),
      '  name: fast-tidb-peer',
      '  name: fast-tidb',
      '  name: fast-tidb',
      '  name: fast-tidb',
    ]);
  });
});
