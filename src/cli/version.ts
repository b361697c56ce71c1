import { version } from '../../package.json';

/** What the build puts in: `3ac7… with changes`, or '' where it is not known. */
declare const TIDB_GROUPS_COMMIT: string;

/** `0.1.0 (commit 3ac7…)`. */
export function versionAndCommit(): string {
  const commit = typeof TIDB_GROUPS_COMMIT === 'string' ? TIDB_GROUPS_COMMIT : '';
  return commit === '' ? version : `${version} (commit ${commit})`;
}
