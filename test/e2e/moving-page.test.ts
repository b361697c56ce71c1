import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { isMap, type MapValue } from '../../src/yaml/index.ts';
import { Cluster } from '../support/cluster.ts';
import { toldOfStores } from '../support/engines.ts';
import { at, readYaml, titleOf } from '../support/read-yaml.ts';
import { Sandbox } from '../support/sandbox.ts';
import { describeWith, KUBECTL } from '../support/tools.ts';

const PAGE = readFileSync(new URL('../../docs/moving.md', import.meta.url), 'utf8');

const fences = (language: string, text = PAGE) =>
  [...text.matchAll(new RegExp(`^( *)\`\`\`${language}\\n([\\s\\S]*?)^ *\`\`\`$`, 'gm'))].map(
    ([, pad = '', text = '']) => text.replaceAll(new RegExp(`^${pad}`, 'gm'), ''),
  );

const [HOT = '', CLUSTER = ''] = fences('yaml');
const COMMANDS = fences('shell').flatMap((text) => text.trimEnd().split('\n'));
const SAID = fences('text');

/** Follows the page up to a command, and returns its result. */
function follow(last: string) {
  const sandbox = new Sandbox({ 'hot.yaml': HOT, 'cluster.yaml': CLUSTER });
  const mine = COMMANDS.filter((command) => command.startsWith('tidb-groups '));
  const steps = mine.slice(0, mine.indexOf(last) + 1);
  expect(steps).not.toEqual([]);
  return { sandbox, ran: steps.map((step) => sandbox.run('/bin/sh', ['-c', step])) };
}

const ADOPT = 'tidb-groups adopt cluster.yaml hot.yaml > groups.yaml';
const AS_CLUSTER = 'tidb-groups render --output-kind TidbCluster cluster.yaml groups.yaml > rendered.yaml';
const AS_WORKLOADS = 'tidb-groups render --output-kind Workloads cluster.yaml groups.yaml > rendered.yaml';

test('every command of ours on the page succeeds, in the order of the page', () => {
  const { ran } = follow('tidb-groups validate cluster.yaml groups.yaml');
  expect(ran.map(({ status }) => status)).toEqual([0, 0, 0, 0]);
});

test('every command on the page is one to a shell, and is followed below', () => {
  for (const command of COMMANDS) execFileSync('/bin/sh', ['-nc', command]);
  expect(COMMANDS.filter((command) => !/^(?:kubectl|tidb-groups) /.test(command))).toEqual([]);
  expect(['What stays', 'From a', 'From the operator', 'From Argo CD'].flatMap(commandsOf)).toEqual(COMMANDS);
});

test('adopt says what the page shows', () => {
  const { ran } = follow(ADOPT);
  expect(ran[0]?.stderr).toBe(SAID[0]);
});

test('the group comes out as the TidbCluster that it was', () => {
  const { sandbox } = follow(AS_CLUSTER);
  const [, made] = readYaml(sandbox.read('rendered.yaml'));
  const [was] = readYaml(HOT);
  expect(made?.metadata).toEqual({
    name: 'hot',
    namespace: 'tidb',
    annotations: { ...toldOfStores('basic', 'tidb'), 'groups.pingcap.com/generated-by': 'TiKVGroup/hot' },
  });
  expect(made?.spec).toEqual(was?.spec);
});

test('as Workloads, nothing that is applied says anything of a partition or of the fate of claims', () => {
  const { sandbox } = follow(AS_WORKLOADS);
  const made = readYaml(sandbox.read('rendered.yaml'));
  expect(made.map(titleOf)).toEqual([
    'TidbCluster tidb/basic',
    'ConfigMap tidb/hot-tikv',
    'Service tidb/hot-tikv-peer',
    'StatefulSet tidb/hot-tikv',
  ]);
  const set = made.at(-1);
  expect(at(set, 'spec', 'updateStrategy')).toEqual({ type: 'RollingUpdate' });
  expect(at(set, 'spec', 'persistentVolumeClaimRetentionPolicy')).toBeUndefined();
  for (const resource of made.slice(1)) {
    expect(at(resource, 'metadata', 'labels', 'app.kubernetes.io/instance')).toBe('hot');
  }
});

function commandsOf(section: string): string[] {
  const [, text = ''] = PAGE.split(`\n## ${section}`);
  const [own = ''] = text.split('\n## ');
  return fences('shell', own).flatMap((block) => block.trimEnd().split('\n'));
}

/** Pods and their claims and volumes: no step of the page may touch them. */
const PODS = [0, 1, 2].flatMap((ordinal) => {
  const labels = '{app.kubernetes.io/instance: hot, app.kubernetes.io/component: tikv}';
  const one = (kind: string, name: string) =>
    `apiVersion: v1\nkind: ${kind}\nmetadata: {name: ${name}-${ordinal}, namespace: tidb, labels: ${labels}}\n`;
  return [one('Pod', 'hot-tikv'), one('PersistentVolumeClaim', 'tikv-hot-tikv')];
});

/** What a group is rendered to, as values. */
function renderedAs(kind: string): MapValue[] {
  const { sandbox } = follow(ADOPT);
  const { stdout } = sandbox.groups(['render', '--output-kind', kind, 'cluster.yaml', 'groups.yaml']);
  return parseAllDocuments(stdout).map((document) => {
    const object: unknown = document.toJS();
    return isMap(object) ? object : {};
  });
}

const written = (objects: readonly MapValue[]) =>
  objects.map((object) => JSON.stringify(object)).join('\n---\n');

