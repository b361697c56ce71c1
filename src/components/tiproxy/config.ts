import type { TiProxySpec } from '../../api/index.ts';
import { canonical, inject, type ReportConfig, readConfig, setDefault } from '../../config/index.ts';
import type { Member } from '../../expand/index.ts';
import type { Value } from '../../yaml/index.ts';
import { PD_KEY } from './config-facts.ts';
import { setTls } from './tls.ts';

/** The text of a TiProxy group's `config-file`. */
export function tiproxyConfig(
  config: Value | undefined,
  member: Member<TiProxySpec>,
  report: ReportConfig,
): string {
  const table = readConfig('tiproxy', config, 'server', report);
  const why = 'TiDB Operator writes it over whatever is there, and so does a render';
  inject(table, { workdir: '/var/lib/tiproxy/work', [PD_KEY]: member.pdService }, report, why);
  setDefault(table, 'proxy.require-backend-tls', false, report);
  setTls(table, member, report);
  return canonical(table);
}
