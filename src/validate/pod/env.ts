import type { EnvFromSource } from '../../api/index.ts';
import type { Field } from '../../problem/index.ts';
import { show } from '../structure/show.ts';
import { checkFieldRef, checkResourceRef } from './downward.ts';
import type { NewerEnvVar } from './newer.ts';
import type { PodVolumes } from './pod-volumes.ts';

/** Where the variables of a container come from. */
export function checkVariables(env: readonly NewerEnvVar[], volumes: PodVolumes, at: Field): void {
  env.forEach(({ valueFrom }, index) => {
    const from = at.to(index, 'valueFrom');
    if (valueFrom?.fieldRef) checkFieldRef(valueFrom.fieldRef, 'env', from.to('fieldRef'));
    if (valueFrom?.resourceFieldRef) {
      checkResourceRef(valueFrom.resourceFieldRef, from.to('resourceFieldRef'));
    }
    const file = valueFrom?.fileKeyRef;
    if (!file) return;
    const place = from.to('fileKeyRef');
    if (!volumes.emptyDirs.has(file.volumeName)) {
      const message = `must be the name of a volume with \`emptyDir\`, but ${show(file.volumeName)} is not; add one to \`additionalVolumes\``;
      place.to('volumeName').add('volume-not-found', message);
    } else {
      place.add('kubernetes-version', 'needs Kubernetes 1.35; check that yours is new enough', 'key');
    }
  });
}

/** Each entry is of one ConfigMap or of one Secret. */
export function checkEnvFrom(sources: readonly EnvFromSource[], at: Field): void {
  sources.forEach(({ configMapRef, secretRef }, index) => {
    if (configMapRef && secretRef) {
      const message =
        'must have only one of `configMapRef` and `secretRef`; write the other as a separate entry';
      at.to(index).add('field-choice', message);
    } else if (!configMapRef && !secretRef) {
      at.to(index).add('field-choice', 'must have one of `configMapRef` or `secretRef`; add one');
    }
  });
}
