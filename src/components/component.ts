import type {
  AnyGroup,
  ComponentName,
  Config,
  GroupKind,
  GroupKinds,
  TiDBServiceSpec,
  TidbCluster,
  TidbClusterSpec,
} from '../api/index.ts';
import type { ConfigPart, ConfigTable } from '../config/index.ts';
import type { DataDirectory } from '../data/index.ts';
import type { Drainer, Expansion, Safety } from '../expand/index.ts';
import type { Code, Path } from '../problem/index.ts';
import type { AnySpec } from './any-spec.ts';
import type { ConfigFacts } from './config-facts.ts';

/**
 * What is known of a component: plain data, and functions of its spec. Every run loads it, so what only some commands
 * need is in separate files, which `scripts/generate/components.ts` collects.
 */
export interface Component {
  /** The key of its section in a TidbCluster's spec, which also ends the names of its StatefulSets. */
  readonly name: ComponentName;
  /** As people write it: `TiKV`. */
  readonly title: string;
  readonly keeps: Keeps;
  readonly layer: ServerLayer;
  /** The ports that its servers listen on, as far as they are known, by what they are for. */
  readonly ports: { readonly [name: string]: number };
  /** Whether no container beside the server may have one of these: `ports` has all of them. */
  readonly arePortsChecked?: true;
  /** What TiDB Operator takes where neither an image nor a base image is written; `pingcap/<name>` where this is not. */
  readonly baseImage?: string;
  /** Whether its versions are its own, and not TiDB's. */
  readonly hasOwnVersions?: true;
  /** Whether its pods run the cluster's helper image, whatever their own settings are. */
  readonly usesHelper?: true;
  readonly configs: readonly [ConfigPart, ...ConfigPart[]];
  /** The key in its config that holds the labels of a server. */
  readonly labelsKey: string;
  /** The variable in its environment that holds more of them, such as "zone=a,disk=nvme", by the annotations of its pods. */
  labelsVariable?(annotations: { readonly [key: string]: unknown }): string | undefined;
  readonly claims: Claims;
  /**
   * Whether the keys of its configs are known, at any depth; they are loaded with the check of them. `in groups`: not
   * checked in a TidbCluster, because most have such a config, and each run would load them.
   */
  readonly listsKeys?: 'everywhere' | 'in groups';
  /** What its config means to the server, as far as it is checked. */
  readonly configFacts?: ConfigFacts;
  /** The directories that its config names, or that are below the data directory; '' if that is not known. */
  directories?(config: ConfigTable, dataDir: string): DataDirectory[];
  /** Where its servers keep their data, as far as TiDB Operator's start script says it. */
  dataDir?(spec: AnySpec): string;
  /** Whether TiDB Operator leaves the `additionalVolumes` of its spec out of its pods. */
  readonly leavesOutVolumes?: true;
  /** Annotations of its pods that turn something on where they are "true". */
  readonly switches?: readonly string[];
  /** Whether an annotation can say which pods of its StatefulSet are left out. */
  readonly hasDeleteSlots?: true;
  /** The fields that name a volume for one of its logs, where it is to have one. */
  logVolumes?(spec: AnySpec): LogVolumeField[];
  /** Fields that TiDB Operator does not read as they stand, and why: `has no effect …`. */
  ignored?(spec: AnySpec): [path: Path, why: string][];
  /** Config keys that name a log, which a container beside the server prints. */
  readonly printedLogs?: readonly string[];
  /** Those that name a log which nobody prints; TiDB Operator wants it to be in a directory all the same. */
  readonly otherLogs?: readonly string[];
  /** The ports of the Service that it has for clients. */
  servicePorts?(service: TiDBServiceSpec): GeneratedPort[];
  /** Absent if it cannot be a group. */
  readonly group?: GroupPart;
}

/**
 * What servers keep, and others would lose with them: TiKV regions of rows, TiFlash copies of rows in columns, PD the
 * votes by which all else is found, Pump a log.
 */
export type Keeps = 'regions' | 'columns' | 'quorum' | 'log' | 'nothing';

/** Where servers stand on the way of a query. */
export type ServerLayer = 'proxies' | 'sql' | 'binlogs' | 'stores' | 'changefeeds' | 'placement';

export type LogVolumeField = 'raftLogVolumeName' | 'rocksDBLogVolumeName' | 'slowLogVolumeName';

/** The volumes that each pod claims, beside those of `storageVolumes`. */
export interface Claims {
  /** Name of the claim for `requests.storage`. */
  readonly data?: string;
  /** Where the server's container has it. */
  readonly path?: string;
  /** Whether the data volumes are those of `storageClaims`. */
  readonly areListed?: true;
  /** Whether the checks look at them: each must have a size, and a name that is nobody else's. */
  readonly areChecked?: true;
}

