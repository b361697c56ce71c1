import type { TiDBSpec } from '../../api/index.ts';
import {
  argsIf,
  isPlain,
  type Member,
  quote,
  reportQuoted,
  shellWords,
  startScript,
} from '../../expand/index.ts';

export function tidbStartScript(member: Member<TiDBSpec>): string {
  const { spec, cluster, pd, at } = member;
  const v2 = cluster.startScriptVersion === 'v2';
  if (v2 && spec.arguments?.length) {
    at.to('spec', 'arguments').say(
      'no-effect',
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
      ...written([...pluginArgs(member, v2), ...(v2 ? [] : ownArgs(member))]),
    ],
  });
}

function written(words: readonly string[]): string[] {
  const line = words.filter((word) => word !== '').join(' ');
  return line === '' ? [] : [`set -- "$@" ${line}`];
}

function pluginArgs({ spec: { plugins = [] }, at }: Member<TiDBSpec>, v2: boolean): string[] {
  if (plugins.length === 0) return [];
  for (const [index, plugin] of plugins.entries()) {
    if (!isPlain(plugin)) reportQuoted(plugin, at.to('spec', 'plugins', index));
  }
  const list = plugins.join(',');
  return v2
    ? ['--plugin-dir=/plugins', quote(`--plugin-load=${list}`)]
    : ['--plugin-dir', '/plugins', '--plugin-load', quote(list)];
}

/** As the operator's script has them, which is in the hands of a shell; where that would do more, one word each. */
function ownArgs({ spec, at }: Member<TiDBSpec>): string[] {
  return (spec.arguments ?? []).map((argument, index) => {
    const words = shellWords(argument);
    if (words !== undefined) return words;
    reportQuoted(argument, at.to('spec', 'arguments', index));
    return quote(argument);
  });
}
