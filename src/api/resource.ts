import type { ObjectMeta } from './kubernetes.ts';

/** What every resource begins with. */
export interface Resource<Version extends string, Kind extends string> {
  /** Version of the API that the resource is written for. */
  apiVersion: Version;
  /** Kind of the resource. */
  kind: Kind;
  /** Name, namespace, labels and annotations of the resource. */
  metadata: ObjectMeta;
}

export type PingCAPVersion = 'pingcap.com/v1alpha1';

/** The API group and version of TidbClusters and groups. */
export const API_VERSION: PingCAPVersion = 'pingcap.com/v1alpha1';
