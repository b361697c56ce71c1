import { describe, expect, it } from 'vitest';
import { run } from '../../functions/expand-tidb-groups/index.ts';
import type { MapValue } from '../../src/yaml/index.ts';
import { cluster, resourceList, tidbGroup, tikvGroup } from '../support/basic.ts';
import { at, readYaml, titleOf } from '../support/read-yaml.ts';

const PATH = 'internal.config.kubernetes.io/path';
const AUTOSCALE = '  requests: {cpu: 2}\n  autoscale: {min: 2, max: 6, cpu: 70}\n';
const BASE = cluster('basic');
const HOT = tikvGroup('hot', 'basic');
const WEB = tidbGroup('web', 'basic', AUTOSCALE);
const AUTOSCALER = 'HorizontalPodAutoscaler db/web-tidb';
const SET = 'StatefulSet db/web-tidb';

async function expand(items: readonly string[], spec = '') {
  const config = `functionConfig:\n  apiVersion: groups.pingcap.com/v1alpha1\n  kind: ExpandTidbGroups\n  metadata: {name: c}\n  spec: {${spec}}\n`;
  const { output, messages } = await run(Buffer.from(resourceList(...items) + config));
  const text = [...output].map((piece) => Buffer.from(piece).toString()).join('');
  const resources = new Map(itemsOf(text).map((one) => [titleOf(one), one]));
  return { text, messages, resources };
}

/** With numbers as JSON has them. */
function itemsOf(list: string): MapValue[] {
  const items = list === '' ? [] : at(readYaml(list)[0], 'items');
  const plain = JSON.stringify(items, (_, value) => (typeof value === 'bigint' ? Number(value) : value));
  return JSON.parse(plain);
}

const own = (kind: string, name: string, target: string) =>
  `apiVersion: ${kind === 'ScaledObject' ? 'keda.sh/v1alpha1' : 'autoscaling/v2'}\nkind: ${kind}\nmetadata:\n  name: ${name}\n  namespace: db\nspec:\n  scaleTargetRef: {apiVersion: apps/v1, kind: StatefulSet, name: ${target}}\n  maxReplicas: 3\n`;

const replicasOf = (resources: Map<string, MapValue>) => at(resources.get(SET), 'spec', 'replicas');