/** What TiDB Operator creates for the TidbCluster `hot`: the same, except for its own additions. */
function byOperator(): string {
  const made = renderedAs('Workloads').filter(({ kind }) => kind !== 'TidbCluster');
  const owner = { apiVersion: 'pingcap.com/v1alpha1', kind: 'TidbCluster', name: 'hot', uid: 'hot' };
  const operated = made.map(({ metadata, spec, ...rest }) => ({
    ...rest,
    metadata: {
      ...(isMap(metadata) && metadata),
      annotations: { 'pingcap.com/last-applied-configuration': '{}' },
      ownerReferences: [owner],
    },
    ...(isMap(spec) && {
      spec:
        rest.kind === 'StatefulSet'
          ? { ...spec, updateStrategy: { type: 'RollingUpdate', rollingUpdate: { partition: 3 } } }
          : spec,
    }),
    ...(rest.kind === 'StatefulSet' && { status: { currentRevision: 'hot-1', updateRevision: 'hot-1' } }),
  }));
  const cluster = HOT.replace('metadata:\n', 'metadata:\n  uid: hot\n');
  return [cluster, 'status: {tikv: {phase: Normal}}\n---\n', written(operated)].join('');
}

describeWith([KUBECTL], 'with a stand-in for the cluster', (kubectl) => {
  /** Follows a section; what each of its commands prints. `diff` may find something. */
  async function followed(section: string, start: readonly string[]) {
    const it = await Cluster.start(kubectl, ...start);
    it.sandbox.write({ 'hot.yaml': HOT, 'cluster.yaml': CLUSTER });
    const groups = follow(ADOPT).sandbox.read('groups.yaml');
    it.sandbox.write({ 'groups.yaml': groups });
    const ran = commandsOf(section).map((command) => {
      const { status, stdout, stderr } = it.run(command);
      const isFine = status === 0 || (status === 1 && command.startsWith('kubectl diff '));
      expect(isFine, `${command}\n${stderr}`).toBe(true);
      return { command, stdout };
    });
    return {
      it,
      said: (start: string) =>
        ran.filter(({ command }) => command.startsWith(start)).map(({ stdout }) => stdout),
    };
  }

  /** The lines that a diff adds and takes away, without the headers of its files. */
  const changes = (diff: string | undefined) =>
    (diff ?? '')
      .split('\n')
      .filter((line) => /^[-+](?![-+]{2} )/.test(line))
      .map((line) => line.replace(/^(.) +/, '$1 '));

  const ANNOTATED = /^[+-] (?:annotations:|[\w.-]+\/[\w.-]+: .*)$/;

  test('what is on its way can be seen before anything is moved', async () => {
    const { said } = await followed('What stays', [byOperator(), ...PODS]);
    expect(said('kubectl -n tidb get')).toEqual(['hot-1 hot-1 3\n', 'Normal \n']);
  });

  test('a TidbCluster of your own gets nothing but annotations', async () => {
    const { it, said } = await followed('From a', [CLUSTER, byOperator(), ...PODS]);
    const [diff] = said('kubectl diff');
    const live = 'kubectl -n tidb get tidbcluster -o yaml | tidb-groups adopt -';
    expect(PAGE).toContain(`\`${live}\``);
    expect(readYaml(it.say(live)).map(titleOf)).toEqual(['TiKVGroup tidb/hot']);
    expect(changes(diff)).toContain('+ groups.pingcap.com/generated-by: TiKVGroup/hot');
    expect(changes(diff).filter((line) => !ANNOTATED.test(line))).toEqual([]);
  });

  test('from the operator: everything stays, without an owner and a partition', async () => {
    const { it, said } = await followed('From the operator', [CLUSTER, byOperator(), ...PODS]);
    expect(changes(said('kubectl diff')[0]).filter((line) => !ANNOTATED.test(line))).toEqual([]);
    expect(it.get('tidbcluster').map(titleOf)).toEqual(['TidbCluster tidb/basic']);
    const [owners = ''] = said('kubectl -n tidb get statefulset,service,configmap');
    const [header, ...lines] = owners.trimEnd().split('\n');
    expect(header).toMatch(/^KIND +NAME +OWNER$/);
    expect(lines.map((line) => line.split(/ +/))).toEqual([
      ['StatefulSet', 'hot-tikv', '<none>'],
      ['Service', 'hot-tikv-peer', '<none>'],
      ['ConfigMap', 'hot-tikv', '<none>'],
    ]);
    expect(PAGE).toContain('`kubectl apply --server-side --force-conflicts -f rendered.yaml`');
    it.say('kubectl apply --server-side --force-conflicts -f rendered.yaml');
    const [set] = it.get('statefulset');
    expect(at(set, 'spec', 'updateStrategy')).toEqual({ type: 'RollingUpdate' });
    expect(it.get('pod,persistentvolumeclaim')).toHaveLength(PODS.length);
  });

  test('from Argo CD or Flux: the engine keeps what it applied, and the operator finds it', async () => {
    const { it, said } = await followed('From Argo CD', [written(renderedAs('Workloads')), ...PODS]);
    expect(it.get('tidbcluster').map(titleOf)).toEqual(['TidbCluster tidb/basic']);
    const [diff = ''] = said('kubectl diff');
    expect(diff.match(/^diff .*$/gm)).toEqual([
      expect.stringMatching(/TidbCluster\.tidb\.basic$/),
      expect.stringMatching(/TidbCluster\.tidb\.hot$/),
    ]);
    expect(diff.match(/^[-+] .*rendered.*$/gm)).toHaveLength(2);
    for (const kept of it.get('statefulset,service,configmap')) {
      expect(at(kept, 'metadata', 'annotations')).toMatchObject({
        'argocd.argoproj.io/sync-options': 'Prune=false',
        'kustomize.toolkit.fluxcd.io/prune': 'disabled',
        'client.lifecycle.config.k8s.io/deletion': 'detach',
      });
    }
  });
});
