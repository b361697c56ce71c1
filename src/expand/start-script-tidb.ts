import type { TiDBSpec } from '../api/index.ts';
import type { Member } from './member.ts';
import { quote } from './shell.ts';
import { argsIf, startScript } from './start-script.ts';

export const TIDB_PORT = 4000;
export const TIDB_STATUS_PORT = 10080;

export function tidbStartScript({ spec, cluster, pd, report }: Member<TiDBSpec>): string {
  const v2 = cluster.startScriptVersion === 'v2';
  if (v2 && spec.arguments?.length) {
    report(
      'no-effect',
      ['spec', 'arguments'],
      '`spec.arguments` has no effect, because the TidbCluster has `spec.startScriptVersion` "v2"; ' +
        'write the settings in `spec.config`',
    );
  }
  return startScript({
    server: 'tidb-server',
    clusterDomain: cluster.clusterDomain,
    before: [],
    args: [
      '--store=tikv',
      '--advertise-address="$host"',
      '--host=0.0.0.0',
      quote(`--path=${pd}`),
      '--config=/etc/tidb/tidb.toml',
    ],
    after: [
      ...argsIf('[ "${BINLOG_ENABLED:-}" = true ]', '--enable-binlog=true'),
      ...argsIf('[ -n "${SLOW_LOG_FILE:-}" ]', '--log-slow-query="$SLOW_LOG_FILE"'),
      ...written([...pluginArgs(spec.plugins ?? [], v2), ...(v2 ? [] : (spec.arguments ?? []))]),
    ],
  });
}

function written(args: readonly string[]): string[] {
  return args.length === 0 ? [] : [`set -- "$@" ${args.map(quote).join(' ')}`];
}

function pluginArgs(plugins: readonly string[], v2: boolean): string[] {
  if (plugins.length === 0) return [];
  const list = plugins.join(',');
  return v2
    ? ['--plugin-dir=/plugins', `--plugin-load=${list}`]
    : ['--plugin-dir', '/plugins', '--plugin-load', list];
}
