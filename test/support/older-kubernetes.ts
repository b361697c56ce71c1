import { spawnSync } from 'node:child_process';
import type { MapValue } from '../../src/yaml/index.ts';
import { OLDER_KUBERNETES } from './tools.ts';

/** Why Kubernetes 1.33 refuses each resource, or the pods and claims of a StatefulSet. */
export function refusedByOlder(resources: readonly MapValue[]): string[][] {
  const { status, stdout, stderr } = spawnSync(OLDER_KUBERNETES.path ?? '', {
    input: JSON.stringify(resources, (_, value) => (typeof value === 'bigint' ? Number(value) : value)),
    encoding: 'utf8',
    maxBuffer: 2 ** 30,
  });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout);
}
