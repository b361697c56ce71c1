import type { Config, PDSpec } from '../../api/index.ts';
import { canonical, inject, readConfig } from '../../config/index.ts';
import { type Member, reportConfig } from '../../expand/index.ts';
import { CLUSTER_DIR, DASHBOARD_DIR, dashboardTls } from './certificates.ts';

const CLUSTER_TLS = {
  'security.cacert-path': `${CLUSTER_DIR}/ca.crt`,
  'security.cert-path': `${CLUSTER_DIR}/tls.crt`,
  'security.key-path': `${CLUSTER_DIR}/tls.key`,
};

const DASHBOARD_CA = { 'dashboard.tidb-cacert-path': `${DASHBOARD_DIR}/ca.crt` };

const DASHBOARD_TLS = {
  'dashboard.tidb-cert-path': `${DASHBOARD_DIR}/tls.crt`,
  'dashboard.tidb-key-path': `${DASHBOARD_DIR}/tls.key`,
};

/** The text of a PD group's `config-file`. */
export function pdConfig(member: Member<PDSpec>, config: Config | undefined, image: string): string {
  const { spec, clusterTls } = member;
  const report = reportConfig(config, member.report);
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
