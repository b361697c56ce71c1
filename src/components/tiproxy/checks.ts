import type { AnyGroup, Config, TiProxyGroup, TiProxySpec } from '../../api/index.ts';
import { type ConfigTable, getKey, type Reader, readConfig } from '../../config/index.ts';
import type { Path } from '../../problem/index.ts';
import type { AnySpec } from '../any-spec.ts';
import type { Beside, Found } from '../component.ts';

export function ignored({ readinessProbe }: AnySpec): [path: Path, why: string][] {
  if (!readinessProbe) return [];
  const advice =
    'for a probe, write `readinessProbe` into an entry of `additionalContainers` of the name "tiproxy"';
  return [[['readinessProbe'], `on TiProxy, to which TiDB Operator gives no probe; ${advice}`]];
}

export function ignoredInGroup({
  sslEnableTiDB,
  tlsClientSecretName,
}: TiProxySpec): [path: Path, why: string][] {
  const why =
    'TiDB Operator reads it only beside `tidb` with `tlsClient` in one TidbCluster; ' +
    'write `security.sql-tls` and `security.server-tls` in `spec.config`, and mount the Secrets with `additionalVolumes`';
  return [
    ...(sslEnableTiDB ? [[['sslEnableTiDB'], why] satisfies [Path, string]] : []),
    ...(tlsClientSecretName ? [[['tlsClientSecretName'], why] satisfies [Path, string]] : []),
  ];
}

export function checkBeside(own: readonly TiProxyGroup[], beside: Beside): Found[] {
  return [...acrossKubernetes(own, beside), ...sessionTokens(own, beside)];
}

function acrossKubernetes(own: readonly TiProxyGroup[], { cluster: { metadata, spec } }: Beside): Found[] {
  if (!spec.acrossK8s) return [];
  const message = `\`spec.cluster\` names the TidbCluster "${metadata.name}", which has \`acrossK8s: true\`, and TiDB Operator v1.6 refuses TiProxy there; put TiProxy into a cluster without it, or run it by itself`;
  return own.map((group) => ({
    group,
    code: 'across-kubernetes',
    path: ['spec', 'cluster', 'name'],
    message,
  }));
}

/** By these a TiDB server signs the state of a connection that TiProxy carries over to another. */
const TOKEN_KEYS = ['security.session-token-signing-cert', 'security.session-token-signing-key'];

/**
 * TiDB Operator sets the keys only where `tiproxy` stands in the same TidbCluster, and has TLS. It is said once: of the
 * first group, because it is about the TiDB servers.
 */
function sessionTokens([group]: readonly TiProxyGroup[], { cluster, groups }: Beside): Found[] {
  if (group === undefined) return [];
  const { tidb, tiproxy, tlsCluster } = cluster.spec;
  const isSet = tiproxy !== undefined && tlsCluster?.enabled === true;
  const without = [
    ...(tidb && !isSet && !hasTokens(tidb.config, 'operator')
      ? [`TidbCluster "${cluster.metadata.name}"`]
      : []),
    ...groups.filter((other) => isWithoutTokens(other)).map(({ metadata }) => `TiDBGroup "${metadata.name}"`),
  ];
  if (without.length === 0) return [];
  const keys = TOKEN_KEYS.map((key) => `\`${key}\``).join(' and ');
  const message = `TiProxy cannot move connections from one TiDB server to another, so that restarts and scale-in break them: the servers of ${without.join(', ')} sign no session tokens; write ${keys} into the config of each, all with one certificate, which \`additionalVolumes\` mount`;
  return [{ group, code: 'session-token-missing', path: ['metadata', 'name'], message }];
}

function isWithoutTokens(group: AnyGroup): boolean {
  return group.kind === 'TiDBGroup' && !hasTokens(group.spec.config, 'server');
}

function hasTokens(config: Config | undefined, reader: Reader): boolean {
  const table: ConfigTable = readConfig('tidb', config, reader, () => undefined);
  return TOKEN_KEYS.every((key) => getKey(table, key) !== undefined);
}
