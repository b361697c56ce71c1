import { describe, expect, test } from 'vitest';
import { CLUSTER, stream, TIKV_GROUP } from '../support/basic.ts';
import { codesOf, planOf } from '../support/plan.ts';

const stores = (text: string) => stream(CLUSTER, `${TIKV_GROUP}${text.replaceAll(/^(?=.)/gm, '  ')}\n`);
const base = (text: string) =>
  stream(CLUSTER.replace('    config: ""\n  tikv', `${text.replaceAll(/^(?=.)/gm, '    ')}\n  tikv`));

const RAFT = 'config: {raft-engine: {dir: /raft/log}}\n';
const WAL = 'config: {rocksdb: {wal-dir: /wal}}\n';
const volume = (rest: string) => `storageVolumes: [{name: raft, storageSize: 10Gi${rest}}]\n`;
const patched = (mount: string) =>
  `additionalVolumes: [{name: other, emptyDir: {}}]
additionalContainers: [{name: tikv, image: a, volumeMounts: [${mount}]}]`;
const onNode = (path: string) =>
  `${RAFT}additionalVolumes: [{name: disk, hostPath: {path: ${path}}}]
additionalVolumeMounts: [{name: disk, mountPath: /raft}]`;

/** Changes after which the server no longer sees what it has written, and where that was. */
const LOST: readonly (readonly [name: string, place: string, old: string, now: string])[] = [
  [
    'the volume of the Raft log is mounted no more',
    'raft-engine.dir',
    `${RAFT}${volume(', mountPath: /raft')}`,
    `${RAFT}${volume('')}`,
  ],
  [
    'that of the WAL is not',
    'rocksdb.wal-dir',
    `${WAL}${volume(', mountPath: /wal')}`,
    `${WAL}${volume('')}`,
  ],
  [
    'that of the older Raft log is not',
    'raftstore.raftdb-path',
    `config: {raftstore: {raftdb-path: /raft}}\n${volume(', mountPath: /raft')}`,
    `config: {raftstore: {raftdb-path: /raft}}\n${volume('')}`,
  ],
  [
    'that of Titan is not',
    'rocksdb.titan.dirname',
    `config: {rocksdb: {titan: {dirname: /titan}}}\n${volume(', mountPath: /titan')}`,
    `config: {rocksdb: {titan: {dirname: /titan}}}\n${volume('')}`,
  ],
  [
    'a volume of the pod is in its place',
    'data directory',
    patched(''),
    patched('{name: other, mountPath: /var/lib/tikv}'),
  ],
  [
    'it lies elsewhere on the volume',
    'data directory',
    patched(''),
    patched('{name: tikv, mountPath: /var/lib/tikv, subPath: a}'),
  ],
  [
    'a volume of the pod covers a part of it',
    'raft-engine.dir',
    patched(''),
    patched('{name: other, mountPath: /var/lib/tikv/raft-engine}'),
  ],
  ['another directory of the node is mounted', 'raft-engine.dir', onNode('/mnt/a'), onNode('/mnt/b')],
];

/** Changes of mounts that hide nothing. */
const KEPT: readonly (readonly [name: string, old: string, now: string, ...codes: string[]])[] = [
  [
    'another volume comes',
    '',
    'additionalVolumes: [{name: a, emptyDir: {}}]\nadditionalVolumeMounts: [{name: a, mountPath: /a}]',
  ],
  ['a volume has another name', onNode('/mnt/a'), onNode('/mnt/a/').replaceAll('disk', 'other')],
  [
    'what goes with each pod is elsewhere',
    `${RAFT}${volume('')}`,
    RAFT.replace('/raft/log', '/other'),
    'config-refused',
    'volume-removed',
  ],
  [
    'the directory is another, which TiKV sees',
    RAFT,
    RAFT.replace('/raft/log', '/var/lib/tikv/log'),
    'config-refused',
  ],
  [
    'the volume is mounted elsewhere, which is said',
    `${RAFT}${volume(', mountPath: /raft')}`,
    `${RAFT}${volume(', mountPath: /other')}`,
    'volume-moved',
  ],
  ['the volume goes, which is said', `${RAFT}${volume(', mountPath: /raft')}`, RAFT, 'volume-removed'],
  ['the data directory is another, which is said', '', 'dataSubDir: a', 'data-directory-moved'],
];

describe('the stores start without what they have written, where', () => {
  test.each(LOST)('%s', async (_, place, old, now) => {
    const { dangers } = await planOf(stores(old), stores(now));
    expect(codesOf(dangers)).toEqual(['data-out-of-sight']);
    expect(dangers[0]?.message).toContain(place);
  });
});

describe('nothing is out of sight where', () => {
  test.each(KEPT)('%s', async (_, old, now, ...codes) => {
    expect(codesOf((await planOf(stores(old), stores(now))).dangers)).toEqual(codes);
  });
});

describe('so it is with', () => {
  const sides = async (old: string, now: string) => (await planOf(old, now)).dangers;

  test('PD, whose directory another volume covers', async () => {
    const old = 'additionalVolumes: [{name: a, hostPath: {path: /a}}]';
    const dangers = await sides(
      base(old),
      base(`${old}\nadditionalVolumeMounts: [{name: a, mountPath: /var/lib/pd/}]`),
    );
    expect(codesOf(dangers)).toEqual(['data-out-of-sight']);
    expect(dangers[0]).toMatchObject({ workloads: ['TidbCluster db/basic: pd'] });
  });

  test('TiFlash, of which one directory is no longer named', async () => {
    const tiflash = (dirs: string) =>
      `${CLUSTER}  tiflash:
    replicas: 2
    storageClaims: [{resources: {requests: {storage: 1Ti}}}, {resources: {requests: {storage: 1Ti}}}]
    config: {config: 'storage = {main = {dir = [${dirs}]}}'}
`;
    const dangers = await sides(tiflash('"/data0/db", "/data1/db"'), tiflash('"/data0/db"'));
    expect(codesOf(dangers)).toEqual(['data-out-of-sight']);
    expect(dangers[0]?.message).toContain('"/data1/db"');
  });
});
