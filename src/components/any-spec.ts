import type {
  ComponentName,
  ComponentSpec,
  CustomizedStartupProbe,
  Lifecycle,
  SidecarSpec,
  SlowLogTailer,
  StorageVolume,
  TiDBInitializerSettings,
  TiDBServiceSpec,
} from '../api/index.ts';

/** A section of a TidbCluster's spec that describes pods. */
export type Section = ComponentName | 'discovery' | 'pdms';

/** What the checks read of a section or a group; each has only some of the fields. */
export interface AnySpec extends ComponentSpec {
  readonly baseImage?: string;
  readonly binlogEnabled?: boolean;
  readonly customizedStartupProbe?: CustomizedStartupProbe;
  readonly dataSubDir?: string;
  /** TiFlash's is a container, TiDB's a setting. */
  readonly initializer?: SidecarSpec & TiDBInitializerSettings;
  readonly lifecycle?: Lifecycle;
  readonly logTailer?: SidecarSpec;
  readonly mountClusterClientSecret?: boolean;
  readonly plugins?: readonly string[];
  readonly privileged?: boolean;
  readonly raftLogVolumeName?: string;
  readonly rocksDBLogVolumeName?: string;
  readonly separateRaftLog?: boolean;
  readonly separateRocksDBLog?: boolean;
  readonly separateSlowLog?: boolean;
  readonly service?: TiDBServiceSpec;
  readonly slowLogTailer?: SlowLogTailer;
  readonly slowLogVolumeName?: string;
  readonly storageClaims?: readonly { readonly resources?: AnyResources }[];
  readonly storageVolumes?: readonly StorageVolume[];
}

export type AnyResources = Pick<ComponentSpec, 'limits' | 'requests'>;
