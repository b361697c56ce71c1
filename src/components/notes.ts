/** What a reader of a plan should know of a change of some servers, for which nobody but TiDB Operator does more. */
export interface Notes {
  /** Where pods restart. */
  readonly restarted?: string;
  /** Where several pods restart that are rendered Plain. */
  readonly restartedPlain?: string;
  /** Where there are fewer pods. */
  readonly fewer?: string;
  /** Where there are more pods. */
  readonly more?: string;
  /** Config keys that are arguments, so that there is no file without any other key. */
  readonly argumentKeys?: readonly string[];
  /** The config key by which servers share their work, and what they take without it: others do not take it over. */
  readonly team?: { readonly key: string; readonly standard: string };
}
