import type { Config, TiDBSpec } from '../../api/index.ts';
import { reportAt } from '../../config/index.ts';
import {
  CONFIG_FILE,
  type Expansion,
  type Generated,
  join,
  type LogFile,
  logFileIn,
  logTailer,
  type Member,
  peerService,
  STARTUP_SCRIPT,
  storageClaims,
} from '../../expand/index.ts';
import { tidbConfig } from './config.ts';
import { tidbContainer } from './container.ts';
import { reportGrace } from './grace.ts';
import { PORTS } from './ports.ts';
import { clientService } from './service.ts';
import { tidbStartScript } from './start-script.ts';
import { probeCopier } from './startup-probe.ts';
import { SLOW_LOG_DIR, slowLogMount, tidbVolumes } from './volumes.ts';

export const expansion: Expansion<TiDBSpec> = {
  component: 'tidb',
  files: (member, { config }) => ({
    [CONFIG_FILE]: configText(member, config),
    [STARTUP_SCRIPT]: tidbStartScript(member),
  }),
  pod,
  claims: storageClaims,
  services: (member) => [
    peerService(member, { status: PORTS.status }),
    ...(member.spec.service ? [clientService(member, member.spec.service)] : []),
  ],
};

function pod(member: Member<TiDBSpec>, image: string, configMap: string): Generated {
  const { spec } = member;
  reportGrace(member);
  const slowLog = slowLogFile(member);
  const probe = spec.customizedStartupProbe;
  return {
    containers: [
      ...(slowLog ? [logTailer('slowlog', slowLog, spec.slowLogTailer, member)] : []),
      tidbContainer(member, image, slowLog?.file),
    ],
    initContainers: probe ? [probeCopier(probe, member)] : [],
    volumes: tidbVolumes(member, configMap),
    metrics: { port: PORTS.status },
    sysctlContainer: 'init',
  };
}

function configText({ spec, clusterTls, at }: Member<TiDBSpec>, config: Config | undefined): string {
  const { tlsClient } = spec;
  const clientTls = !tlsClient?.enabled ? 'off' : tlsClient.disableClientAuthn ? 'unverified' : 'verified';
  const bootstrapSql = Boolean(spec.bootstrapSQLConfigMapName);
  const tokenAuth = spec.tokenBasedAuthEnabled ?? false;
  return tidbConfig(
    config,
    { clusterTls, clientTls, bootstrapSql, tokenAuth },
    reportAt(at.to('spec', 'config'), config),
  );
}

/** The slow log goes to a file of its own, and from there to a sidecar's output, unless that is turned off. */
function slowLogFile(member: Member<TiDBSpec>): LogFile | undefined {
  const { separateSlowLog, slowLogVolumeName: volume } = member.spec;
  if (!(separateSlowLog ?? true)) return undefined;
  if (volume) return logFileIn(volume, volume, member);
  return { file: join(SLOW_LOG_DIR, 'slowlog'), mount: slowLogMount() };
}
