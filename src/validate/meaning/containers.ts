import type { Container } from '../../api/index.ts';
import { show } from '../structure/show.ts';
import type { At } from './at.ts';
import { checkEnv } from './env.ts';
import { checkMountPaths } from './mounts.ts';
import { Once } from './once.ts';
import { checkProbes } from './probes.ts';
import type { Component, ServerSpec } from './server-spec.ts';

/** The containers that the user adds to a server's pods. */
export function checkContainers(
  component: Component,
  { additionalContainers, initContainers }: ServerSpec,
  at: At,
): void {
  const names = new Once();
  additionalContainers?.forEach((container, index) => {
    checkContainer(container, names, at.to('additionalContainers', index));
    // What is merged into a generated container may leave the way to ask to that.
    if (![component, 'raftlog', 'rocksdblog', 'slowlog'].includes(container.name)) {
      checkProbes(container, at.to('additionalContainers', index));
    }
  });
  initContainers?.forEach((container, index) => {
    checkContainer(container, names, at.to('initContainers', index));
    checkProbes(container, at.to('initContainers', index));
  });
}

function checkContainer({ name, image, env, volumeMounts }: Container, names: Once, at: At): void {
  if (!names.isNew(name)) {
    at.to('name').add(
      'name-duplicate',
      `is ${show(name)}, as in another container of the pod; give this one another name`,
    );
  }
  if (!image) {
    at.to('image').add('field-missing', 'is missing; add it: every container here must have an image');
  }
  checkEnv(env, at.to('env'));
  checkMountPaths(volumeMounts, at.to('volumeMounts'));
}
