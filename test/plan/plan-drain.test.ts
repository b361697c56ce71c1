import { describe, expect, test } from 'vitest';
import { cluster, stream, tikvGroup } from '../support/basic.ts';
import { codesOf, planOf } from '../support/plan.ts';
import { Sandbox } from '../support/sandbox.ts';

/** A cluster of five stores, and a group that has so many and is annotated so. */
function side(replicas: number, settings: string, annotations = '', base = cluster('basic')): string {
  const group = tikvGroup('hot', 'basic').replace('replicas: 3', `replicas: ${replicas}`);
  const said = group.replace('\nspec:', `\n  annotations: {${annotations}}\nspec:`);
  const config = `apiVersion: groups.pingcap.com/v1alpha1\nkind: ExpandTidbGroups\nmetadata: {name: c}\nspec: {${settings}}\n`;
  return stream(base, said, config);
}

const ON = 'drain: {enabled: true}';
const ARGO_CD = 'drain: {enabled: true, engine: ArgoCD}';
const FLUX = 'drain: {enabled: true, engine: Flux}';
const DRAIN_TO = 'groups.pingcap.com/drain-to: "3"';
const DRAINED_TO = 'groups.pingcap.com/drained-to: "3"';

const both = (settings: string) => [side(5, settings), side(3, settings)] as const;
const LOST = ['quorum-at-risk', 'store-scale-in'];

/** A group gets three stores instead of five: what is dangerous about it. */
const CASES: readonly [name: string, sides: readonly [string, string], dangers: readonly string[]][] = [
  ['where nothing drains it', both(''), LOST],
  ['where nobody waits for the Job', both(ON), LOST],
  ['where Argo CD waits', both(ARGO_CD), []],
  ['where Flux waits', both(FLUX), []],
  ['where waves are on by name', both(`${ON}, syncWaves: true`), []],
  ['where there are no waves that Argo CD could wait for', both(`${ARGO_CD}, syncWaves: false`), LOST],
  ['where Flux waits, and needs no waves', both(`${FLUX}, syncWaves: false`), []],
  ['with the Job that this very change brings', [side(5, ''), side(3, ARGO_CD)], []],
  ['where only the state before had one', [side(5, ARGO_CD), side(3, '')], LOST],
  ['after a step that drained it', [side(5, ON, DRAIN_TO), side(3, ON, DRAINED_TO)], []],
  ['after such a step, by the annotation alone', [side(5, '', DRAIN_TO), side(3, '', DRAINED_TO)], []],
  ['after such a step, and nobody says that it has ended', [side(5, ON, DRAIN_TO), side(3, ON)], LOST],
  [
    'after a step that drained fewer stores',
    [side(5, ON, 'groups.pingcap.com/drain-to: "4"'), side(3, ON, DRAINED_TO)],
    LOST,
  ],
  ['where somebody says so without a step before', [side(5, ON), side(3, ON, DRAINED_TO)], LOST],
];

describe('fewer stores', () => {
  test.each(CASES)('%s', async (_, [old, now], dangers) => {
    expect(codesOf((await planOf(old, now)).dangers)).toEqual(dangers);
  });

  test('are dangerous where the rest is too small for the data, also if they are drained', async () => {
    const none = (replicas: number) =>
      side(replicas, ARGO_CD, '', cluster('basic').replace(/ {2}tikv:[\s\S]*$/, ''));
    expect(codesOf((await planOf(none(5), none(2))).dangers)).toEqual(['too-few-stores']);
  });

  test('are dangerous where the TidbCluster waits for them, so that Argo CD cannot wait for the Job', async () => {
    const base = cluster('basic').replace(/ {2}tikv:[\s\S]*$/, '  tidb: {replicas: 1}\n');
    const { dangers } = await planOf(side(5, ARGO_CD, '', base), side(4, ARGO_CD, '', base));
    expect(codesOf(dangers)).toEqual(['store-scale-in']);
    const advice = dangers.flatMap(({ instead }) => instead).join('\n');
    expect(advice).toContain('Argo CD cannot wait for the Job');
    expect(advice).not.toContain('tell the render that your engine waits');
    // Each way out that it names makes it wait.
    for (const wayOut of [
      '  tikv: {replicas: 3, requests: {storage: 100Gi}}\n  tidb: {replicas: 1}\n',
      '  tidb: {replicas: 0}\n',
    ]) {
      const other = cluster('basic').replace(/ {2}tikv:[\s\S]*$/, wayOut);
      expect(
        codesOf((await planOf(side(5, ARGO_CD, '', other), side(4, ARGO_CD, '', other))).dangers),
      ).toEqual([]);
    }
  });

  test('are told from rendered manifests, too, which say who waits', async () => {
    const sandbox = new Sandbox();
    const rendered = (text: string) => sandbox.groups(['render', '-'], { input: text }).stdout;
    for (const [settings, dangers] of [
      [ARGO_CD, []],
      [FLUX, []],
      [ON, LOST],
    ] as const) {
      const [old, now] = both(settings).map(rendered);
      expect(codesOf((await planOf(old ?? '', now ?? '')).dangers)).toEqual(dangers);
    }
  });
});

