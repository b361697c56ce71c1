import type { Field } from '../../problem/index.ts';
import { fieldNames } from '../structure/show.ts';
import { quote } from '../structure/written.ts';
import type { NewerContainer, NewerLifecycle } from './newer.ts';

const PROBES = ['livenessProbe', 'readinessProbe', 'startupProbe'] as const;
const HANDLERS = ['exec', 'grpc', 'httpGet', 'tcpSocket'] as const;

/** The probes that a container is generated with, and how each asks; undefined if that is not known. */
export type GeneratedProbes = ReadonlyMap<string, (typeof HANDLERS)[number] | undefined>;

export const NO_PROBES: GeneratedProbes = new Map();

/**
 * A probe has exactly one handler, and not every kind of probe has every setting. A probe that is merged into a
 * generated one may omit the handler.
 */
export function checkProbes(container: NewerContainer, generated: GeneratedProbes, at: Field): void {
  for (const name of PROBES) {
    const probe = container[name];
    if (!probe) continue;
    const here = at.to(name);
    const handlers = HANDLERS.filter((handler) => probe[handler]);
    const below = generated.get(name);
    if (generated.has(name) && handlers.length <= 1) {
      const [handler] = handlers;
      if (below !== undefined && handler !== undefined && handler !== below) {
        const message = `would have ${fieldNames([handler, below])}, because it is merged into the one that TiDB Operator makes; write only \`${below}\``;
        here.add('container-merge', message);
      }
    } else if (handlers.length === 0) {
      here.add(
        'field-choice',
        'has no handler; it must have one of `exec`, `grpc`, `httpGet` or `tcpSocket`',
      );
    } else if (handlers.length > 1) {
      here.add('field-choice', `must have only one of ${fieldNames(handlers)}; remove the others`);
    }
    if (name === 'readinessProbe') {
      if ((probe.terminationGracePeriodSeconds ?? undefined) === undefined) continue;
      const message =
        'must not be set here, because Kubernetes does not stop a pod that is not ready; remove it';
      here.to('terminationGracePeriodSeconds').add('field-choice', message, 'key');
    } else if ((probe.successThreshold ?? 0) > 1) {
      const threshold = here.to('successThreshold');
      const message = `must be 1 for a \`${name}\`, but is ${quote(probe.successThreshold ?? 0, threshold)}; remove it`;
      threshold.add('field-range', message);
    }
  }
}

/** What a container does after it starts and before it stops. */
export function checkLifecycle(
  lifecycle: NewerLifecycle,
  { gracePeriod }: { readonly gracePeriod: number },
  at: Field,
): void {
  for (const hook of ['postStart', 'preStop'] as const) {
    const seconds = Number(lifecycle[hook]?.sleep?.seconds ?? 0);
    if (seconds <= gracePeriod) continue;
    const here = at.to(hook, 'sleep', 'seconds');
    const message =
      `must be at most ${gracePeriod}, the \`terminationGracePeriodSeconds\` of the pod, but is ${quote(seconds, here)}; ` +
      'lower it or raise that';
    here.add('field-range', message);
  }
  if (lifecycle.stopSignal) {
    const message =
      'must not be set, because Kubernetes accepts it only for pods that name their operating system (`os.name`), and no field here does; remove it (Kubernetes 1.33 drops it)';
    at.to('stopSignal').add('kubernetes-version', message, 'key');
  }
}

/**
 * Init containers that run to completion have no probes, and nothing stops them.
 */
export function checkRunsToEnd(container: NewerContainer, at: Field): void {
  const { postStart, preStop } = container.lifecycle ?? {};
  for (const name of [...PROBES, 'lifecycle'] as const) {
    if (name === 'lifecycle' ? !postStart && !preStop : !container[name]) continue;
    const message =
      'must not be set on an init container, except with `restartPolicy: Always`, which makes it a sidecar; remove it or write that';
    at.to(name).add('field-choice', message, 'key');
  }
}
