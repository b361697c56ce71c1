import { describe, expect, test } from 'vitest';
import { run } from '../../functions/expand-tidb-groups/index.ts';
import { AWAITED_BY, DRAINED_TO } from '../../src/api/index.ts';
import { SYNC_WAVE } from '../../src/gitops/index.ts';
import { isMap, type MapValue } from '../../src/yaml/index.ts';
import { cluster, resourceList, tidbGroup, tikvGroup } from '../support/basic.ts';
import { followed, syncs } from '../support/engine-judges.ts';
import { at, readYaml, titleOf } from '../support/read-yaml.ts';
import { ARGO_CD_JUDGE, describeWith, FLUX_KPT_JUDGE } from '../support/tools.ts';

const BASE = cluster('basic');
const WEB = tidbGroup('web', 'basic');
const ON = 'drain: {enabled: true}';
const FOR_ARGO_CD = 'drain: {enabled: true, engine: ArgoCD}';

/** A group with so many stores. */
function stores(name: string, replicas: number, annotations = ''): string {
  const text = tikvGroup(name, 'basic').replace('replicas: 3', `replicas: ${replicas}`);
  return annotations === '' ? text : text.replace('\nspec:', `\n  annotations: {${annotations}}\nspec:`);
}

/** What goes into a cluster. */
async function rendered(items: readonly string[], spec = ON): Promise<MapValue[]> {
  const config = `functionConfig:\n  apiVersion: groups.pingcap.com/v1alpha1\n  kind: ExpandTidbGroups\n  metadata: {name: c}\n  spec: {${spec}}\n`;
  const { output, failed, messages } = await run(Buffer.from(resourceList(...items) + config));
  if (failed) throw new Error(messages.join('\n'));
  const [list] = readYaml([...output].map((piece) => Buffer.from(piece).toString()).join(''));
  const found = at(list, 'items');
  const resources = Array.isArray(found) ? found.filter(isMap) : [];
  return resources.filter(({ kind }) => !/^Ti(KV|DB|Flash)Group$/.test(String(kind)));
}

/** `Job db/hot-tikv-drain` for each, with its wave. */
function waves(resources: readonly MapValue[]): Record<string, string> {
  return Object.fromEntries(
    resources
      .filter(({ kind }) => kind === 'Job' || kind === 'StatefulSet')
      .map((resource) => [titleOf(resource), String(at(resource, 'metadata', 'annotations', SYNC_WAVE))]),
  );
}

function withoutDigest(title: string): string {
  return title.replace(/-[0-9a-f]{7}$/, '');
}

function ofKind(kind: string, resources: readonly MapValue[]): MapValue[] {
  return resources.filter((resource) => resource.kind === kind);
}

function titles(resources: readonly MapValue[]): string[] {
  return resources.map(titleOf);
}