/** A port of a Service that nobody wrote, and the fields of the service that change it. */
export interface GeneratedPort {
  readonly name: string;
  readonly port: number;
  readonly targetPort: number;
  readonly nodePort: number | undefined;
  readonly fields: { readonly name?: string; readonly port?: string; readonly nodePort: string };
}

/** What a component has that can be a group. */
export interface GroupPart<Kind extends GroupKind = GroupKind> {
  readonly kind: Kind;
  /** What kubectl takes for the kind: `tkg`. */
  readonly short: string;
  /** On a TidbCluster: the names of its groups of the kind, sorted and separated by commas. */
  readonly annotation: string;
  /** The section of a TidbCluster. */
  of(spec: TidbClusterSpec): GroupKinds[Kind]['spec'] | undefined;
  /** A TidbCluster's spec with such a section, and nothing else. */
  as(spec: GroupKinds[Kind]['spec']): TidbClusterSpec;
  /** The same spec with each config that is there as what `change` makes of it. */
  mapConfigs(spec: GroupKinds[Kind]['spec'], change: ChangeConfig): GroupKinds[Kind]['spec'];
  /**
   * When its groups are applied, in the order of the components: one after another, all at once, or beside the first ones,
   * with nothing that waits for them.
   */
  readonly turn: 'one by one' | 'together' | 'aside';
  /** What its workloads have of their own. Of a kind that most runs have no group of, a function that loads it. */
  readonly expansion: MaybeLoaded<Expansion<GroupKinds[Kind]['spec']>>;
  /** What makes a rolling update of its groups safe, where something does. */
  readonly safety?: Safety<GroupKinds[Kind]['spec']>;
  /** What moves the data off its servers before they go, where something does. */
  readonly drainer?: Drainer<GroupKinds[Kind]['spec']>;
  /** Whether TiDB Operator mounts a ConfigMap for its config also where it has none, and then makes none. */
  readonly needsConfig?: true;
  /** Whether its servers find a PD in another namespace under TiDB Operator, too; others look in their own. */
  findsPDAnywhere?(spec: GroupKinds[Kind]['spec']): boolean;
  /** The config in which its servers find their own labels, below `labelsKey`. Absent where they have none, and so no zones. */
  readonly labelsIn?: ConfigPart;
  /** What has PD's address: an argument of the start script, or a key of the first config. */
  readonly pdIn: { readonly argument: string } | { readonly key: string };
  /** The volume of the certificate that clients of the database see. */
  readonly clientTlsVolume?: string;
  /** Kinds and endings of the names of what TiDB Operator makes for the component of a TidbCluster. */
  readonly makes: readonly (readonly [kind: string, ending: string])[];
  secrets(instance: string, spec: GroupKinds[Kind]['spec'], needs: SecretNeeds): string[];
  /** Fields that count in a TidbCluster and not in a group, and why: `has no effect, because …`. */
  ignored?(spec: GroupKinds[Kind]['spec']): [path: Path, why: string][];
  /** The same of keys of its first config, and why. */
  readonly ignoredKeys?: IgnoredKeys;
  /** What is wrong with all groups of the kind beside their cluster and the other groups of that. */
  checkBeside?(own: readonly GroupKinds[Kind][], beside: Beside): Found[];
  /** Fields that only TiDB Operator acts on, and why they do nothing for plain workloads: `has no effect, because …`. */
  operatorOnly?(spec: GroupKinds[Kind]['spec']): [path: Path, why: string][];
}

/** Keys of a config that count where a component is in a TidbCluster, and not in a group. */
export interface IgnoredKeys {
  /** At the top of the config. */
  readonly keys: readonly string[];
  /** `has no effect, because …`. */
  readonly why: string;
}

/** What the groups of a kind are seen beside. */
export interface Beside {
  readonly cluster: TidbCluster;
  /** All groups of the cluster, those of the kind among them. */
  readonly groups: readonly AnyGroup[];
  /** TidbClusters that name this one in `spec.cluster`. */
  readonly joined: readonly TidbCluster[];
}

/** A problem of a group, and where it is. */
export interface Found {
  readonly group: AnyGroup;
  readonly code: Code;
  readonly path: Path;
  readonly message: string;
}

export type ChangeConfig = (part: ConfigPart, config: Config) => Config;

type MaybeLoaded<T> = T | (() => Promise<T>);

/** Why pods need certificates. */
export interface SecretNeeds {
  /** Whether the members of the cluster talk TLS to each other. */
  readonly clusterTls: boolean;
  /** Whether whoever runs the pods asks PD with the cluster's client certificate. */
  readonly asksPD: boolean;
}

/** A component that can be a group. */
export interface GroupComponent<Kind extends GroupKind = GroupKind> extends Component {
  readonly group: GroupPart<Kind>;
}
