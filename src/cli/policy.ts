import type { Command } from 'commander';
import { writeOutput } from '../io/index.ts';
import { newCommand } from './command.ts';

export function policyCommand(): Command {
  return newCommand('policy')
    .summary('print an admission policy that keeps stores from being removed')
    .description(
      'Print a ValidatingAdmissionPolicy and its binding, for Kubernetes 1.30 or newer.\n\n' +
        'With it the API server refuses fewer replicas for the StatefulSet of a TiKVGroup, and its deletion, whoever ' +
        'asks for it, unless its annotation says that its stores were drained.',
    )
    .action(async () => {
      const [{ admissionPolicy }, { writeMap }] = await Promise.all([
        import('../policy/index.ts'),
        import('../yaml-write/index.ts'),
      ]);
      writeOutput([
        admissionPolicy()
          .map((resource) => writeMap(resource))
          .join('---\n'),
      ]);
    });
}