async function notes(old: string, now: string): Promise<string[]> {
  const plan = await planOf(old, now);
  return plan.workloads
    .flatMap((workload) => workload.notes)
    .map((note) => note.replace(/[0-9a-f]{7}/g, 'DIGEST'));
}

const LOG = '`kubectl -n db logs --follow job/hot-tikv-drain-DIGEST` shows how far it is';

test('a danger says that volumes are deleted, too', async () => {
  const { dangers } = await planOf(...both('drain: {enabled: true, deleteClaims: true}'));
  expect(dangers.find(({ code }) => code === 'store-scale-in')?.message).toMatch(
    /; the volumes are deleted, too \(`drain\.deleteClaims`\), so nothing brings the stores back$/,
  );
});

describe('a plan says', () => {
  test('which stores the Job drains, who waits, and what is left', async () => {
    expect(await notes(...both(ARGO_CD))).toEqual([
      `the Job hot-tikv-drain-DIGEST moves the data of hot-tikv-4, hot-tikv-3 away, and Argo CD waits for it before the pods go; ${LOG}`,
      'the claims of hot-tikv-4, hot-tikv-3 stay; before you scale out again, delete what the stores leave behind: `kubectl -n db delete pvc tikv-hot-tikv-N`',
    ]);
  });

  test('that the claims go, where they do', async () => {
    expect(await notes(...both('drain: {enabled: true, engine: Flux, deleteClaims: true}'))).toEqual([
      `the Job hot-tikv-drain-DIGEST moves the data of hot-tikv-4, hot-tikv-3 away, and Flux waits for it before the pods go; ${LOG}`,
      'Kubernetes deletes the claims of hot-tikv-4, hot-tikv-3, and their data, once the pods are gone',
    ]);
  });

  test('that a Job drains stores that stay for now', async () => {
    expect(await notes(side(5, ON), side(5, ON, DRAIN_TO))).toEqual([
      `the Job hot-tikv-drain-DIGEST moves the data of hot-tikv-4, hot-tikv-3 away; ${LOG}`,
    ]);
  });

  test('that more replicas take a drain back', async () => {
    expect(await notes(side(3, ON), side(5, ON))).toEqual([
      'PD moves data onto the new stores once they are up',
      `the Job hot-tikv-drain-DIGEST takes back a drain that has not ended, if there is one; ${LOG}`,
    ]);
  });

  test('nothing of a Job where none has anything to do', async () => {
    expect(await notes(side(3, ''), side(3, ON))).toEqual([]);
  });
});

describe('how to remove a group', () => {
  const without = (text: string) =>
    text
      .split('---\n')
      .filter((one) => !one.includes('kind: TiKVGroup'))
      .join('---\n');
  const steps = async (settings: string) => {
    const old = side(3, settings);
    const { dangers } = await planOf(old, without(old));
    return dangers.find(({ code }) => code === 'store-removal')?.instead;
  };

  test('is to give it no replicas first, where an engine waits for the Job', async () => {
    expect(await steps(ARGO_CD)).toEqual([
      'Set `spec.replicas: 0` first, and apply that: a Job drains the stores before they go.',
      'Wait until the pods are gone: `kubectl -n db get pods` no longer lists hot-tikv-2, hot-tikv-1, hot-tikv-0.',
      'Then apply this change.',
      'The claims stay: delete them once you no longer need them.',
    ]);
  });

  test('is to drain it first, and then to give it none, where nobody waits', async () => {
    expect(await steps(ON)).toEqual([
      'Leave `spec.replicas` as it is, annotate the group with `groups.pingcap.com/drain-to: "0"`, and apply that: a Job drains the stores.',
      'Wait until `kubectl -n db get jobs -l app.kubernetes.io/component=tikv-drain,app.kubernetes.io/instance=hot` shows that the newest Job is complete.',
      'Then write `groups.pingcap.com/drained-to: "0"` in place of that annotation, together with `spec.replicas: 0`.',
      'Apply that. Wait until the pods are gone: `kubectl -n db get pods` no longer lists hot-tikv-2, hot-tikv-1, hot-tikv-0.',
      'Then apply this change.',
      'The claims stay: delete them once you no longer need them.',
    ]);
  });

  test('has a Job as another way where there is none yet', async () => {
    expect((await steps('rollout: Plain'))?.at(-1)).toBe(
      'Or let a Job do that, with `spec.drain.enabled: true` in the function config: it drains all stores of a group with `spec.replicas: 0`, and then the group can be removed. docs/operations.md says how for each engine.',
    );
  });

  test('that has no replicas is no danger', async () => {
    const old = side(0, ARGO_CD);
    expect(codesOf((await planOf(old, without(old))).dangers)).toEqual([]);
  });
});
