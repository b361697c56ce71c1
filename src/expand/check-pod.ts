import type { Container, ServerSpec, StorageVolume } from '../api/index.ts';
import type { Field, Path } from '../problem/index.ts';
import { isMap, type MapValue, type Value } from '../yaml/index.ts';
import type { Member } from './member.ts';

type Lists = ServerSpec & { readonly storageVolumes?: readonly StorageVolume[] };

/**
 * Reports what the user adds to a pod that is already generated there, or that needs a missing volume. Validation has
 * reported duplicates in the user's own lists.
 */
export function checkPod(
  { component, spec, at }: Member<Lists>,
  pod: MapValue,
  claims: readonly Value[],
): void {
  const containers = [...maps(pod.initContainers), ...maps(pod.containers)];
  const volumes = maps(pod.volumes);
  const ofContainers = ['additionalContainers', 'initContainers'] as const;
  for (const [name, path] of generatedToo(containers, spec, ofContainers, 'name')) {
    const message = `the pod would have two containers "${name}"; give this one another name`;
    at.to(...path).say('name-duplicate', message);
  }
  for (const [name, path] of generatedToo(volumes, spec, ['additionalVolumes'], 'name')) {
    const message = `the pod would have two volumes "${name}"; give this one another name`;
    at.to(...path).say('name-duplicate', message);
  }
  const server = containers.find(({ name }) => name === component);
  const ofMounts = ['additionalVolumeMounts', 'storageVolumes'] as const;
  for (const [place, path] of generatedToo(maps(server?.volumeMounts), spec, ofMounts, 'mountPath')) {
    const message = `the container "${component}" would have two mounts at "${place}"; mount one of them elsewhere`;
    at.to(...path).say('name-duplicate', message);
  }
  checkMounts(spec, new Set([...volumes.map(({ name }) => name), ...claims]), at.to('spec'));
}

/** The values that the finished list has twice and the user wrote only once, and where. */
function* generatedToo(
  all: readonly MapValue[],
  spec: Lists,
  lists: readonly (keyof Lists)[],
  key: string,
): Iterable<[Value, Path]> {
  const written = lists.flatMap((list) =>
    maps(spec[list]).map((item, index) => ({ value: item[key], path: ['spec', list, index, key] })),
  );
  const byUser = countsOf(written.map(({ value }) => value));
  const inAll = countsOf(all.map((item) => item[key]));
  for (const { value, path } of written) {
    if (value === undefined || byUser.get(value) !== 1) continue;
    if ((inAll.get(value) ?? 0) > 1) yield [value, path];
  }
}

function countsOf<T>(values: readonly T[]): Map<T, number> {
  const counts = new Map<T, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}

function checkMounts(spec: Lists, volumes: ReadonlySet<Value | undefined>, at: Field): void {
  const missing = new Set<string>();
  const check = (mounts: Container['volumeMounts'], ...path: Path) => {
    mounts?.forEach(({ name }, index) => {
      if (volumes.has(name) || missing.has(name)) return;
      missing.add(name);
      const message = `the pod has no volume "${name}" to mount; add it to \`spec.additionalVolumes\``;
      at.to(...path, index, 'name').say('volume-not-found', message);
    });
  };
  check(spec.additionalVolumeMounts, 'additionalVolumeMounts');
  for (const list of ['additionalContainers', 'initContainers'] as const) {
    spec[list]?.forEach(({ volumeMounts }, index) => {
      check(volumeMounts, list, index, 'volumeMounts');
    });
  }
}

function maps(value: unknown): MapValue[] {
  return Array.isArray(value) ? value.filter(isMap) : [];
}
