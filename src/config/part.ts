import type { Config, TidbClusterSpec } from '../api/index.ts';
import type { Path } from '../problem/index.ts';
import type { ConfigName } from './known-keys.ts';
import type { ReportConfig } from './report.ts';
import type { ConfigTable } from './table.ts';

/** A config that a component has. TiFlash has two. */
export interface ConfigPart {
  /** Whose keys it has. */
  readonly name: ConfigName;
  /** Its key in the ConfigMap of the component's workloads. */
  readonly key: string;
  /** What the file is called among those of its component. */
  readonly file: string;
  /** Where it stands in the component's spec. */
  readonly path: readonly string[];
  /** The same as a value. */
  in(spec: TidbClusterSpec): Config | null | undefined;
  /** Adds what TiDB Operator adds to every such config that is there. */
  setDefaults?(table: ConfigTable, report: ReportConfig): void;
}

/** A config where it stands in a TidbCluster. */
export interface ConfigPlace {
  readonly part: ConfigPart;
  readonly path: Path;
  readonly config: Config;
}