describe('the wave of a Job', () => {
  test('is before that of its StatefulSet, and after that of the group before', async () => {
    const items = [BASE, WEB, stores('hot', 3), stores('cold', 3)];
    expect(waves(await rendered(items))).toEqual({
      'Job db/cold-tikv-drain': '1',
      'StatefulSet db/cold-tikv': '2',
      'Job db/hot-tikv-drain': '3',
      'StatefulSet db/hot-tikv': '4',
      'StatefulSet db/web-tidb': '10',
    });
  });

  test('takes no room where there is none', async () => {
    const items = [BASE, stores('hot', 3), stores('cold', 3, 'groups.pingcap.com/drain: "false"')];
    expect(waves(await rendered(items, ''))).toEqual({
      'StatefulSet db/cold-tikv': '1',
      'Job db/hot-tikv-drain': '2',
      'StatefulSet db/hot-tikv': '3',
    });
  });

  test('stays free while a group has none, because it is suspended or an autoscaler has it', async () => {
    const asleep = `${stores('cold', 3)}  suspendAction: {suspendStatefulSet: true}\n`;
    const scaled = stores('cold', 3, 'groups.pingcap.com/autoscaled: "true"');
    for (const cold of [asleep, scaled]) {
      expect(waves(await rendered([BASE, stores('hot', 3), cold], ''))).toEqual({
        'StatefulSet db/cold-tikv': '2',
        'Job db/hot-tikv-drain': '3',
        'StatefulSet db/hot-tikv': '4',
      });
    }
  });

  test('is before the one that a group says itself', async () => {
    const items = [BASE, stores('hot', 3, `${SYNC_WAVE}: "7"`), stores('cold', 3)];
    expect(waves(await rendered(items))).toEqual({
      'Job db/cold-tikv-drain': '1',
      'StatefulSet db/cold-tikv': '2',
      'Job db/hot-tikv-drain': '6',
      'StatefulSet db/hot-tikv': '7',
    });
  });

  test('is that of the first stores where the TidbCluster waits for these, so nothing waits for the Job', async () => {
    const base = BASE.replace(/ {2}tikv:[\s\S]*$/, '  tidb: {replicas: 1}\n');
    const resources = await rendered([base, stores('hot', 3), stores('cold', 3)], FOR_ARGO_CD);
    expect(waves(resources)).toEqual({
      'Job db/cold-tikv-drain': '0',
      'StatefulSet db/cold-tikv': '0',
      'Job db/hot-tikv-drain': '1',
      'StatefulSet db/hot-tikv': '2',
    });
    const awaited = ofKind('Job', resources).map((job) => at(job, 'metadata', 'annotations', AWAITED_BY));
    expect(awaited.sort()).toEqual(['ArgoCD', undefined]);
  });

  test('is none where there are no waves', async () => {
    expect(waves(await rendered([BASE, stores('hot', 3)], `${ON}, syncWaves: false`))).toEqual({
      'Job db/hot-tikv-drain': 'undefined',
      'StatefulSet db/hot-tikv': 'undefined',
    });
  });
});

test('a StatefulSet says that it was drained where an engine waits for the Job, and nowhere else', async () => {
  const said = async (spec: string, annotations = '') => {
    const [set] = ofKind('StatefulSet', await rendered([BASE, stores('hot', 3, annotations)], spec));
    return at(set, 'metadata', 'annotations', DRAINED_TO);
  };
  expect(await said(ON)).toBeUndefined();
  expect(await said(FOR_ARGO_CD)).toBe('3');
  expect(await said('drain: {enabled: true, engine: Flux}, syncWaves: false')).toBe('3');
  expect(await said(`${ON}, syncWaves: true`)).toBe('3');
  expect(await said(`${FOR_ARGO_CD}, syncWaves: false`)).toBeUndefined();
  expect(await said('drain: {enabled: false, engine: ArgoCD}')).toBeUndefined();
  expect(await said(ON, `${DRAINED_TO}: "3"`)).toBe('3');
});

describe('which groups have a Job', () => {
  const jobs = async (items: readonly string[], spec: string) =>
    titles(ofKind('Job', await rendered([BASE, ...items], spec)));
  const hot = ['Job db/hot-tikv-drain'];
  test.each([
    { name: 'one that is rendered Safe', spec: 'rollout: Safe', jobs: hot },
    { name: 'one that is rendered Safe because nobody says how', spec: '', jobs: hot },
    { name: 'one that is rendered Plain has none', spec: 'rollout: Plain', jobs: [] },
    {
      name: 'one that is rendered Safe and is not drained',
      spec: 'rollout: Safe, drain: {enabled: false}',
      jobs: [],
    },
    { name: 'one that says so', spec: 'drain: {enabled: false}', says: 'drain: "true"', jobs: hot },
    { name: 'one that says no', spec: ON, says: 'drain: "false"', jobs: [] },
    { name: 'one that is rendered Safe by itself', spec: 'rollout: Plain', says: 'rollout: Safe', jobs: hot },
    { name: 'one that is to be drained now', spec: 'rollout: Plain', says: 'drain-to: "1"', jobs: hot },
    { name: 'one that an autoscaler has', spec: ON, says: 'autoscaled: "true"', jobs: [] },
  ])('$name', async ({ spec, says, jobs: expected }) => {
    const group = stores('hot', 3, says === undefined ? '' : `groups.pingcap.com/${says}`);
    expect(await jobs([group, WEB], spec)).toEqual(expected);
  });

  test('none that is suspended, or leaves out some of its pods', async () => {
    const suspended = `${stores('hot', 3)}  suspendAction: {suspendStatefulSet: true}\n`;
    expect(await jobs([suspended], ON)).toEqual([]);
    expect(await jobs([stores('hot', 3, 'tikv.tidb.pingcap.com/delete-slots: "[1]"')], ON)).toEqual([]);
    expect(await jobs([stores('hot', 3, 'tikv.tidb.pingcap.com/delete-slots: "[]"')], ON)).toEqual(hot);
  });

  test('none that TiDB Operator runs', async () => {
    const resources = await rendered([BASE, stores('hot', 3)], 'output: TidbCluster, rollout: Safe');
    expect(titles(resources)).toEqual(['TidbCluster db/basic', 'TidbCluster db/hot']);
  });
});

