import { isMap, type MapValue, type Value } from '../yaml/index.ts';
import { type Draft, draftValue, fieldsOf } from '../yaml-write/index.ts';
import type { Group } from './group.ts';
import { labelsOfPods } from './metadata.ts';
import type { Section } from './section.ts';

/** Where an own setting of a group goes before that of its TidbCluster. */
function sectionOf({ own, source }: Group, field: string): Section | undefined {
  return [own, source.cluster].find((section) => section.value(field) !== undefined);
}

/** The settings of a pod that are more than moved to the overlay. */
export function convertPod(group: Group): void {
  convertUpdates(group);
  convertSpread(group);
  convertNodeSelector(group);
  const network = sectionOf(group, 'hostNetwork')?.value('hostNetwork');
  if (network === true && sectionOf(group, 'dnsPolicy') === undefined)
    group.setInPod(['dnsPolicy'], 'ClusterFirstWithHostNet');
  reportSelectors(group);
  const grace = group.value('terminationGracePeriodSeconds');
  group.setInPod(['terminationGracePeriodSeconds'], group.take('terminationGracePeriodSeconds'));
  if (grace === 0)
    group.changed(['terminationGracePeriodSeconds'], 'an overlay cannot say 0, so the time is its own');
  if (group.value('suspendAction', 'suspendStatefulSet') === true)
    group.lost(['suspendAction', 'suspendStatefulSet'], 'only a whole Cluster is suspended');
}

/** v1 leaves pods alone where nothing is written, and v2 restarts them. */
function convertUpdates(group: Group): void {
  const section = sectionOf(group, 'configUpdateStrategy');
  const isRolling = section?.value('configUpdateStrategy') === 'RollingUpdate';
  group.set(['updateStrategy', 'config'], isRolling ? 'Restart' : 'HotReload');
}

function convertNodeSelector(group: Group): void {
  for (const section of [group.source.cluster, group.own]) {
    for (const key of section.keys('nodeSelector'))
      group.setInPod(['nodeSelector', key], section.take('nodeSelector', key));
  }
}

const COMPONENT = 'app.kubernetes.io/component';
const INSTANCE = 'app.kubernetes.io/instance';

function convertSpread(group: Group): void {
  const field = 'topologySpreadConstraints';
  const section = sectionOf(group, field);
  const constraints = section?.value(field);
  if (section === undefined || !Array.isArray(constraints)) return;
  for (const index of constraints.keys()) {
    const at = [field, index];
    const matchLabels = { ...labelsOfPods(group) };
    for (const key of section.keys(...at, 'matchLabels')) {
      const value = String(section.value(...at, 'matchLabels', key));
      if (key === COMPONENT) matchLabels['pingcap.com/component'] = value;
      else if (key === INSTANCE) matchLabels['pingcap.com/group'] = value;
      else group.report.lost(section, [...at, 'matchLabels', key], 'it has no effect in v1 either');
    }
    const skew = section.value(...at, 'maxSkew');
    group.addToPod(
      field,
      fieldsOf({
        maxSkew: skew ? section.take(...at, 'maxSkew') : 1,
        topologyKey: section.take(...at, 'topologyKey'),
        whenUnsatisfiable: 'DoNotSchedule',
        labelSelector: { matchLabels },
        minDomains: section.take(...at, 'minDomains'),
        nodeAffinityPolicy: section.take(...at, 'nodeAffinityPolicy'),
      }),
    );
  }
}

/** Pods of v2 have other labels, which an affinity to other pods may go by. */
function reportSelectors(group: Group): void {
  const section = sectionOf(group, 'affinity');
  if (section === undefined) return;
  for (const kind of ['podAffinity', 'podAntiAffinity']) {
    if (!selects(section.value('affinity', kind))) continue;
    const labels = Object.keys(labelsOfPods(group)).map((key) => `\`${key}\``);
    const how = `it selects pods by labels of v1; those of v2 are ${labels.join(', ')}`;
    group.report.changed(section, ['affinity', kind], how);
  }
}

function selects(value: Value | undefined): boolean {
  if (Array.isArray(value)) return value.some(selects);
  if (!isMap(value)) return false;
  const isOfV1 = (text: unknown) => typeof text === 'string' && text.startsWith('app.kubernetes.io/');
  return Object.entries(value).some(
    ([key, inner]) => isOfV1(key) || (key === 'key' && isOfV1(inner)) || selects(inner),
  );
}

