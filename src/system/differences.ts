import { byName as COMPONENT_BY_NAME } from '../components/index.ts';
import { STARTUP_SCRIPT } from '../expand/index.ts';
import { isEngineKey } from '../gitops/index.ts';
import { configChanges, volumeChanges, type Workload } from '../plan/index.ts';
import { isMap, type MapValue, mapAt, mapsAt, sameValue, textAt, type Value } from '../yaml/index.ts';
import { writeFlow } from '../yaml-write/index.ts';
import { byName, fieldName, leaves } from './fields.ts';
import type { Difference } from './system.ts';

/** A workload and what it was rendered into. */
export interface Side {
  readonly workload: Workload;
  readonly resources: readonly MapValue[];
}

/** The differences between two workloads of the same name and component, by the fields of a group. */
export function differencesOf(base: Side, here: Side): Difference[] {
  const { component } = here.workload;
  const set = (side: Side) => comparable(find(side, 'StatefulSet'), component);
  const differences = [
    ...changes(set(base), set(here)).flatMap(({ field, ...values }) =>
      field === 'image' ? imageDifferences(values) : [{ field, ...values }],
    ),
    ...volumes(base.workload, here.workload),
    ...configChanges(base.workload, here.workload).map(({ key, old, new: now }) =>
      difference(`config.${key}`, old, now),
    ),
    ...serviceDifferences(clientService(base), clientService(here)),
    ...scriptDifferences(base, here),
  ];
  const found = new Map(differences.map((one) => [one.field, one]));
  return [...found.values()].sort((a, b) => rank(a.field) - rank(b.field));

  function serviceDifferences(old: MapValue | undefined, now: MapValue | undefined): Difference[] {
    if (old !== undefined && now !== undefined) return changes({ service: old }, { service: now });
    return old === now ? [] : [difference('service', old?.type, now?.type)];
  }

  function changes(old: MapValue, now: MapValue): Difference[] {
    return leaves(old, now).flatMap(({ path, old: was, new: is }) => {
      const field = fieldName(path, component);
      return field === undefined ? [] : [difference(field, was, is)];
    });
  }
}

/** What people look for first comes first; the rest stays in the order in which it is found. */
const FIRST = [
  'replicas',
  'version',
  'baseImage',
  'requests',
  'limits',
  'storageClassName',
  'nodeSelector',
  'config',
];

