import { isMap, type MapValue, mapAt, mapsAt, textAt, type Value } from '../../src/yaml/index.ts';
import { created } from './kubernetes-judge.ts';

/** What tells the items of a list of a pod apart, where its overlay is merged into it. */
const KEYS: { readonly [list: string]: string } = {
  containers: 'name',
  env: 'name',
  initContainers: 'name',
  volumeMounts: 'mountPath',
  volumes: 'name',
};

/** Containers beside the server's, by the field that asks for them. */
const SIDECARS: { readonly [field: string]: readonly string[] } = {
  logTailer: ['ti-serverlog', 'ti-errorlog'],
  slowLog: ['ti-slowlog'],
};

/** Kinds whose server has a probe without asking. */
const PROBED = ['PDGroup', 'TiDBGroup', 'TiProxyGroup'];

/** Why an API server would not take the pods that TiDB Operator v2 makes of groups. */
export function refusedPods(resources: readonly MapValue[]): string[] {
  const groups = resources.filter(({ kind }) => String(kind).endsWith('Group'));
  return created(groups.map(v2Pod)).flatMap(({ refused = [] }) =>
    refused.map(({ field, message }) => `${field}: ${message}`),
  );
}

/** The pod that TiDB Operator v2 makes for a group, as far as an overlay meets it. */
function v2Pod(group: MapValue): MapValue {
  const kind = textAt(group, 'kind');
  const name = kind.replace(/Group$/, '').toLowerCase();
  const server = mapAt(group, 'spec', 'template', 'spec');
  const volumes = mapsAt(server, 'volumes');
  const mounts = volumes.flatMap((volume) =>
    mapsAt(volume, 'mounts').map((mount) => ({
      name: `ti-vol-${volume.name}`,
      mountPath: mount.mountPath ?? `/var/lib/${name}`,
    })),
  );
  const sidecars = Object.keys(SIDECARS).filter((field) => Object.hasOwn(server, field));
  const resources = mapAt(server, 'resources');
  const isCommand = textAt(server, 'probes', 'readiness', 'type') === 'command';
  const check: MapValue = isCommand ? { exec: { command: ['curl'] } } : { tcpSocket: { port: 1 } };
  const pod: MapValue = {
    containers: [
      {
        name,
        image: `example/${name}`,
        command: [name],
        resources: { requests: resources, limits: resources },
        volumeMounts: [{ name: 'ti-config', mountPath: `/etc/${name}` }, ...mounts],
        ...(PROBED.includes(kind) && { readinessProbe: check }),
      },
    ],
    initContainers: sidecars.flatMap((field) =>
      (SIDECARS[field] ?? []).map((one) => ({ name: one, image: 'busybox', restartPolicy: 'Always' })),
    ),
    volumes: [
      { name: 'ti-config', configMap: { name: 'config' } },
      ...volumes.map((volume) => ({
        name: `ti-vol-${volume.name}`,
        persistentVolumeClaim: { claimName: `${volume.name}` },
      })),
    ],
  };
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'pod', namespace: 'tidb', ...mapAt(group, 'spec', 'template', 'metadata') },
    spec: merged(pod, mapAt(server, 'overlay', 'pod', 'spec')),
  };
}

/** The maps key by key, lists by what tells their items apart; zero and false replace nothing. */
function merged(into: MapValue, overlay: MapValue): MapValue {
  const result: MapValue = { ...into };
  for (const [name, value] of Object.entries(overlay)) {
    const before = result[name];
    const key = KEYS[name];
    if (before !== undefined && (value === 0n || value === false)) continue;
    if (isMap(before) && isMap(value)) result[name] = merged(before, value);
    else if (key !== undefined && Array.isArray(before) && Array.isArray(value)) {
      result[name] = mergedList(before, value, key);
    } else result[name] = value;
  }
  return result;
}

function mergedList(into: readonly Value[], overlay: readonly Value[], key: string): Value[] {
  const result = [...into];
  for (const item of overlay) {
    const index = result.findIndex((one) => isMap(one) && isMap(item) && one[key] === item[key]);
    const before = result[index];
    if (isMap(before) && isMap(item)) result[index] = merged(before, item);
    else result.push(item);
  }
  return result;
}
