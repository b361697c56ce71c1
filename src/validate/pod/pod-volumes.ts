import { type AnySpec, componentIn, type Section } from '../../components/index.ts';
import { claimNames } from '../meaning/volumes.ts';
import { generatedPod } from './generated.ts';
import type { NewerVolume } from './newer.ts';

/** The volumes of a pod by what can be done with them. */
export interface PodVolumes {
  /** Those that are claimed: from them alone come raw devices. */
  readonly claims: ReadonlySet<string>;
  /** Those that are empty at the start of the pod: variables are read from files in these alone. */
  readonly emptyDirs: ReadonlySet<string>;
}

export function podVolumes(component: Section, spec: AnySpec): PodVolumes {
  const leavesOut = componentIn(component)?.leavesOutVolumes;
  const volumes: readonly NewerVolume[] = (!leavesOut && spec.additionalVolumes) || [];
  const namesOf = (is: (volume: NewerVolume) => unknown) => volumes.filter(is).map(({ name }) => name);
  const isClaimed = ({ persistentVolumeClaim, ephemeral }: NewerVolume) => persistentVolumeClaim || ephemeral;
  const data = spec.storageClaims?.map((_, index) => `data${index}`) ?? [];
  const probe = spec.customizedStartupProbe?.binaryName;
  return {
    claims: new Set([...claimNames(component, spec), ...data, ...namesOf(isClaimed)]),
    emptyDirs: new Set([
      // One that says nothing but its name is one, too.
      ...namesOf((volume) => volume.emptyDir || Object.keys(volume).length === 1),
      ...(generatedPod(component)?.emptyVolumes?.(spec) ?? []),
      ...(probe ? [probe] : []),
    ]),
  };
}
