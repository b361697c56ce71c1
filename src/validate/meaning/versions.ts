import type { TidbCluster } from '../../api/index.ts';
import { readVersion } from '../../expand/index.ts';
import { Field, type Problems, type Subject } from '../../problem/index.ts';
import { show } from '../structure/show.ts';
import { componentOf, type Group } from './group-of.ts';

/** Components of one cluster work together within a minor release; the operator does not order these upgrades. */
export function checkVersion(group: Group, cluster: Subject<TidbCluster>, problems: Problems): void {
  if (componentOf(group).hasOwnVersions) {
    checkOwnVersion(group, cluster, problems);
    return;
  }
  const { version, image } = group.object.spec;
  const base = cluster.object.spec;
  const fromImage = version === undefined && !base.version;
  const own = fromImage ? tagOf(image) : version;
  const other = base.version || base.pd?.version || tagOf(base.pd?.image);
  if (!own || !other || !isFar(own, other)) return;
  const message = `has version ${show(own)}, more than one minor release from version ${show(other)} of the TidbCluster ${show(cluster.origin.id.name)}; make them equal, one minor release at a time`;
  new Field(group.origin, problems, ['spec', fromImage ? 'image' : 'version']).add('version-skew', message);
}

/** Without a version of its own a group gets the cluster's, which is no version of a component that has versions of its own. */
function checkOwnVersion(group: Group, { object, origin }: Subject<TidbCluster>, problems: Problems): void {
  const { version } = object.spec;
  const own = group.object.spec.version;
  const { title, name } = componentOf(group);
  if (own && (readVersion(own)?.number[0] ?? 0) >= FIRST_OF_TIDB) {
    const message = `is ${show(own)}, a version of TiDB, but ${title} has versions of its own, so no pod would start; write one, such as "v1.3.2"`;
    new Field(group.origin, problems, ['spec', 'version']).add('version-tag', message);
  }
  if (own !== undefined || !version) return;
  const message = `is missing, so that the image would be "…/${name}:${version}" by the version of the TidbCluster ${show(origin.id.name)}, but ${title} has versions of its own; write one, such as "v1.3.2"`;
  new Field(group.origin, problems, ['spec', 'version']).add('version-inherited', message);
}

/** TiDB had its fourth major version before TiProxy had any, which is in its first one. */
const FIRST_OF_TIDB = 4;

/** The tag of an image, behind which there may be a digest. */
function tagOf(image: string | undefined): string | undefined {
  return /:([\w.-]+)$/.exec((image ?? '').replace(/@.*$/s, ''))?.[1];
}

/** What is not a version, such as `nightly`, is not far from any. */
function isFar(a: string, b: string): boolean {
  const [[oneMajor, oneMinor] = [], [twoMajor, twoMinor] = []] = [a, b].map(
    (text) => readVersion(text)?.number,
  );
  if (oneMinor === undefined || twoMinor === undefined) return false;
  return oneMajor !== twoMajor || Math.abs(oneMinor - twoMinor) > 1;
}
