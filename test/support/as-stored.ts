import { spawnSync } from 'node:child_process';
import { isMap, type MapValue, type Value } from '../../src/list/index.ts';
import { AS_STORED } from './tools.ts';

/** What the API server does to a resource before it stores it, as paths such as `.spec.ports[port=80,protocol="TCP"].name`. */
export interface Verdict {
  /** Why it cannot be read. */
  readonly refused?: string;
  readonly added: readonly string[];
  /** Another value, or an addition in what is compared as a whole. */
  readonly changed: readonly string[];
  readonly dropped: readonly string[];
}

/** Asks for all of the resources at once: starting the program takes longer than what it does. */
export function asStored(resources: readonly MapValue[]): Verdict[] {
  const { status, stdout, stderr } = spawnSync(AS_STORED.path ?? '', {
    input: JSON.stringify(resources.map(withClaimStatus), (_, value) =>
      typeof value === 'bigint' ? Number(value) : value,
    ),
    encoding: 'utf8',
    maxBuffer: 2 ** 30,
  });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout);
}

export function keptEmpty(): string[] {
  const { stdout } = spawnSync(AS_STORED.path ?? '', ['kept-empty'], { encoding: 'utf8' });
  return stdout.trim().split('\n');
}

/** A path without what tells the items of a list apart: `.spec.ports[].name`. */
export function inGeneral(path: string): string {
  return path.replaceAll(/\[[^\]]*\]/g, '[]');
}

/** The API server gives a claim template a status too, which nobody writes and no engine compares. */
function withClaimStatus(resource: MapValue): MapValue {
  const { spec } = resource;
  if (!isMap(spec) || !Array.isArray(spec.volumeClaimTemplates)) return resource;
  const claims = spec.volumeClaimTemplates.map(
    (claim): Value => (isMap(claim) ? { ...claim, status: { phase: 'Pending' } } : claim),
  );
  return { ...resource, spec: { ...spec, volumeClaimTemplates: claims } };
}
