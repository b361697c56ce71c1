import type { MapValue } from '../list/index.ts';
import { fields } from './copy.ts';
import { digest } from './digest.ts';
import { selectorLabels } from './labels.ts';
import type { Member } from './member.ts';

export interface ConfigMap {
  readonly name: string;
  readonly resource: MapValue;
}

/**
 * What the server reads at its start. With `RollingUpdate` the name ends in a digest of the data, so that a change
 * of the data changes the pods, which restarts them; otherwise the data changes under them in place.
 */
export function configMap(member: Member, config: string, script: string): ConfigMap {
  const { component, names, settings } = member;
  const data = { 'config-file': config, 'startup-script': script };
  const rolling = settings.configUpdateStrategy === 'RollingUpdate';
  const name = rolling ? `${names.server}-${digest(JSON.stringify(data))}` : names.server;
  const metadata = fields({ name, namespace: names.namespace, labels: selectorLabels(component, names) });
  return { name, resource: { apiVersion: 'v1', kind: 'ConfigMap', metadata, data } };
}
