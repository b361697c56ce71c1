/**
 * What Kubernetes refuses in the pods of a component: the API server does not look into the pods of a StatefulSet, so
 * without these checks all seems applied and no pod is ever made. Its own validation is what the tests hold them to.
 * Loaded where somebody writes more than the usual fields of a pod.
 */
import { checkContainers } from './containers.ts';
import { checkNames } from './names.ts';
import type { Servers } from './pod.ts';
import { checkServer } from './server.ts';
import { checkSettings } from './settings.ts';
import { checkVolume } from './volumes.ts';

export type { Servers } from './pod.ts';
export { checkClusterSettings } from './settings.ts';

export function checkServers(servers: Servers): void {
  const { spec, at } = servers;
  checkSettings(servers);
  checkServer(servers);
  checkContainers(servers);
  checkNames(servers);
  spec.additionalVolumes?.forEach((volume, index) => {
    checkVolume(volume, at.to('additionalVolumes', index));
  });
}
