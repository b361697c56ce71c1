import type { ImagePullPolicy, ServerSpec, TidbClusterSpec } from '../api/index.ts';
import type { Member } from './member.ts';

/** The server's image. A version of its own, even an empty one, goes before the cluster's. */
export function serverImage(member: Member<ServerSpec & { baseImage?: string }>): string {
  const { component, spec, cluster, report } = member;
  const version = versionFor(spec, cluster);
  const base = spec.baseImage || (version === undefined ? spec.image : `pingcap/${component}`) || '';
  const image = version ? `${base}:${version}` : base;
  if (version === undefined && !isTagged(image)) {
    report(
      'version-missing',
      ['spec', 'version'],
      'there is no version, neither in `spec.version` here nor in that of the TidbCluster; write one of them',
    );
  } else if (spec.image && spec.image !== image) {
    report(
      'no-effect',
      ['spec', 'image'],
      `\`spec.image\` "${spec.image}" has no effect: the server runs "${image}"; ` +
        'write `spec.baseImage` and `spec.version` instead',
    );
  }
  return image;
}

/** Whether the server runs `spec.image` as it stands, and no version that is written elsewhere. */
export function runsOwnImage({
  spec,
  cluster,
}: Pick<Member<ServerSpec & { baseImage?: string }>, 'spec' | 'cluster'>): boolean {
  return Boolean(spec.image) && !spec.baseImage && versionFor(spec, cluster) === undefined;
}

function versionFor(spec: ServerSpec, cluster: TidbClusterSpec): string | undefined {
  return spec.version ?? (cluster.version || undefined);
}

function isTagged(image: string): boolean {
  return image.includes('@') || image.slice(image.lastIndexOf('/') + 1).includes(':');
}

/** The image of the small helpers of a pod: log tailers, and whoever sets sysctls. */
export interface Helper {
  readonly image: string;
  readonly imagePullPolicy: ImagePullPolicy;
}

/** A TiDB group's `slowLogTailer` may name the helper too, where the cluster does not. */
export function helperOf({ helper, imagePullPolicy }: TidbClusterSpec, tailer: Partial<Helper> = {}): Helper {
  return {
    image: helper?.image ?? tailer.image ?? 'busybox:1.26.2',
    imagePullPolicy: helper?.imagePullPolicy ?? tailer.imagePullPolicy ?? (imagePullPolicy || 'IfNotPresent'),
  };
}
