import { describe, expect, test } from 'vitest';
import { CLUSTER, stream, tidbGroup, tikvGroup } from '../support/basic.ts';
import { codesOf, planOf } from '../support/plan.ts';

const ZONE = 'topology.kubernetes.io/zone';
const zoned = (zones: string, replicas = 9) =>
  tikvGroup('hot', 'basic', `  zones: ${zones}\n`).replace('replicas: 3', `replicas: ${replicas}`);
const selected = (key: string, value: string) =>
  tikvGroup('hot', 'basic', `  nodeSelector: {${key}: ${value}}\n`);
const terms = (...lists: string[]) =>
  tikvGroup(
    'hot',
    'basic',
    `  affinity: {nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution: {nodeSelectorTerms: [${lists.map((list) => `{matchExpressions: [${list}]}`).join(', ')}]}}}\n`,
  );
const inZones = (...zones: string[]) => `{key: ${ZONE}, operator: In, values: [${zones.join(', ')}]}`;
const PLAIN = tikvGroup('hot', 'basic');

/** `danger` or `note`, and the servers that it is about. */
async function saidOf(old: string, now: string, of = CLUSTER): Promise<string[]> {
  const { dangers, workloads } = await planOf(stream(of, old), stream(CLUSTER, now));
  return [
    ...dangers.flatMap(({ code, workloads: its }) => (code === 'volumes-elsewhere' ? [`danger ${its}`] : [])),
    ...workloads.flatMap(({ workload, notes }) =>
      notes.some((note) => note.includes('stays Pending')) ? [`note ${workload}`] : [],
    ),
  ];
}

const HOT = 'TiKVGroup db/hot';

describe('stores whose volumes do not follow', () => {
  test.each([
    [
      'keepsName that moves',
      zoned('[{name: a, keepsName: true}, b, c]'),
      zoned('[a, {name: b, keepsName: true}, c]'),
      [`danger ${HOT}`],
    ],
    ['the first keepsName', PLAIN, zoned('[{name: a, keepsName: true}, b, c]'), [`note ${HOT}`]],
    ['zones of other names', PLAIN, zoned('[a, b, c]'), []],
    ['another zone beside', zoned('[a, b, c]'), zoned('[a, b, c, d]', 12), []],
    ['another value', zoned('[a, b]', 6), zoned('[{name: a, value: z}, b]', 6), [`danger ${HOT}-a`]],
    ['a value that is its name', zoned('[a, b]', 6), zoned('[{name: a, value: a}, b]', 6), []],
    ['a first node selector', PLAIN, selected(ZONE, 'b'), [`note ${HOT}`]],
    ['another one', selected(ZONE, 'a'), selected(ZONE, 'b'), [`danger ${HOT}`]],
    ['none any more', selected(ZONE, 'a'), PLAIN, []],
    ['of one node', PLAIN, selected('kubernetes.io/hostname', 'n1'), [`note ${HOT}`]],
    ['of a label that binds no volume', PLAIN, selected('disk', 'ssd'), []],
    ['fewer zones', terms(inZones('a', 'b')), terms(inZones('a')), [`note ${HOT}`]],
    ['more zones', terms(inZones('a')), terms(inZones('a', 'b')), []],
    ['the same in two terms', terms(inZones('a', 'b')), terms(inZones('b'), inZones('a')), []],
    ['the same as a selector', selected(ZONE, 'a'), terms(inZones('a')), []],
    ['none in common', terms(inZones('a'), inZones('b')), terms(inZones('c')), [`danger ${HOT}`]],
    [
      'both of two lists',
      terms(`${inZones('a', 'b')}, ${inZones('b', 'c')}`),
      terms(inZones('a')),
      [`danger ${HOT}`],
    ],
    [
      'a term that says nothing',
      terms(inZones('a')),
      terms(inZones('b'), '{key: disk, operator: Exists}'),
      [`note ${HOT}`],
    ],
    [
      'some of those from before taken away',
      terms(inZones('a', 'b')),
      terms(`${inZones('a', 'b')}, {key: ${ZONE}, operator: NotIn, values: [b]}`),
      [`note ${HOT}`],
    ],
    ['all but some', PLAIN, terms(`{key: ${ZONE}, operator: NotIn, values: [a]}`), [`note ${HOT}`]],
    [
      'that never ran',
      selected(ZONE, 'a').replace('replicas: 3', 'replicas: 0'),
      selected(ZONE, 'b').replace('replicas: 3', 'replicas: 0'),
      [],
    ],
  ])('%s', async (_, old, now, said) => {
    expect(await saidOf(old, now)).toEqual(said);
  });

  test('also those of the TidbCluster, by what all its servers have', async () => {
    const of = `${CLUSTER}  nodeSelector: {${ZONE}: a}\n`;
    const { dangers } = await planOf(of, of.replace(': a}', ': b}'));
    expect(codesOf(dangers).filter((code) => code === 'volumes-elsewhere')).toHaveLength(2);
  });

  test('says nothing of servers without volumes', async () => {
    const group = (value: string) => tidbGroup('web', 'basic', `  nodeSelector: {${ZONE}: ${value}}\n`);
    expect(await saidOf(group('a'), group('b'))).toEqual([]);
  });

  test('says how to see where the volumes are', async () => {
    const notesOn = async (now: string) =>
      (await planOf(stream(CLUSTER, PLAIN), stream(CLUSTER, now))).workloads.flatMap(({ notes }) => notes);
    expect((await notesOn(zoned('[{name: a, keepsName: true}, b, c]'))).join('\n')).toContain(
      'the pods of hot-tikv are now bound to nodes by topology.kubernetes.io/zone ("a"): a pod whose volume is elsewhere stays Pending; check first where the volumes are: `kubectl get pv -L topology.kubernetes.io/zone` shows it',
    );
    expect((await notesOn(selected('kubernetes.io/hostname', 'n1'))).join('\n')).toContain(
      '`kubectl describe pv`',
    );
  });
});
