import type { TiKVSpec } from '../../api/index.ts';
import { join, type LogFile, logFileIn, logTailer, type Member } from '../../expand/index.ts';
import type { MapValue } from '../../yaml/index.ts';
import { TIKV_DATA_DIR } from './start-script.ts';
import { dataMount } from './volumes.ts';

/** TiKV's two storage engines each write a log file of their own; where, depends on the version. */
export function tikvLogTailers(member: Member<TiKVSpec>, image: string): MapValue[] {
  const { spec } = member;
  const old = isBefore5(image);
  const logs = [
    {
      wanted: spec.separateRocksDBLog,
      name: 'rocksdblog',
      file: old ? 'db/LOG' : 'rocksdb.info',
      volume: spec.rocksDBLogVolumeName,
    },
    {
      wanted: spec.separateRaftLog,
      name: 'raftlog',
      file: old ? 'raft/LOG' : 'raftdb.info',
      volume: spec.raftLogVolumeName,
    },
  ];
  return logs.flatMap(({ wanted, name, file, volume }) => {
    if (!wanted) return [];
    const log = volume ? logFileIn(volume, file, member) : inData(file);
    return log === undefined ? [] : [logTailer(name, log, spec.logTailer, member)];
  });
}

function inData(file: string): LogFile {
  return { file: join(TIKV_DATA_DIR, file), mount: dataMount() };
}

/** By the image's tag; one that is no version, such as `nightly`, counts as new. */
function isBefore5(image: string): boolean {
  const major = /:v?(\d+)(?:\.\d+){0,2}(?:[-+][^:]*)?$/.exec(image)?.[1];
  return major !== undefined && Number(major) < 5;
}
