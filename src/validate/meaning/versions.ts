import type { TidbCluster } from '../../api/index.ts';
import type { Problems } from '../../problem/index.ts';
import { show } from '../structure/show.ts';
import { At, type Subject } from './at.ts';
import type { Group } from './group-of.ts';

/** Components of one cluster work together within a minor release; the operator does not order these upgrades. */
export function checkVersion(group: Group, cluster: Subject<TidbCluster>, problems: Problems): void {
  const { version, image } = group.object.spec;
  const base = cluster.object.spec;
  const fromImage = version === undefined && !base.version;
  const own = fromImage ? tagOf(image) : version;
  const other = base.version || base.pd?.version || tagOf(base.pd?.image);
  if (!own || !other || !isFar(own, other)) return;
  const message = `has version ${show(own)}, more than one minor release from version ${show(other)} of the TidbCluster ${show(cluster.origin.id.name)}; make them equal, one minor release at a time`;
  new At(group.origin, problems, ['spec', fromImage ? 'image' : 'version']).add('version-skew', message);
}

/** The tag of an image, behind which there may be a digest. */
function tagOf(image: string | undefined): string | undefined {
  return /:([\w.-]+)$/.exec((image ?? '').replace(/@.*$/s, ''))?.[1];
}

/** Versions that are none, such as `nightly`, are not far from any. */
function isFar(a: string, b: string): boolean {
  const [one, two] = [releaseOf(a), releaseOf(b)];
  if (one === undefined || two === undefined) return false;
  return one.major !== two.major || Math.abs(one.minor - two.minor) > 1;
}

function releaseOf(version: string): { major: number; minor: number } | undefined {
  const [, major, minor] = /^v?(\d+)\.(\d+)(?![\d])/.exec(version) ?? [];
  return major === undefined ? undefined : { major: Number(major), minor: Number(minor) };
}