/** Containers and volumes that are added, and what is added to the server's container. */
export function convertContainers(group: Group): void {
  const { own, source } = group;
  const { component, inV2, cluster } = source;
  const lists = (field: string) => listAt(own.value(field));
  const names = new Set(
    lists('additionalVolumes').map((volume) => (isMap(volume) ? volume.name : undefined)),
  );
  const zone = inV2.hasTimezone ? cluster.take('timezone') : undefined;
  if (zone !== undefined) group.addToServer('env', fieldsOf({ name: 'TZ', value: zone }));
  lists('env').forEach((variable, index) => {
    const isGenerated = zone !== undefined && isMap(variable) && variable.name === 'TZ';
    if (isGenerated) group.lost(['env', index], '`timezone` of the TidbCluster goes before it');
    else addItem(group, ['env', index], 'env');
  });
  if (own.value('privileged') !== undefined && own.value('securityContext') !== undefined)
    group.lost(['privileged'], '`securityContext` goes before it');
  else group.setInServer(['securityContext', 'privileged'], own.take('privileged'));
  lists('additionalVolumeMounts').forEach((mount, index) => {
    const path = ['additionalVolumeMounts', index];
    group.addToServer('volumeMounts', own.as(path, renamed(group, names, path, mount)));
  });
  for (const index of lists('additionalVolumes').keys())
    group.addToPod('volumes', own.take('additionalVolumes', index) ?? null);
  lists('initContainers').forEach((container, index) => {
    group.addToPod('initContainers', withVolumes(group, names, ['initContainers', index], container));
  });
  lists('additionalContainers').forEach((container, index) => {
    const path = ['additionalContainers', index];
    if (!isMap(container)) return;
    if (container.name === component.name) mergeServer(group, names, path);
    else if (!container.image)
      group.lost(path, `v2 has no container ${JSON.stringify(container.name)} to merge it into`);
    else group.addToPod('containers', withVolumes(group, names, path, container));
  });
}

function addItem({ own, server }: Group, path: readonly (string | number)[], list: string): void {
  server.add(list, own.take(...path) ?? null);
}

function listAt(value: Value | undefined): readonly Value[] {
  return Array.isArray(value) ? value : [];
}

/** An entry with the name of the server's own container, whose fields go before those that are generated. */
function mergeServer(
  group: Group,
  names: ReadonlySet<Value | undefined>,
  path: readonly (string | number)[],
): void {
  const { own, server } = group;
  for (const key of own.keys(...path)) {
    const value = own.value(...path, key);
    if (key === 'name') continue;
    if (['env', 'volumeMounts'].includes(key)) {
      listAt(value).forEach((item, index) => {
        const at = [...path, key, index];
        const draft = key === 'env' ? own.as(at, item) : own.as(at, renamed(group, names, at, item));
        server.replace(key, draft, (one) => sameName(draftValue(one), item));
      });
    } else if (isMap(value)) {
      for (const inner of own.keys(...path, key)) server.set([key, inner], own.take(...path, key, inner));
    } else server.set([key], own.take(...path, key));
  }
}

function sameName(one: Value, other: Value): boolean {
  if (!isMap(one) || !isMap(other)) return false;
  return one.mountPath === undefined ? one.name === other.name : one.mountPath === other.mountPath;
}

function withVolumes(
  group: Group,
  names: ReadonlySet<Value | undefined>,
  path: readonly (string | number)[],
  container: Value,
): Draft {
  if (!isMap(container) || !Array.isArray(container.volumeMounts)) return group.own.as(path, container);
  const volumeMounts = container.volumeMounts.map((mount, index) =>
    renamed(group, names, [...path, 'volumeMounts', index], mount),
  );
  return group.own.as(path, { ...container, volumeMounts });
}

/** A mount of a volume that has another name in v2; one of a volume that v2 may not have is reported. */
function renamed(
  group: Group,
  names: ReadonlySet<Value | undefined>,
  path: readonly (string | number)[],
  mount: Value,
): Value {
  if (!isMap(mount) || names.has(mount.name)) return mount;
  const name = group.renamedVolumes.get(String(mount.name));
  if (name !== undefined) return { ...mount, name } satisfies MapValue;
  group.changed(
    [...path, 'name'],
    `its pods have no volume ${JSON.stringify(mount.name)}; mount one of their own, whose names begin with "ti-"`,
  );
  return mount;
}

/** A probe: v2 makes some by itself, and of the others a port is probed. */
export function convertProbe(group: Group): void {
  const { probe } = group.source.inV2;
  const type = group.value('readinessProbe', 'type');
  if (group.value('readinessProbe') === undefined) return;
  if (probe === 'typed') group.set(['probes', 'readiness', 'type'], group.take('readinessProbe', 'type'));
  else if (type === 'command' || (probe === 'own' && type !== undefined)) {
    const why = probe === 'own' ? 'it probes in a way of its own' : 'only the port is probed';
    group.lost(['readinessProbe', 'type'], why);
  }
  if (typeof probe === 'number') group.setInServer(['readinessProbe', 'tcpSocket'], { port: probe });
  for (const field of ['initialDelaySeconds', 'periodSeconds'])
    group.setInServer(['readinessProbe', field], group.take('readinessProbe', field));
}
