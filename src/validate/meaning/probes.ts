import type { Container } from '../../api/index.ts';
import { fieldNames } from '../structure/show.ts';
import type { At } from './at.ts';

const PROBES = ['livenessProbe', 'readinessProbe', 'startupProbe'] as const;
const HANDLERS = ['exec', 'grpc', 'httpGet', 'tcpSocket'] as const;

/** A probe asks in exactly one way. */
export function checkProbes(container: Container, at: At): void {
  for (const name of PROBES) {
    const probe = container[name];
    if (!probe) continue;
    const handlers = HANDLERS.filter((handler) => probe[handler]);
    if (handlers.length === 0) {
      at.to(name).add(
        'field-choice',
        'asks nothing; it must have one of `exec`, `grpc`, `httpGet` or `tcpSocket`',
      );
    } else if (handlers.length > 1) {
      at.to(name).add('field-choice', `must have only one of ${fieldNames(handlers)}; remove the others`);
    }
  }
}
