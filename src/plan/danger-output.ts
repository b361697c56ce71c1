import { quote } from '../expand/index.ts';
import { FLUX_PRUNE, SYNC_OPTIONS } from '../gitops/index.ts';
import { kubectl } from './advice.ts';
import { isHandedOver } from './compare-workload.ts';
import { changedPairs, type Finding, type Rule } from './finding.ts';
import { hasRegions, titleOf, type Workload } from './workload.ts';

/** A group that is now rendered as a TidbCluster, or no longer: an engine prunes what it ran on. */
export const outputSwitched: Rule = (sides) =>
  changedPairs(sides).flatMap(({ old, now }): Finding[] => {
    if (!isHandedOver(old, now)) return [];
    const { owner, set } = now;
    const what = now.runner === 'Kubernetes' ? `the TidbCluster ${owner.name}` : `the StatefulSet ${set}`;
    const loss = hasRegions(now) ? 'all its stores are down at once' : 'its servers are unavailable';
    return [
      {
        code: 'output-switched',
        workloads: [now],
        message: `${what} is removed, and if an engine prunes it, all pods of ${set} are deleted with it: ${loss} until ${now.runner} has created them again; names, addresses and volumes stay the same, so no data is lost`,
        instead: now.runner === 'Kubernetes' ? fromOperator(now) : toOperator(now),
        facts: [titleOf(owner), old.runner, now.runner],
      },
    ];
  });

const KEPT = `${SYNC_OPTIONS}=Prune=false`;
const FLUX = `with Flux, ${FLUX_PRUNE}=disabled`;

function toOperator({ owner: { namespace, name } }: Workload): string[] {
  const all = `statefulset,service,configmap -l app.kubernetes.io/instance=${quote(name)}`;
  return [
    `Stop the engine from deleting the old resources: \`${kubectl(namespace)} annotate ${all} ${KEPT} --overwrite\` (${FLUX}).`,
    'Then apply this change: TiDB Operator finds the resources by their names and takes them over.',
    'docs/moving.md has all steps, and says what restarts.',
  ];
}

function fromOperator({ owner: { namespace, name }, set }: Workload): string[] {
  const command = kubectl(namespace);
  return [
    `Stop the engine from deleting the TidbCluster: \`${command} annotate tidbcluster ${quote(name)} ${KEPT} --overwrite\` (${FLUX}).`,
    `Pause it, then delete it without its pods: \`${command} delete tidbcluster ${quote(name)} --cascade=orphan\`; then remove the partition that the operator left: \`${command} patch statefulset ${quote(set)} --type json -p '[{"op":"remove","path":"/spec/updateStrategy/rollingUpdate"}]'\`.`,
    'Then apply this change; docs/moving.md has all steps, and says what restarts.',
  ];
}
