import type { ImagePullPolicy, ServerSpec, TidbClusterSpec } from '../api/index.ts';
import type { Member } from './member.ts';

type WithImage = Member<ServerSpec & { baseImage?: string }>;

/** The server's image, and its problems. */
export function serverImage(member: WithImage): string {
  const { spec, at } = member;
  const { image, lacksVersion } = imageOf(member);
  if (lacksVersion) {
    at.to('spec', 'version').say(
      'version-missing',
      'there is no version, neither in `spec.version` here nor in that of the TidbCluster; write one of them',
    );
  } else if (spec.image && spec.image !== image) {
    at.to('spec', 'image').say(
      'no-effect',
      `\`spec.image\` "${spec.image}" has no effect: the server runs "${image}"; ` +
        'write `spec.baseImage` and `spec.version` instead',
    );
  }
  return image;
}

/** The image of a server. A version of its own, even an empty one, goes before the cluster's. */
export function imageOf({ component, spec, cluster }: Pick<WithImage, 'component' | 'spec' | 'cluster'>): {
  readonly image: string;
  readonly lacksVersion: boolean;
} {
  const version = versionFor(spec, cluster);
  const base = spec.baseImage || (version === undefined ? spec.image : `pingcap/${component}`) || '';
  const image = version ? `${base}:${version}` : base;
  return { image, lacksVersion: version === undefined && !isTagged(image) };
}

/** Whether the server runs `spec.image` as it stands, and no version that is written elsewhere. */
export function runsOwnImage({ spec, cluster }: Pick<WithImage, 'spec' | 'cluster'>): boolean {
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