function rank(field: string): number {
  const index = FIRST.indexOf(field.replace(/[.[].*$/s, ''));
  return index < 0 ? FIRST.length : index;
}

function difference(field: string, base: Value | undefined, here: Value | undefined): Difference {
  return {
    field,
    ...(base !== undefined && { base: textOf(base) }),
    ...(here !== undefined && { here: textOf(here) }),
  };
}

function textOf(value: Value): string {
  return typeof value === 'string' ? value : writeFlow(value);
}

function find({ resources }: Side, kind: string): MapValue | undefined {
  return resources.find((resource) => resource.kind === kind);
}

/** The fields of a StatefulSet that a group has fields for; the volumes are compared by themselves. */
function comparable(set: MapValue | undefined, component: string): MapValue {
  const { replicas, podManagementPolicy } = mapAt(set, 'spec');
  const { type } = mapAt(set, 'spec', 'updateStrategy');
  return {
    ...(replicas !== undefined && { replicas }),
    ...(podManagementPolicy !== undefined && { podManagementPolicy }),
    ...(type !== undefined && { statefulSetUpdateStrategy: type }),
    template: byName(withoutScripts(mapAt(set, 'spec', 'template'), component)),
  };
}

/** Start scripts are compared line by line, also those in commands. */
function withoutScripts(template: MapValue, component: string): MapValue {
  const spec = mapAt(template, 'spec');
  const containers = mapsAt(spec, 'containers').map((container) => {
    const { command: _, ...rest } = container;
    return container.name === component && scriptIn(container) !== '' ? rest : container;
  });
  return { ...template, spec: { ...spec, containers } };
}

/** The script in a container's command; '' if there is none. */
function scriptIn({ command }: MapValue): string {
  const [, option, script] = Array.isArray(command) ? command : [];
  return option === '-c' && typeof script === 'string' ? script : '';
}

function clientService(side: Side): MapValue | undefined {
  const services = side.resources.filter(
    ({ kind, spec = null }) => kind === 'Service' && textAt(spec, 'clusterIP') !== 'None',
  );
  const [service] = services;
  if (service === undefined) return undefined;
  const { selector: _, type = 'ClusterIP', ...spec } = mapAt(service, 'spec');
  const annotations = forClients(mapAt(service, 'metadata', 'annotations'));
  const labels = mapAt(service, 'metadata', 'labels');
  const named = byName({ ...spec, type, annotations, labels });
  return isMap(named) ? named : undefined;
}

function imageDifferences({ base = '', here = '' }: Omit<Difference, 'field'>): Difference[] {
  const [was, is] = [splitImage(base), splitImage(here)];
  return [
    ...(was.name === is.name ? [] : [{ field: 'baseImage', base: was.name, here: is.name }]),
    ...(was.tag === is.tag ? [] : [{ field: 'version', base: was.tag, here: is.tag }]),
  ];
}

/** `registry:5000/pingcap/tikv:v8.5.7` into its name and its tag; '' if it has none. A digest is one too. */
export function splitImage(image: string): { name: string; tag: string } {
  const slash = image.lastIndexOf('/');
  const length = image.slice(slash + 1).search(/[:@]/);
  const end = length < 0 ? image.length : slash + 1 + length;
  return { name: image.slice(0, end), tag: image.slice(end + 1) };
}

const VOLUME_FIELDS = [
  ['storageSize', 'size'],
  ['storageClassName', 'storageClass'],
  ['volumeAttributesClassName', 'attributesClass'],
] as const;

function volumes(base: Workload, here: Workload): Difference[] {
  return volumeChanges(base, here).flatMap(({ volume, old, new: now }) =>
    VOLUME_FIELDS.filter(([, key]) => (old?.[key] ?? '') !== (now?.[key] ?? '')).map(([field, key]) =>
      difference(volumeField(volume, field, here), old?.[key] || undefined, now?.[key] || undefined),
    ),
  );
}

/** The data volume is the server's own, or one of `storageClaims`; any other is one of `storageVolumes`. */
function volumeField(volume: string, field: string, { component }: Workload): string {
  const { data, areListed } = COMPONENT_BY_NAME[component].claims;
  const [, index] = (areListed && /^data(\d+)$/.exec(volume)) || [];
  if (index !== undefined) {
    return `storageClaims[${index}].${field === 'storageSize' ? 'resources.requests.storage' : field}`;
  }
  if (volume === data) return field === 'storageSize' ? 'requests.storage' : field;
  return `storageVolumes.${volume.slice(component.length + 1)}.${field}`;
}

/** Whatever else the start script says: directories, plugins, arguments of the user's own. */
function scriptDifferences(base: Side, here: Side): Difference[] {
  const lines = (side: Side) =>
    [
      textAt(find(side, 'ConfigMap'), 'data', STARTUP_SCRIPT),
      ...mapsAt(find(side, 'StatefulSet'), 'spec', 'template', 'spec', 'containers')
        .filter(({ name }) => name === side.workload.component)
        .map(scriptIn),
    ]
      .join('\n')
      .split('\n')
      .map((line) => line.trim().replace(/ \\$/, ''))
      .filter((line) => line !== '');
  const [was, is] = [lines(base), lines(here)];
  const gone = was.filter((line) => !is.includes(line));
  const come = is.filter((line) => !was.includes(line));
  if (sameValue(gone, come)) return [];
  return [difference('start script', joined(gone), joined(come))];
}

function joined(lines: readonly string[]): string | undefined {
  return lines.length === 0 ? undefined : lines.join(' ');
}

/** Annotations for this program and for engines do not matter to clients. */
function forClients(annotations: MapValue): MapValue {
  const kept = ([key]: [string, Value]) => !key.startsWith('groups.pingcap.com/') && !isEngineKey(key);
  return Object.fromEntries(Object.entries(annotations).filter(kept));
}
