import { API_VERSION, definitionOf, fieldOf, refTo, type TidbCluster } from '../api/index.ts';
import { byKind, type GroupComponent, isSection } from '../components/index.ts';
import { clusterConfigOfGroup, reportAt } from '../config/index.ts';
import { canonicalMap, copy, withoutNulls } from '../expand/index.ts';
import { Field, type Problems, type Subject } from '../problem/index.ts';
import type { Group } from '../validate/index.ts';
import { isMap, type MapValue, setOwn } from '../yaml/index.ts';
import { metadataOfGroups } from './metadata.ts';
import { checkReach } from './reach.ts';

/** A group, or groups of several kinds and one name, and the cluster that they join. */
export interface GroupsOfName {
  readonly groups: readonly Group[];
  readonly cluster: Subject<TidbCluster>;
}

/**
 * The heterogeneous TidbCluster that means what the groups mean: all settings of their cluster but those of its
 * components, and the groups as its sections. Configs and quantities are written as the operator writes them back, and
 * what is empty in Kubernetes' own types is left out as it does.
 */
export function tidbClusterOf({ groups, cluster }: GroupsOfName, problems: Problems): MapValue {
  for (const group of groups) checkReach(group, cluster, problems);
  const own = metadataOfGroups(groups, problems);
  const [first] = groups;
  const { name = '', namespace = '' } = first?.object.metadata ?? {};
  const metadata = { name, ...(namespace !== '' && { namespace }), ...own };
  const spec: MapValue = { cluster: referenceTo(cluster.object, first), ...inherited(cluster.object) };
  for (const group of groups) {
    setOwn(spec, byKind[group.object.kind].name, serverOf(group, problems));
  }
  return { apiVersion: API_VERSION, kind: 'TidbCluster', metadata, spec };
}

/** Where the namespace is not written, the operator would write the resource's own. */
function referenceTo({ metadata, spec }: TidbCluster, group: Group | undefined): MapValue {
  const { name = '' } = metadata;
  const namespace =
    metadata.namespace || group?.object.spec.cluster?.namespace || group?.object.metadata.namespace;
  const { clusterDomain } = spec;
  return { name, ...(namespace && { namespace }), ...(clusterDomain && { clusterDomain }) };
}

/** Not what only a newer operator knows: it may be another component. */
function inherited({ spec }: TidbCluster): MapValue {
  const rules = definitionOf('TidbClusterSpec') ?? {};
  const shared = without(
    spec,
    (field) => field === 'cluster' || isSection(field) || fieldOf(rules, field) === undefined,
  );
  return canonicalMap({ $ref: refTo('TidbClusterSpec') }, shared);
}

function serverOf({ object, origin }: Group, problems: Problems): MapValue {
  const type = { $ref: refTo(`${object.kind}Spec`) };
  const server = canonicalMap(
    type,
    without(object.spec, (field) => NOT_OF_A_SERVER.includes(field)),
  );
  const { configs, group }: GroupComponent = byKind[object.kind];
  return configs.reduce((section, part) => {
    const written = part.in(group.as(object.spec)) ?? (group.needsConfig && {});
    if (!written) return section;
    const at = new Field(origin, problems).to('spec', ...part.path);
    const text = clusterConfigOfGroup(part, written, reportAt(at, written));
    return withText(section, part.path, text);
  }, server);
}

function withText(map: MapValue, [key = '', ...rest]: readonly string[], text: string): MapValue {
  const inner = map[key];
  return {
    ...map,
    [key]: rest.length === 0 ? text : withText(inner !== undefined && isMap(inner) ? inner : {}, rest, text),
  };
}

/** What a group has beside its component's fields, or has in another way. */
const NOT_OF_A_SERVER = ['autoscale', 'cluster', 'clusterName', 'config', 'networkPolicy'];

function without(spec: object, isLeftOut: (field: string) => boolean): MapValue {
  const value = copy(withoutNulls(spec));
  const map: MapValue = {};
  if (!isMap(value)) return map;
  for (const [key, inner] of Object.entries(value)) if (!isLeftOut(key)) setOwn(map, key, inner);
  return map;
}