describe('a group with `autoscale`', () => {
  it('has an autoscaler, and a StatefulSet without replicas', async () => {
    const { messages, resources } = await expand([BASE, HOT, WEB]);
    expect(messages).toEqual([]);
    expect(at(resources.get(SET), 'spec', 'replicas')).toBeUndefined();
    expect(at(resources.get('StatefulSet db/hot-tikv'), 'spec', 'replicas')).toBe(3);
    const autoscaler = resources.get(AUTOSCALER);
    expect(at(autoscaler, 'metadata', 'annotations')).toEqual({
      'argocd.argoproj.io/sync-wave': '10',
      'groups.pingcap.com/generated-by': 'TiDBGroup/web',
    });
    expect(at(autoscaler, 'spec', 'scaleTargetRef')).toEqual({
      apiVersion: 'apps/v1',
      kind: 'StatefulSet',
      name: 'web-tidb',
    });
    expect(at(autoscaler, 'spec', 'metrics')).toEqual([
      {
        type: 'ContainerResource',
        containerResource: {
          container: 'tidb',
          name: 'cpu',
          target: { type: 'Utilization', averageUtilization: 70 },
        },
      },
    ]);
  });

  it('has a budget of one server beside it', async () => {
    const { resources } = await expand([BASE, WEB], 'disruptionBudgets: true');
    expect(at(resources.get('PodDisruptionBudget db/web-tidb'), 'spec', 'maxUnavailable')).toBe(1);
    expect([...resources.keys()]).toContain(AUTOSCALER);
  });

  it('hands on labels and annotations, as to its other resources', async () => {
    const web = WEB.replace('\nspec:', '\n  labels: {team: web}\n  annotations: {note: a}\nspec:');
    const { resources } = await expand([BASE, web]);
    expect(at(resources.get(AUTOSCALER), 'metadata', 'labels')).toEqual({ team: 'web' });
    expect(at(resources.get(AUTOSCALER), 'metadata', 'annotations', 'note')).toBe('a');
  });

  it('keeps its autoscaler while it is suspended, and has no servers', async () => {
    const { messages, resources } = await expand([
      BASE,
      `${WEB}  suspendAction: {suspendStatefulSet: true}\n`,
    ]);
    expect(messages).toEqual([]);
    expect(replicasOf(resources)).toBe(0);
    expect([...resources.keys()]).toContain(AUTOSCALER);
  });

  it('has none where TiDB Operator runs it, which is said at its line', async () => {
    const { messages, resources } = await expand([BASE, WEB], 'output: TidbCluster');
    expect(messages).toEqual([
      expect.stringMatching(/^warning: .*`spec\.autoscale` has no effect.*\[no-effect\]/),
    ]);
    expect([...resources.keys()]).not.toContain(AUTOSCALER);
    const tidb = at(resources.get('TidbCluster db/web'), 'spec', 'tidb');
    expect(tidb).toMatchObject({ replicas: 2 });
    expect(tidb).not.toHaveProperty('autoscale');
  });

  it.each([
    ['HorizontalPodAutoscaler', 'mine'],
    ['HorizontalPodAutoscaler', 'web-tidb'],
    ['ScaledObject', 'mine'],
  ])('leaves it to a %s of a user that is called %s', async (kind, name) => {
    const theirs = own(kind, name, 'web-tidb');
    const { messages, resources } = await expand([BASE, WEB, theirs]);
    expect(messages).toEqual([
      expect.stringMatching(new RegExp(`^info: .*the ${kind} "${name}".*already-there`)),
    ]);
    expect(replicasOf(resources)).toBeUndefined();
    const autoscalers = [...resources.values()].filter(({ kind }) => kind === 'HorizontalPodAutoscaler');
    expect(autoscalers.length).toBe(kind === 'ScaledObject' ? 0 : 1);
  });

  it('cannot make one whose name is taken by one of another set', async () => {
    const { messages, resources } = await expand([
      BASE,
      WEB,
      own('HorizontalPodAutoscaler', 'web-tidb', 'other'),
    ]);
    expect(messages).toEqual([
      expect.stringMatching(/^error: .*makes the HorizontalPodAutoscaler "web-tidb", but.*\[collision\]/),
    ]);
    expect([...resources.keys()]).not.toContain(SET);
  });
});

describe('in a package', () => {
  const placed = (item: string, file: string) =>
    item.replace(
      'metadata:\n',
      `metadata:\n  annotations: {${PATH}: ${file}, config.kubernetes.io/path: ${file}}\n`,
    );
  const PACKAGE = [placed(BASE, 'cluster.yaml'), placed(WEB, 'web.yaml')];

  const textsOf = (list: string) => itemsOf(list).map((item) => JSON.stringify(item));

  it('it stands in the file of the group’s resources, and is the same another time', async () => {
    const first = await expand(PACKAGE);
    expect(at(first.resources.get(AUTOSCALER), 'metadata', 'annotations', 'config.kubernetes.io/path')).toBe(
      'web-tidb.yaml',
    );
    const again = await expand(textsOf(first.text));
    expect([...again.resources]).toEqual([...first.resources]);
  });

  it('it goes with the field, and the StatefulSet has its replicas again', async () => {
    const first = await expand(PACKAGE);
    const without = textsOf(first.text).map((item) => item.replace(/,"autoscale":\{[^}]*\}/, ''));
    const { messages, resources } = await expand(without);
    expect(messages).toEqual([]);
    expect([...resources.keys()]).not.toContain(AUTOSCALER);
    expect(replicasOf(resources)).toBe(2);
  });
});
