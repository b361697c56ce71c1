import type {
  ComponentSpec,
  CustomizedStartupProbe,
  Lifecycle,
  SidecarSpec,
  StorageVolume,
  TiDBServiceSpec,
} from '../../api/index.ts';

export type Component =
  | 'discovery'
  | 'pd'
  | 'pdms'
  | 'pump'
  | 'ticdc'
  | 'tidb'
  | 'tiflash'
  | 'tikv'
  | 'tiproxy';

/** What the checks read of a component, be it a TidbCluster's or a group's; each has only some of the fields. */
export interface ServerSpec extends ComponentSpec {
  readonly binlogEnabled?: boolean;
  readonly customizedStartupProbe?: CustomizedStartupProbe;
  readonly dataSubDir?: string;
  readonly lifecycle?: Lifecycle;
  readonly logTailer?: SidecarSpec;
  readonly plugins?: string[];
  readonly privileged?: boolean;
  readonly raftLogVolumeName?: string;
  readonly rocksDBLogVolumeName?: string;
  readonly separateRaftLog?: boolean;
  readonly separateRocksDBLog?: boolean;
  readonly separateSlowLog?: boolean;
  readonly service?: TiDBServiceSpec;
  readonly slowLogTailer?: SidecarSpec;
  readonly slowLogVolumeName?: string;
  readonly storageClaims?: readonly { readonly resources?: ComponentResources }[];
  readonly storageVolumes?: readonly StorageVolume[];
}

export type ComponentResources = Pick<ComponentSpec, 'limits' | 'requests'>;
