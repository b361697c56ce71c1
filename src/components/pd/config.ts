import type { Config, PDSpec } from '../../api/index.ts';
import { canonical, inject, readConfig, reportAt } from '../../config/index.ts';
import { certificateFiles, type Member, tlsDirectory } from '../../expand/index.ts';
import { DASHBOARD_DIR, dashboardTls } from './certificates.ts';

const CLUSTER = certificateFiles(tlsDirectory('pd'));
const DASHBOARD = certificateFiles(DASHBOARD_DIR);

const CLUSTER_TLS = {
  'security.cacert-path': CLUSTER.ca,
  'security.cert-path': CLUSTER.cert,
  'security.key-path': CLUSTER.key,
};

const DASHBOARD_CA = { 'dashboard.tidb-cacert-path': DASHBOARD.ca };

const DASHBOARD_TLS = {
  'dashboard.tidb-cert-path': DASHBOARD.cert,
  'dashboard.tidb-key-path': DASHBOARD.key,
};

/** The text of a PD group's `config-file`. */
export function pdConfig(member: Member<PDSpec>, config: Config | undefined, image: string): string {
  const { spec, clusterTls } = member;
  const report = reportAt(member.at.to('spec', 'config'), config);
  const table = readConfig('pd', config, 'server', report);
  if (clusterTls) inject(table, CLUSTER_TLS, report);
  const client = dashboardTls(member, image);
  if (client) {
    if (!client.skipInternalClientCA) inject(table, DASHBOARD_CA, report);
    inject(table, DASHBOARD_TLS, report);
  }
  const { enableDashboardInternalProxy: proxy } = spec;
  if (proxy !== undefined) {
    inject(table, { 'dashboard.internal-proxy': proxy }, report, '`enableDashboardInternalProxy` says so');
  }
  return canonical(table);
}
