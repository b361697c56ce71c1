import { API_VERSION } from '../api/index.ts';
import { byKind, type GroupComponent } from '../components/index.ts';
import { isMap, type MapValue, setOwn } from '../yaml/index.ts';
import { writeMap } from '../yaml-write/index.ts';

interface Purpose {
  readonly component: GroupComponent;
  /** Ends its name, and is the name of its file. */
  readonly name: string;
  readonly comment: string;
  /** The fewest servers that can lose one. */
  readonly replicas: number;
  /** What it says of itself where the cluster has no such component. */
  readonly otherwise: MapValue;
  /** Fields that are the cluster's own: its Service with its ports, and what runs once. */
  readonly own: readonly string[];
  readonly also: MapValue;
}

const PURPOSES: readonly Purpose[] = [
  {
    component: byKind.TiKVGroup,
    name: 'hot',
    comment: 'More stores, which begin as those of the cluster: change what is to be different.',
    replicas: 3,
    otherwise: { requests: { storage: '100Gi' } },
    own: [],
    also: {},
  },
  {
    component: byKind.TiDBGroup,
    name: 'analytics',
    comment: 'More SQL servers, which begin as those of the cluster: change what is to be different.',
    replicas: 2,
    otherwise: {},
    own: ['service', 'initializer'],
    also: { service: { type: 'ClusterIP' } },
  },
];

/**
 * Two groups that join a TidbCluster, by the names of their files. They have the settings of its own stores and SQL
 * servers, but for the fields in `left`, as `TiKVGroup.failover`.
 */
export function groupsFrom(
  { metadata, spec }: MapValue,
  left: ReadonlySet<string>,
): ReadonlyMap<string, string> {
  const { name = '', namespace } = isMap(metadata) ? metadata : {};
  const cluster: MapValue = { name, ...(namespace !== undefined && { namespace }) };
  const groups = PURPOSES.map((purpose): [file: string, text: string] => {
    const { component, also, replicas, otherwise } = purpose;
    const { kind } = component.group;
    const written = isMap(spec) ? spec[component.name] : undefined;
    const server = isMap(written) ? written : otherwise;
    const group: MapValue = { cluster, replicas };
    for (const [field, value] of Object.entries({ ...server, ...also })) {
      const isOwn = purpose.own.includes(field) && !Object.hasOwn(also, field);
      if (field !== 'replicas' && !isOwn && !left.has(`${kind}.${field}`)) setOwn(group, field, value);
    }
    const object = {
      apiVersion: API_VERSION,
      kind,
      metadata: { ...cluster, name: `${name}-${purpose.name}` },
      spec: group,
    };
    return [`${purpose.name}.yaml`, `# ${purpose.comment}\n${writeMap(object)}`];
  });
  return new Map(groups);
}
