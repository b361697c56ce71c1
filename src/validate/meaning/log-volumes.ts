import { type AnySpec, componentIn, type LogVolumeField, type Section } from '../../components/index.ts';
import type { Field } from '../../problem/index.ts';
import { show } from '../structure/show.ts';

/** A log that goes to a volume needs the volume, and a mount of it in the server's container. */
export function checkLogVolumes(component: Section, spec: AnySpec, at: Field): void {
  for (const field of componentIn(component)?.logVolumes?.(spec) ?? []) check(field, spec, at);
}

function check(field: LogVolumeField, spec: AnySpec, at: Field): void {
  const volume = spec[field];
  if (!volume) return;
  const stored = spec.storageVolumes?.some(({ name, mountPath }) => name === volume && mountPath);
  const added = spec.additionalVolumes?.some(({ name }) => name === volume);
  const mounted = spec.additionalVolumeMounts?.some(({ name }) => name === volume);
  if (stored || (added && mounted)) return;
  const message =
    `must name one of \`storageVolumes\` that has a \`mountPath\`, or one of \`additionalVolumes\` that ` +
    `\`additionalVolumeMounts\` mounts, but ${show(volume)} is not; add it there`;
  at.to(field).add('volume-not-found', message);
}
