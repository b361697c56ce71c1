import { show } from '../structure/show.ts';
import type { At } from './at.ts';
import type { Component, ServerSpec } from './server-spec.ts';

/** A log that goes to a volume needs the volume, and a mount of it in the server's container. */
export function checkLogVolumes(component: Component, spec: ServerSpec, at: At): void {
  if (component === 'tikv') {
    if (spec.separateRocksDBLog) check('rocksDBLogVolumeName', spec, at);
    if (spec.separateRaftLog) check('raftLogVolumeName', spec, at);
  } else if (component === 'tidb' && (spec.separateSlowLog ?? true)) {
    check('slowLogVolumeName', spec, at);
  }
}

function check(
  field: 'raftLogVolumeName' | 'rocksDBLogVolumeName' | 'slowLogVolumeName',
  spec: ServerSpec,
  at: At,
): void {
  const volume = spec[field];
  if (!volume) return;
  const stored = spec.storageVolumes?.some(({ name, mountPath }) => name === volume && mountPath);
  const added = spec.additionalVolumes?.some(({ name }) => name === volume);
  const mounted = spec.additionalVolumeMounts?.some(({ name }) => name === volume);
  if (stored || (added && mounted)) return;
  const message =
    `must name one of \`storageVolumes\` that has a \`mountPath\`, or one of \`additionalVolumes\` that ` +
    `\`additionalVolumeMounts\` mounts, and ${show(volume)} is none; add it there`;
  at.to(field).add('volume-not-found', message);
}
