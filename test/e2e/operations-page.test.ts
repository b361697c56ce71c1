import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { stringify } from 'yaml';
import { cluster, stream, tidbGroup, tikvGroup } from '../support/basic.ts';
import { Cluster } from '../support/cluster.ts';
import { blocksOf, follow } from '../support/page.ts';
import { at, readYaml } from '../support/read-yaml.ts';
import { Sandbox } from '../support/sandbox.ts';
import { BASH, describeWith, KUBECTL, KUSTOMIZE_5, KUSTOMIZE_5_8 } from '../support/tools.ts';

const COMMANDS = blocksOf('operations.md')
  .filter(({ language }) => language === 'shell')
  .map(({ text }) => text);
const [WAIT = ''] = COMMANDS.filter((command) => command.includes('kubectl'));

describeWith([BASH], 'operations.md', () => {
  test('does what it says, step by step', () => {
    const sandbox = new Sandbox({ 'here/.keep': '' });
    sandbox.remove('here/.keep');
    sandbox.addProgram('kubectl', 'echo "kubectl $*" >>"$HOME/asked"\n');
    follow('operations.md', sandbox, { HOME: sandbox.path('.') }, true);
    expect(sandbox.read('asked')).toMatch(
      /^kubectl -n tidb wait --for=condition=Complete --timeout=24h job\/hot-tikv-drain-[0-9a-f]{7}\n$/,
    );
  });
});

describeWith([KUBECTL], 'operations.md', (kubectl) => {
  test('waits for the Job that it has rendered', async () => {
    const text = blocksOf('operations.md').find((block) => block.text.startsWith('# before/db.yaml'))?.text;
    const annotated = text?.replace(
      'name: hot,',
      'name: hot, annotations: {groups.pingcap.com/drain-to: "3"},',
    );
    const { stdout } = new Sandbox({ 'db.yaml': annotated ?? '' }).groups(['render', 'db.yaml']);
    const job = readYaml(stdout).find((resource) => at(resource, 'kind') === 'Job');
    const complete = { conditions: [{ type: 'Complete', status: 'True' }] };
    const it = await Cluster.start(kubectl, stringify({ ...job, status: complete }));
    it.sandbox.write({ 'rendered.yaml': stdout });
    it.sandbox.addProgram('tidb-groups', 'cat rendered.yaml\n');
    expect(it.say(WAIT)).toMatch(/^job\.batch\/hot-tikv-drain-[0-9a-f]{7} condition met\n$/);
  });
});

/** A Kustomization of Flux, as kustomize itself has it. */
function kustomizations(): { name: string; patches: unknown }[] {
  const text = readFileSync(new URL('../../examples/flux/drain.yaml', import.meta.url), 'utf8');
  return readYaml(text).map((resource) => ({
    name: String(at(resource, 'metadata', 'name')),
    patches: at(resource, 'spec', 'patches'),
  }));
}

describeWith([KUSTOMIZE_5, KUSTOMIZE_5_8], 'the Kustomizations of examples/flux/drain.yaml', (kustomize) => {
  test('share what is rendered, and nothing is in two of them', () => {
    const settings = 'apiVersion: groups.pingcap.com/v1alpha1\nkind: ExpandTidbGroups\nmetadata: {name: c}\n';
    const groups = [tikvGroup('hot', 'basic'), tikvGroup('cold', 'basic'), tidbGroup('web', 'basic')];
    const input = stream(
      cluster('basic'),
      ...groups,
      `${settings}spec: {drain: {enabled: true, engine: Flux}}\n`,
    );
    const manifests = new Sandbox().groups(['render', '-'], { input }).stdout;
    const mine =
      'apiVersion: apps/v1\nkind: StatefulSet\nmetadata: {name: mine, labels: {app.kubernetes.io/component: tikv}}\n';
    const all = `${manifests}---\n${mine}---\napiVersion: v1\nkind: Namespace\nmetadata: {name: db}\n`;
    const shares = kustomizations().map(({ name, patches }) => {
      const sandbox = new Sandbox({
        'all.yaml': all,
        'kustomization.yaml': stringify({ resources: ['all.yaml'], patches }),
      });
      const { stdout } = sandbox.run(kustomize, ['build', '.']);
      return { name, titles: titlesIn(stdout) };
    });
    expect(shares.flatMap(({ titles }) => titles).sort()).toEqual(titlesIn(all).sort());
    expect(shares.slice(1)).toEqual([
      {
        name: 'tidb-prod-drain',
        titles: [
          'ConfigMap cold-tikv-drain',
          'ConfigMap hot-tikv-drain',
          'Job cold-tikv-drain',
          'Job hot-tikv-drain',
        ],
      },
      { name: 'tidb-prod-stores', titles: ['StatefulSet cold-tikv', 'StatefulSet hot-tikv'] },
    ]);
  });
});

function titlesIn(text: string): string[] {
  return readYaml(text).map((resource) =>
    `${at(resource, 'kind')} ${at(resource, 'metadata', 'name')}`.replace(/-[0-9a-f]{7}$/, ''),
  );
}
