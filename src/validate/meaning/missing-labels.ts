import type { ServerSpec } from '../../api/index.ts';
import { byKind } from '../../components/index.ts';
import { Field, type Origin, type Problems } from '../../problem/index.ts';
import { show } from '../structure/show.ts';
import type { Group } from './group-of.ts';
import { folded, type LabelUse } from './label-uses.ts';

/**
 * Reports groups whose stores lack a label that a strict PD wants of each: it refuses them. Labels that come from elsewhere,
 * such as a ConfigMap, are not known, and TiDB Operator copies those of nodes only once a store has joined.
 */
export function checkMissingLabels(
  groups: readonly Group[],
  uses: readonly LabelUse[],
  located: readonly string[],
  cluster: string,
  problems: Problems,
): void {
  const keys = new Map<Origin, Set<string>>();
  for (const { key, origin, isCopied } of uses) {
    if (isCopied) continue;
    const own = keys.get(origin);
    if (own === undefined) keys.set(origin, new Set([folded(key)]));
    else own.add(folded(key));
  }
  for (const { object, origin } of groups) {
    if (object.kind !== byKind.TiKVGroup.group.kind) continue;
    if (hasOthers(object.spec)) continue;
    const own = keys.get(origin);
    const missing = located.filter((key) => key !== '' && !own?.has(folded(key)));
    if (missing.length === 0) continue;
    const at = new Field(origin, problems, ['spec', 'config']);
    const message =
      `${at.name} sets no label ${missing.map(show).join(', ')}, without which PD refuses the store: ` +
      `\`replication.strictly-match-label\` of the TidbCluster ${show(cluster)} is true, so that each store must have all ` +
      'of its `location-labels`; write them under `server.labels`, or set `strictly-match-label` to false, in a PD that ' +
      'runs with `pd-ctl config set strictly-match-label false`';
    at.say('store-label-strict', message, 'key');
  }
}

/** Whether stores may have labels that nobody can see here. */
function hasOthers({ annotations, env, envFrom, additionalContainers }: ServerSpec): boolean {
  const { name: component, labelsVariable } = byKind.TiKVGroup;
  const variable = labelsVariable?.(annotations ?? {});
  const merged = (additionalContainers ?? []).filter(({ name }) => name === component);
  return (
    (envFrom ?? []).length > 0 ||
    (env ?? []).some(({ name, valueFrom }) => name === variable && valueFrom) ||
    merged.some((own) => own.envFrom || own.env?.some(({ name }) => name === variable))
  );
}
