import type { ComponentName, StorageVolume } from '../api/index.ts';
import type { MapValue } from '../yaml/index.ts';
import { CONFIG_FILE, STARTUP_SCRIPT } from './config-map.ts';
import { storageVolumeName } from './names.ts';
import type { SafeParts } from './rollout.ts';

/** The pod's annotations as a file: the start script looks for `runmode` there. */
export const ANNOTATIONS_VOLUME = 'annotations';

export function annotationsVolume(): MapValue {
  const items = [{ path: 'annotations', fieldRef: { fieldPath: 'metadata.annotations' } }];
  return { name: ANNOTATIONS_VOLUME, downwardAPI: { items } };
}

export function annotationsMount(): MapValue {
  return readOnlyMount(ANNOTATIONS_VOLUME, '/etc/podinfo');
}

/** One key of a ConfigMap as one file. */
export function configMapVolume(name: string, configMap: string, key: string, path: string): MapValue {
  return { name, configMap: { name: configMap, items: [{ key, path }] } };
}

export function secretVolume(name: string, secretName: string): MapValue {
  return { name, secret: { secretName } };
}

export function emptyVolume(name: string): MapValue {
  return { name, emptyDir: {} };
}

export function readOnlyMount(name: string, mountPath: string): MapValue {
  return { name, mountPath, readOnly: true };
}

export function mount(name: string, mountPath: string): MapValue {
  return { name, mountPath };
}

/** The config and the start script, both from the group's ConfigMap. */
export function configVolumes(
  component: ComponentName,
  configMap: string,
  { scripts = {} }: Partial<SafeParts> = {},
): MapValue[] {
  const more = Object.entries(scripts).map(([key, { file }]): MapValue => ({ key, path: file }));
  const items = [{ key: STARTUP_SCRIPT, path: `${component}_start_script.sh` }, ...more];
  return [
    configMapVolume('config', configMap, CONFIG_FILE, `${component}.toml`),
    { name: 'startup-script', configMap: { name: configMap, items } },
  ];
}

export function configMounts(component: ComponentName): MapValue[] {
  return [readOnlyMount('config', `/etc/${component}`), readOnlyMount('startup-script', '/usr/local/bin')];
}

/** The mounts of `storageVolumes`; their volumes are claim templates. */
export function storageMounts(
  component: ComponentName,
  volumes: readonly StorageVolume[] | undefined,
): MapValue[] {
  return (volumes ?? []).flatMap(({ name, mountPath }) =>
    mountPath ? [mount(storageVolumeName(component, name), mountPath)] : [],
  );
}
