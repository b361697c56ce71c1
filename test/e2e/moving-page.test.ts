import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { toldOfStores } from '../support/engines.ts';
import { at, readYaml, titleOf } from '../support/read-yaml.ts';
import { Sandbox } from '../support/sandbox.ts';

const PAGE = readFileSync(new URL('../../docs/moving.md', import.meta.url), 'utf8');

const fences = (language: string) =>
  [...PAGE.matchAll(new RegExp(`^( *)\`\`\`${language}\\n([\\s\\S]*?)^ *\`\`\`$`, 'gm'))].map(
    ([, pad = '', text = '']) => text.replaceAll(new RegExp(`^${pad}`, 'gm'), ''),
  );

const [HOT = '', CLUSTER = ''] = fences('yaml');
const COMMANDS = fences('shell').flatMap((text) => text.trimEnd().split('\n'));
const SAID = fences('text');

/** Follows the page up to a command, and gives what it came to. */
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

test('every command on the page is one to a shell', () => {
  for (const command of COMMANDS) execFileSync('/bin/sh', ['-nc', command]);
  expect(COMMANDS.filter((command) => !/^(?:kubectl|tidb-groups) /.test(command))).toEqual([]);
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
