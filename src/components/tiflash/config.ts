import type { TiFlashSpec } from '../../api/index.ts';
import {
  type ConfigTable,
  canonical,
  getKey,
  inject,
  type ReportConfig,
  readConfig,
  reportAt,
  setDefault,
} from '../../config/index.ts';
import { certificateFiles, type Files, type Member, runsOwnImage, tlsDirectory } from '../../expand/index.ts';
import { type Addresses, addressesOf } from './addresses.ts';
import { isMounted } from './checks.ts';
import { CONFIG_TEMPLATE, PROXY_TEMPLATE } from './config-facts.ts';
import { commonDefaults, type Defaults, dataDirs, olderDefaults, proxyDefaults } from './defaults.ts';
import { CLICKHOUSE_PORTS } from './ports.ts';
import { isSince, versionOf } from './version.ts';

const FILES = certificateFiles(tlsDirectory('tiflash'));

const COMMON_TLS = {
  'security.ca_path': FILES.ca,
  'security.cert_path': FILES.cert,
  'security.key_path': FILES.key,
};

const PROXY_TLS = {
  'security.ca-path': FILES.ca,
  'security.cert-path': FILES.cert,
  'security.key-path': FILES.key,
};

/** On the group: versions from 7.1 on keep the ports that they no longer need. */
const KEEP_PORTS = 'tidb.pingcap.com/tiflash-710-keep-ports';

/** The templates of TiFlash's two configs. */
export function tiflashConfigs(member: Member<TiFlashSpec>, written: TiFlashSpec, image: string): Files {
  const { config, proxy } = written.config ?? {};
  const reportCommon = reportAt(member.at.to('spec', 'config', 'config'), config);
  const reportProxy = reportAt(member.at.to('spec', 'config', 'proxy'), proxy);
  const common = readConfig('tiflash.config', config, 'server', reportCommon);
  const ofProxy = readConfig('tiflash.proxy', proxy, 'server', reportProxy);
  const at = addressesOf(member);
  reportUnclear(image, member);
  if (isSince(image, [5, 4])) fillCommon(member, common, image, at, reportCommon);
  else fillOlder(member, common, at, reportCommon);
  setAll(ofProxy, proxyDefaults(at, isMounted(member.spec) && isSince(image, [5, 4])), reportProxy);
  if (member.clusterTls) {
    inject(common, COMMON_TLS, reportCommon);
    inject(ofProxy, PROXY_TLS, reportProxy);
    const allowed = getKey(common, 'security.cert_allowed_cn');
    if (allowed !== undefined) setDefault(ofProxy, 'security.cert-allowed-cn', allowed, reportProxy);
  }
  return { [CONFIG_TEMPLATE]: canonical(common), [PROXY_TEMPLATE]: canonical(ofProxy) };
}

/** A branch or a digest says nothing of the config that a server reads. */
function reportUnclear(image: string, member: Member<TiFlashSpec>): void {
  if (versionOf(image) !== undefined) return;
  const field = runsOwnImage(member) ? 'image' : 'version';
  member.at
    .to('spec', field)
    .say(
      'version-unclear',
      `the version of the image "${image}" is unclear, so its config is written as for versions before v5.4, as TiDB Operator does; write a version such as "v8.5.7", or a tag that begins with one`,
    );
}

function fillCommon(
  { spec, annotations, clusterTls }: Member<TiFlashSpec>,
  table: ConfigTable,
  image: string,
  at: Addresses,
  report: ReportConfig,
): void {
  const has = (key: string) => getKey(table, key) !== undefined;
  if (!has('path') && !has('storage.main.dir')) {
    setDefault(table, 'storage.main.dir', dataDirs(spec), report);
  }
  if (!has('raft.kvstore_path')) setDefault(table, 'storage.raft.dir', ['/data0/kvstore'], report);
  setAll(table, commonDefaults(at, isMounted(spec)), report);
  const hasPorts = !isSince(image, [7, 1]) || Object.hasOwn(annotations, KEEP_PORTS);
  const [tcp, http] = clusterTls ? ['tcp_port_secure', 'https_port'] : ['tcp_port', 'http_port'];
  if (hasPorts) setAll(table, { [tcp]: CLICKHOUSE_PORTS.tcp, [http]: CLICKHOUSE_PORTS.http }, report);
  if (clusterTls) removeKeys(table, ['tcp_port', 'http_port']);
}

function fillOlder(
  { spec, clusterTls }: Member<TiFlashSpec>,
  table: ConfigTable,
  at: Addresses,
  report: ReportConfig,
): void {
  setDefault(table, 'path', dataDirs(spec).join(','), report);
  setAll(table, olderDefaults(at), report);
  removeKeys(table, clusterTls ? ['tcp_port', 'http_port'] : ['tcp_port_secure', 'https_port']);
}

function setAll(table: ConfigTable, defaults: Defaults, report: ReportConfig): void {
  for (const [key, value] of Object.entries(defaults)) setDefault(table, key, value, report);
}

/** Whoever wrote them: the servers would not start with the others beside them. */
function removeKeys(table: ConfigTable, keys: readonly string[]): void {
  for (const key of keys) table.delete(key);
}