describe('claims of stores that go', () => {
  const POLICY = { whenDeleted: 'Retain', whenScaled: 'Delete' };
  const policy = async (group: string, spec: string) => {
    const [set] = ofKind('StatefulSet', await rendered([BASE, group], spec));
    return at(set, 'spec', 'persistentVolumeClaimRetentionPolicy');
  };
  const deleting = 'drain: {enabled: true, deleteClaims: true}';

  test('are deleted where somebody says so, and a Job drains the stores', async () => {
    expect(await policy(stores('hot', 3), deleting)).toEqual(POLICY);
    expect(await policy(stores('hot', 3), ON)).toBeUndefined();
    expect(await policy(stores('hot', 3), 'drain: {deleteClaims: true}')).toEqual(POLICY);
    expect(await policy(stores('hot', 3), 'rollout: Plain, drain: {deleteClaims: true}')).toBeUndefined();
    expect(await policy(stores('hot', 3, 'groups.pingcap.com/drain: "false"'), deleting)).toBeUndefined();
  });

  test('stay where others scale the group, or it is suspended: their stores have data', async () => {
    expect(await policy(stores('hot', 3, 'groups.pingcap.com/autoscaled: "true"'), deleting)).toBeUndefined();
    const suspended = `${stores('hot', 3)}  suspendAction: {suspendStatefulSet: true}\n`;
    expect(await policy(suspended, deleting)).toBeUndefined();
  });
});

test('no setting of the Job changes the StatefulSet', async () => {
  const sets = async (spec: string) => ofKind('StatefulSet', await rendered([BASE, stores('hot', 3)], spec));
  const jobs = async (spec: string) => titles(ofKind('Job', await rendered([BASE, stores('hot', 3)], spec)));
  const others = ['timeout: 12h', 'image: "mine:v1"'].map((more) => `drain: {enabled: true, ${more}}`);
  for (const spec of others) {
    expect(await sets(spec)).toEqual(await sets(ON));
    expect(await jobs(spec)).toEqual(await jobs(ON));
  }
  const [without] = await sets('');
  const [drained] = await sets(ON);
  expect(at(drained, 'spec')).toEqual(at(without, 'spec'));
});

test.each(['12h', '+12h'])('a Job fails after the `timeout` %s', async (timeout) => {
  const [job] = ofKind('Job', await rendered([BASE, stores('hot', 3)], `drain: {timeout: ${timeout}}`));
  expect(at(job, 'spec', 'activeDeadlineSeconds')).toBe(43_200n);
});

