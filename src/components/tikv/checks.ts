import type { TiKVSpec } from '../../api/index.ts';
import type { Path } from '../../problem/index.ts';
import type { AnySpec } from '../any-spec.ts';
import type { LogVolumeField } from '../component.ts';

export function logVolumes({ separateRocksDBLog, separateRaftLog }: AnySpec): LogVolumeField[] {
  return [
    ...(separateRocksDBLog ? ['rocksDBLogVolumeName' as const] : []),
    ...(separateRaftLog ? ['raftLogVolumeName' as const] : []),
  ];
}

export function ignored(spec: AnySpec): [path: Path, why: string][] {
  const { privileged, securityContext, readinessProbe } = spec;
  const found: [Path, string][] = [];
  if (privileged && securityContext && !securityContext.privileged) {
    found.push([['privileged'], 'beside `securityContext`; write `privileged: true` there, or remove it']);
  }
  if (readinessProbe?.type === 'command') {
    found.push([['readinessProbe', 'type'], 'on TiKV, whose probe always uses TCP; remove it']);
  }
  const logs = [
    ['rocksDBLogVolumeName', 'separateRocksDBLog'],
    ['raftLogVolumeName', 'separateRaftLog'],
  ] as const;
  for (const [volume, separate] of logs) {
    if (spec[volume] && !spec[separate]) {
      found.push([[volume], `without \`${separate}: true\`; write that too, or remove it`]);
    }
  }
  return found;
}

export function operatorOnly({ storeLabels }: TiKVSpec): [path: Path, why: string][] {
  if (!storeLabels?.length) return [];
  const why =
    'TiDB Operator copies node labels only to stores that it runs itself; ' +
    'write the labels in `spec.config.server.labels`';
  return [[['storeLabels'], why]];
}
