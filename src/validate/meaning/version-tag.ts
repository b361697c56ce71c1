import type { TidbCluster } from '../../api/index.ts';
import { type AnySpec, SECTIONS } from '../../components/index.ts';
import type { Field } from '../../problem/index.ts';
import { show } from '../structure/show.ts';

/** A release as people write it without the "v" that the tag of its image begins with. */
const RELEASE = /^\d+\.\d+\.\d+(?![\d.])/;

/** An image that PingCAP publishes, maybe from a mirror; who builds others may tag them in any way. */
const PUBLISHED = /(?:^|\/)pingcap\/[^/:@]+$/;

/** The version or the image of some servers. */
export function checkVersionTag({ version, image, baseImage }: AnySpec, at: Field): void {
  if (version && isUntagged(version, baseImage)) report(version, at.to('version'));
  const colon = image?.lastIndexOf(':') ?? -1;
  if (
    !image ||
    colon < 0 ||
    image.includes('@') ||
    !isUntagged(image.slice(colon + 1), image.slice(0, colon))
  )
    return;
  const right = `${image.slice(0, colon)}:v${image.slice(colon + 1)}`;
  const message = `is ${show(image)}, an image that does not exist: the tags of published images begin with "v"; write ${show(right)}`;
  at.to('image').add('version-tag', message);
}

/** The version of a TidbCluster, where some of its components have no other. */
export function checkClusterVersionTag({ spec }: TidbCluster, at: Field): void {
  const { version } = spec;
  if (!version) return;
  const parts = SECTIONS.flatMap((section): AnySpec[] => (spec[section] ? [spec[section]] : []));
  const takes = ({ version: own, baseImage }: AnySpec) => own === undefined && isUntagged(version, baseImage);
  if (parts.some(takes)) report(version, at.to('version'));
}

function isUntagged(version: string, baseImage: string | undefined): boolean {
  return RELEASE.test(version) && (!baseImage || PUBLISHED.test(baseImage));
}

function report(version: string, at: Field): void {
  const message = `is ${show(version)}, which is the tag of no published image, so no pod would start; write ${show(`v${version}`)}`;
  at.add('version-tag', message);
}