test('the number of replicas, and what the Job drains to, are one but where an annotation says otherwise', async () => {
  const target = async (group: string) => {
    const resources = await rendered([BASE, group]);
    const files = resources.find((resource) => titleOf(resource) === 'ConfigMap db/hot-tikv-drain');
    const [job] = ofKind('Job', resources);
    const [name, to] = String(at(files, 'data', 'target'))
      .trim()
      .split(' ');
    expect(name).toBe(at(job, 'metadata', 'name'));
    const [set] = ofKind('StatefulSet', resources);
    return [to, at(set, 'spec', 'replicas')];
  };
  expect(await target(stores('hot', 3))).toEqual(['3', 3n]);
  expect(await target(stores('hot', 0))).toEqual(['0', 0n]);
  expect(await target(stores('hot', 3, 'groups.pingcap.com/drain-to: "1"'))).toEqual(['1', 3n]);
});

describeWith([ARGO_CD_JUDGE], 'Argo CD', () => {
  const sync = async (before: readonly string[], after: readonly string[]) => {
    const [live, next] = [await rendered(before, FOR_ARGO_CD), await rendered(after, FOR_ARGO_CD)];
    const [{ steps = [], phase, inSync, left = [] } = {}] = syncs([{ live, rendered: next }]);
    const ours = steps.filter((step) => /Job|StatefulSet|-drain/.test(step)).map(withoutDigest);
    return { steps: ours, phase, inSync, left: left.map(withoutDigest) };
  };

  test('waits for each Job before its StatefulSet, and for that before the next Job', async () => {
    const { steps, phase } = await sync([], [WEB, stores('hot', 3), stores('cold', 3), BASE]);
    expect(phase).toBe('Succeeded');
    expect(steps).toEqual([
      'applied ConfigMap db/cold-tikv-drain',
      'applied Job db/cold-tikv-drain',
      'completed Job db/cold-tikv-drain',
      'applied StatefulSet db/cold-tikv',
      'rolled StatefulSet db/cold-tikv',
      'applied ConfigMap db/hot-tikv-drain',
      'applied Job db/hot-tikv-drain',
      'completed Job db/hot-tikv-drain',
      'applied StatefulSet db/hot-tikv',
      'rolled StatefulSet db/hot-tikv',
      'applied StatefulSet db/web-tidb',
      'rolled StatefulSet db/web-tidb',
    ]);
  });

  test('scales in once the Job is complete, and takes the Job before away', async () => {
    const { steps, ...rest } = await sync([BASE, stores('hot', 5)], [BASE, stores('hot', 3)]);
    expect(steps.indexOf('completed Job db/hot-tikv-drain')).toBeGreaterThan(0);
    expect(steps.indexOf('applied StatefulSet db/hot-tikv')).toBeGreaterThan(
      steps.indexOf('completed Job db/hot-tikv-drain'),
    );
    expect(steps).toContain('pruned Job db/hot-tikv-drain');
    expect(rest).toEqual({ phase: 'Succeeded', inSync: true, left: [] });
  });

  test('takes the Job of a group away that is removed, and leaves its stores', async () => {
    const { steps, left } = await sync([BASE, stores('hot', 3)], [BASE]);
    expect(steps.sort()).toEqual(['pruned ConfigMap db/hot-tikv-drain', 'pruned Job db/hot-tikv-drain']);
    expect(left.sort()).toEqual([
      'ConfigMap db/hot-tikv',
      'PodDisruptionBudget db/basic-tikv',
      'Service db/hot-tikv-peer',
      'StatefulSet db/hot-tikv',
    ]);
  });
});

describeWith([FLUX_KPT_JUDGE], 'Flux and kpt', () => {
  test.each(['flux', 'kpt'] as const)(
    '%s: the Job before is deleted, and one that stays is not made again',
    async (engine) => {
      const renders = await Promise.all(
        [5, 3, 3].map((replicas) => rendered([BASE, stores('hot', replicas)])),
      );
      const [verdict] = followed(engine, [{ renders }]);
      const [, second, third] = verdict?.changes ?? [];
      expect(second?.deleted.map(withoutDigest)).toEqual(['Job db/hot-tikv-drain']);
      expect(third).toMatchObject({ deleted: [], skipped: [] });
      expect(third?.error).toBeUndefined();
    },
  );
});
