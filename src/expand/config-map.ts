import type { MapValue } from '../yaml/index.ts';
import { fields } from './copy.ts';
import { digest } from './digest.ts';
import { selectorLabels } from './labels.ts';
import type { Member } from './member.ts';

/** The keys of most components' ConfigMaps: of the config, and of the start script. */
export const CONFIG_FILE = 'config-file';
export const STARTUP_SCRIPT = 'startup-script';

/** The texts of a ConfigMap by their keys. */
export interface Files {
  readonly [key: string]: string;
}

export interface ConfigMap {
  readonly name: string;
  readonly resource: MapValue;
}

/**
 * What the server reads at its start. With `RollingUpdate` the name ends in a digest of the files, so a change of these
 * changes and restarts the pods; otherwise, and where they need none, they change in place, as `scripts` always do:
 * these are read whenever they run.
 */
export function configMap(member: Member, files: Files, scripts: Files, isReadAnew: boolean): ConfigMap {
  const { component, names, settings } = member;
  const rolling = !isReadAnew && settings.configUpdateStrategy === 'RollingUpdate';
  const name = rolling ? `${names.server}-${digest(JSON.stringify(files))}` : names.server;
  const metadata = fields({ name, namespace: names.namespace, labels: selectorLabels(component, names) });
  return {
    name,
    resource: { apiVersion: 'v1', kind: 'ConfigMap', metadata, data: { ...files, ...scripts } },
  };
}
