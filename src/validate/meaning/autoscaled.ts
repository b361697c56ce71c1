import { AUTOSCALED, type AutoscaleSpec, type GroupOutput, isMore, type TiDBGroup } from '../../api/index.ts';
import { byKind } from '../../components/index.ts';
import { Field, type Problems, type Subject } from '../../problem/index.ts';

/** The group has `autoscale`: one that can work, and where it has an effect. */
export function checkAutoscaled(
  { object, origin }: Subject<Pick<TiDBGroup, 'metadata' | 'spec'>>,
  output: GroupOutput,
  problems: Problems,
): void {
  const { metadata, spec } = object;
  const { autoscale } = spec;
  if (!autoscale) return;
  const at = new Field(origin, problems);
  const here = at.to('spec', 'autoscale');
  if (output === 'TidbCluster') {
    const why = 'TiDB Operator runs as many servers as `spec.replicas` says';
    here.add(
      'no-effect',
      `has no effect, because ${why}; remove it, or render with \`output: Workloads\``,
      'key',
    );
    return;
  }
  if (metadata.annotations?.[AUTOSCALED]) {
    const message = 'has no effect, because `spec.autoscale` sets the number of servers; remove one of them';
    at.to('metadata', 'annotations', AUTOSCALED).add('no-effect', message, 'key');
  }
  checkRange(autoscale, spec.replicas, at.to('spec'));
  if (!autoscale.cpu && !autoscale.memory) {
    here.add('field-missing', 'has neither `cpu` nor `memory`; add one of them, such as `cpu: 70`', 'key');
  }
  for (const resource of ['cpu', 'memory'] as const) {
    if (autoscale[resource] && !isRequested(spec, resource)) reportRequest(resource, here);
  }
}

function checkRange({ min, max }: AutoscaleSpec, replicas: number, at: Field): void {
  if (max < min) {
    const message = `must be at least \`min\`, which is ${min}, but is ${max}; raise it, or lower \`min\``;
    at.to('autoscale', 'max').add('field-range', message);
  } else if (replicas < min || replicas > max) {
    const range = `between \`autoscale.min\`, ${min}, and \`autoscale.max\`, ${max}`;
    const message = `must be ${range}, but is ${replicas}; write how many run now, which counts once there is no \`autoscale\`; to stop all servers, write \`suspendAction: {suspendStatefulSet: true}\``;
    at.to('replicas').add('field-range', message);
  }
}

/** Whether the server's container requests some of a resource: a limit alone is a request too. */
function isRequested(
  { additionalContainers, limits, requests }: TiDBGroup['spec'],
  resource: 'cpu' | 'memory',
): boolean {
  // The last one of its name is merged into the server's container.
  const merged = additionalContainers?.findLast(({ name }) => name === SERVER)?.resources;
  const request = merged?.requests?.[resource] ?? requests?.[resource];
  const amount = request ?? merged?.limits?.[resource] ?? limits?.[resource];
  return amount !== undefined && amount !== null && isMore(amount, '0');
}

const SERVER = byKind.TiDBGroup.name;

function reportRequest(resource: 'cpu' | 'memory', at: Field): void {
  const title = resource === 'cpu' ? 'CPU' : 'memory';
  const message = `is a percentage of the ${title} that the container "${SERVER}" requests, but it requests none, so nothing would be scaled; write \`spec.requests.${resource}\`, such as \`${resource}: ${EXAMPLES[resource]}\``;
  at.to(resource).add('autoscale-request', message, 'key');
}

const EXAMPLES = { cpu: '"2"', memory: '8Gi' };
