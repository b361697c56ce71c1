import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { cluster, stream, tidbGroup, tikvGroup } from '../support/basic.ts';
import { Cluster } from '../support/cluster.ts';
import { blocksOf } from '../support/page.ts';
import { at, readYaml, titleOf } from '../support/read-yaml.ts';
import { Sandbox } from '../support/sandbox.ts';
import { describeWith, KUBECTL } from '../support/tools.ts';

const [PATCH = '', DELETE = '', CLEAN = '', HAND_OVER = '', ...more] = blocksOf('gitops.md')
  .filter(({ language }) => language === 'shell')
  .map(({ text }) => text);

const KINDS = 'tidbcluster,statefulset,service,configmap,persistentvolumeclaim';
const BASE = cluster('basic', 'tidb');
const store = (name: string, spec = '') => tikvGroup(name, 'basic', spec, 'tidb');
const servers = (name: string) => tidbGroup(name, 'basic', '', 'tidb');

function rendered(...items: readonly string[]): string {
  return new Sandbox({ 'a.yaml': stream(...items) }).groups(['render', 'a.yaml']).stdout;
}

test('every command of the page is one of these', () => expect(more).toEqual([]));

describeWith([KUBECTL], 'the commands of gitops.md', (kubectl) => {
  test('tell Argo CD of the health of a TidbCluster, beside what it was told before', async () => {
    const settings = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: argocd-cm, namespace: argocd}\n';
    const it = await Cluster.start(kubectl, `${settings}data: {kept: "yes"}\n`);
    it.sandbox.copy('docs/argocd-health.yaml', 'argocd-health.yaml');
    it.say(PATCH);
    const { data } = parse(it.sandbox.read('argocd-health.yaml'));
    expect(it.get('configmap', 'argocd').map((map) => map.data)).toEqual([{ kept: 'yes', ...data }]);
  });

  test.each(['InPlace', 'RollingUpdate'])(
    'delete the resources of a store group with configUpdateStrategy %s, and nothing else',
    async (strategy) => {
      const manifests = rendered(
        BASE,
        store('hot', `  configUpdateStrategy: ${strategy}\n`),
        ...[store('cold'), servers('hot'), servers('web')],
      );
      const claim = `apiVersion: v1
kind: PersistentVolumeClaim
metadata:
  name: tikv-hot-tikv-0
  namespace: tidb
  labels: {app.kubernetes.io/instance: hot, app.kubernetes.io/component: tikv}
`;
      const it = await Cluster.start(kubectl, manifests, claim);
      const made = it.get(KINDS);
      it.say(DELETE);
      // Engines take away what drains the group.
      const isOfServers = (resource: (typeof made)[number]) =>
        at(resource, 'metadata', 'annotations', 'groups.pingcap.com/generated-by') === 'TiKVGroup/hot' &&
        at(resource, 'metadata', 'labels', 'app.kubernetes.io/component') === 'tikv';
      const gone = made.filter(isOfServers);
      expect(gone.map(({ kind }) => kind).sort()).toEqual(['ConfigMap', 'Service', 'StatefulSet']);
      expect(it.get(KINDS).map(titleOf)).toEqual(
        made.filter((resource) => !gone.includes(resource)).map(titleOf),
      );
    },
  );

  describe('remove the ConfigMaps of a group that nothing mounts any more', () => {
    const rolling = (level: string) =>
      rendered(
        BASE,
        store('hot', `  configUpdateStrategy: RollingUpdate\n  config: {log: {level: ${level}}}\n`),
      );
    const filesIn = (manifests: string) =>
      manifests.split('---\n').filter((text) => /^kind: ConfigMap$/m.test(text));
    const titlesOf = (texts: readonly string[]) => texts.flatMap((text) => readYaml(text).map(titleOf));

    test.each([
      { who: 'nobody but the StatefulSet', kind: undefined, path: '' },
      { who: 'a pod that has not restarted', kind: 'v1\nkind: Pod', path: 'spec' },
      {
        who: 'a revision to go back to',
        kind: 'apps/v1\nkind: ControllerRevision',
        path: 'data: {spec: {template: {spec',
      },
    ])('where $who mounts one', async ({ kind, path }) => {
      const now = rolling('info');
      const others = rendered(BASE, store('cold', '  configUpdateStrategy: RollingUpdate\n'), servers('hot'));
      const [oldest, old] = ['error', 'warn'].map((level) =>
        filesIn(rolling(level)).filter((text) => !text.includes('name: hot-tikv-drain')),
      );
      const [title = ''] = titlesOf(old ?? []);
      const labels = '{app.kubernetes.io/instance: hot, app.kubernetes.io/component: tikv}';
      const volumes = `{volumes: [{name: config, configMap: {name: ${title.replace(/^.*\//, '')}}}]}`;
      const user = `apiVersion: ${kind}\nmetadata: {name: one, namespace: tidb, labels: ${labels}}\n${path}: ${volumes}${'}'.repeat(path.split('{').length - 1)}\n`;
      const used = kind === undefined ? [] : [user];
      const it = await Cluster.start(kubectl, now, others, ...(oldest ?? []), ...(old ?? []), ...used);
      it.say(CLEAN);
      const stay = [...filesIn(now), ...filesIn(others), ...(kind === undefined ? [] : (old ?? []))];
      expect(it.get('configmap').map(titleOf).sort()).toEqual(titlesOf(stay).sort());
    });

    test('and none where the cluster does not answer', async () => {
      const now = rolling('info');
      const it = await Cluster.start(kubectl, now);
      it.sandbox.addProgram('kubectl', `case "$*" in *pods*) exit 1 ;; esac\n${it.kubectl}`);
      expect(it.run(CLEAN).status).toBe(1);
      it.sandbox.addProgram('kubectl', it.kubectl);
      expect(it.get('configmap').map(titleOf)).toEqual(titlesOf(filesIn(now)));
    });
  });

  test('no annotation keeps `kubectl apply --prune` from deleting stores', async () => {
    const it = await Cluster.start(kubectl);
    it.sandbox.write({ 'before.yaml': rendered(BASE, store('hot')), 'after.yaml': rendered(BASE) });
    const prune = '--prune --all --prune-allowlist=apps/v1/StatefulSet --prune-allowlist=core/v1/ConfigMap';
    it.say(`kubectl -n tidb apply -f before.yaml ${prune}`);
    expect(it.get('statefulset').map(titleOf)).toEqual(['StatefulSet tidb/hot-tikv']);
    it.say(`kubectl -n tidb apply -f after.yaml ${prune}`);
    expect(it.get('statefulset,configmap').map(titleOf)).toEqual([]);
  });

  test('hand replicas over to an autoscaler, so that a render without them takes no pods away', async () => {
    const it = await Cluster.start(kubectl);
    const autoscaled = servers('web').replace(
      '\nspec:',
      '\n  annotations: {groups.pingcap.com/autoscaled: "true"}\nspec:',
    );
    it.sandbox.write({
      'before.yaml': rendered(BASE, servers('web')),
      'after.yaml': rendered(BASE, autoscaled),
      editor: '#!/bin/sh\nsed -i "/^ *replicas:/d" "$1"\n',
    });
    const replicas = () => it.get('statefulset').map((set) => at(set, 'spec', 'replicas'));
    it.say('kubectl apply -f before.yaml');
    expect(replicas()).toEqual([2n]);
    it.say(HAND_OVER, { KUBE_EDITOR: `sh ${it.sandbox.path('editor')}` });
    it.say('kubectl apply -f after.yaml');
    expect(replicas()).toEqual([2n]);
    // Without that step, the apply drops the replica count.
    it.say('kubectl apply -f before.yaml');
    it.say('kubectl apply -f after.yaml');
    expect(replicas()).toEqual([undefined]);
  });
});
