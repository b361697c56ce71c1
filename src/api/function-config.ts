import type { Resource } from './resource.ts';

export type GroupsVersion = 'groups.pingcap.com/v1alpha1';

/** Settings of the function. */
export interface ExpandTidbGroupsSpec {
  /**
   * Whether warnings keep a render from coming out, as errors do.
   * @default false
   */
  strict?: boolean;
}

/** The function's config. */
export interface ExpandTidbGroups extends Resource<GroupsVersion, 'ExpandTidbGroups'> {
  /** Settings of the function. */
  spec?: ExpandTidbGroupsSpec;
}

/** The function's config where it shall only validate, as a kustomize validator does. */
export interface ValidateTidbGroups extends Resource<GroupsVersion, 'ValidateTidbGroups'> {
  /** Settings of the function. */
  spec?: ExpandTidbGroupsSpec;
}
