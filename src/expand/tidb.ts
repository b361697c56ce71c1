import type { Config, TiDBGroup, TiDBSpec } from '../api/index.ts';
import { tidbConfig } from '../config/index.ts';
import type { MapValue } from '../list/index.ts';
import { storageClaims } from './claims.ts';
import { configMap } from './config-map.ts';
import { serverImage } from './image.ts';
import { type LogFile, logFileIn, logTailer } from './log-tailer.ts';
import { type ExpandInput, type Member, memberOf } from './member.ts';
import { join } from './paths.ts';
import { reportConfig } from './report.ts';
import { clientService, peerService } from './services.ts';
import { TIDB_STATUS_PORT, tidbStartScript } from './start-script-tidb.ts';
import { probeCopier } from './startup-probe.ts';
import { statefulSet } from './stateful-set.ts';
import { asStored } from './stored.ts';
import { tidbContainer } from './tidb-container.ts';
import { SLOW_LOG_DIR, slowLogMount, tidbVolumes } from './tidb-volumes.ts';

/** The workloads of a TiDBGroup: ConfigMap, Services and StatefulSet, in this order. */
export function expandTiDBGroup(input: ExpandInput<TiDBGroup>): MapValue[] {
  const member = memberOf<TiDBSpec>('tidb', input);
  const { spec } = member;
  const image = serverImage(member);
  const files = configMap(
    member,
    configText(member, input.group.object.spec.config),
    tidbStartScript(member),
  );
  const slowLog = slowLogFile(member);
  const probe = spec.customizedStartupProbe;
  const generated = {
    containers: [
      ...(slowLog ? [logTailer('slowlog', slowLog, spec.slowLogTailer, member)] : []),
      tidbContainer(member, image, slowLog?.file),
    ],
    initContainers: probe ? [probeCopier(probe, member)] : [],
    volumes: tidbVolumes(member, files.name),
    metricsPort: TIDB_STATUS_PORT,
  };
  const set = statefulSet(member, generated, storageClaims(member));
  const all = [
    files.resource,
    peerService(member, 'status', TIDB_STATUS_PORT),
    ...(spec.service ? [clientService(member, spec.service)] : []),
    ...(set === undefined ? [] : [set]),
  ];
  return all.map(asStored);
}

function configText({ spec, clusterTls, report }: Member<TiDBSpec>, config: Config | undefined): string {
  const { tlsClient } = spec;
  const clientTls = !tlsClient?.enabled ? 'off' : tlsClient.disableClientAuthn ? 'unverified' : 'verified';
  const bootstrapSql = Boolean(spec.bootstrapSQLConfigMapName);
  const tokenAuth = spec.tokenBasedAuthEnabled ?? false;
  return tidbConfig(config, { clusterTls, clientTls, bootstrapSql, tokenAuth }, reportConfig(config, report));
}

/** The slow log goes to a file of its own, and from there to a sidecar's output, unless that is turned off. */
function slowLogFile(member: Member<TiDBSpec>): LogFile | undefined {
  const { separateSlowLog, slowLogVolumeName: volume } = member.spec;
  if (!(separateSlowLog ?? true)) return undefined;
  if (volume) return logFileIn(volume, volume, member);
  return { file: join(SLOW_LOG_DIR, 'slowlog'), mount: slowLogMount() };
}
