import { byKind, GROUP_COMPONENTS, SCALED_IN } from '../../components/index.ts';

/** Fields that people know from a pod, and what a component has instead. */
const ELSEWHERE: { readonly [name: string]: string } = {
  containers: 'write them as `additionalContainers`',
  resources: 'write its `requests` and `limits` here, without `resources`',
  serviceAccountName: 'write it as `serviceAccount`',
  storage: 'write it as `requests.storage`',
  volumes: 'write them as `additionalVolumes`',
  volumeMounts: 'write them as `additionalVolumeMounts`',
};

/** What to do in place of a field that a component or a group does not have, if people may expect it there. */
export function elsewhere(name: string, known: readonly string[], kind: string): string | undefined {
  if (!known.includes('additionalVolumes')) return undefined;
  if (kind.toLowerCase() === `${name}group`) return `write its fields here, without \`${name}\``;
  const group = GROUP_COMPONENTS.find((component) => component.group.kind === kind)?.group;
  if ((name === 'rollout' && group?.safety) || (name === 'drain' && group?.drainer)) {
    return `write it as the annotation \`groups.pingcap.com/${name}\``;
  }
  if (name === 'zones' && group !== undefined) {
    return `remove it; a ${kind} has no zones: write a group for each of them, with a \`nodeSelector\``;
  }
  if (name === 'autoscale') return autoscaleAdvice(kind);
  if (name === 'storageClassName' && known.includes('storageClaims')) {
    return 'write it in each entry of `storageClaims`';
  }
  if (name === 'service' || name === 'svc') return serviceAdvice(known, kind);
  return Object.hasOwn(ELSEWHERE, name) ? ELSEWHERE[name] : undefined;
}

/** Only SQL servers come and go without anybody losing something. */
function autoscaleAdvice(kind: string): string {
  const only = byKind.TiDBGroup.group.kind;
  const component = GROUP_COMPONENTS.find(({ group }) => group.kind === kind);
  if (component === undefined)
    return `write a ${only} with it, because TiDB Operator scales nothing by itself`;
  const lost = SCALED_IN[component.keeps];
  if (lost !== undefined) return `remove it, because an autoscaler ${lost}: only a ${only} has it`;
  return `remove it: only a ${only} has it; if you need one here, write a HorizontalPodAutoscaler for the StatefulSet`;
}

function serviceAdvice(known: readonly string[], kind: string): string {
  return known.includes('service')
    ? 'write it as `service`'
    : `remove it; a ${kind} has no field for a Service: if you need another one, write it as a resource of its own`;
}
