import type { TiKVSpec } from '../../api/index.ts';
import { type DrainPod, drain } from '../../drain/index.ts';
import {
  clusterSecret,
  type Drained,
  type Drainer,
  imageOf,
  isSince,
  type Member,
  releaseOf,
  secondsOfDuration,
} from '../../expand/index.ts';

/** A Job has PD move the data of stores away before they go. */
export const drainer: Drainer<TiKVSpec> = {
  canDrain(member, { image, isAsked }) {
    if (image) return true;
    const { image: pd, lacksVersion: isNone } = imageOfPD(member);
    const release = releaseOf(pd);
    const isOld = release !== undefined && !isSince(release, WHOLE_IMAGES);
    // Whoever asks for a Job without an image gets an error.
    if (isNone ? isAsked : !isOld) return true;
    const why = isNone
      ? 'there is no version of PD in the TidbCluster, whose image a Job would have'
      : `PD's image "${pd}" is older than those of which it is known that they have curl and jq`;
    const outcome = isAsked
      ? 'the Job that drains these stores fails where it lacks one of them'
      : 'no Job drains these stores by default';
    const message = `${why}, so ${outcome}; name an image that has a shell, curl and jq in \`spec.drain.image\` of the function config`;
    member.at.to('metadata', 'name').say('drain-image', message);
    return isAsked;
  },
  resources(member, drained) {
    const { names, pd, cluster, clusterTls } = member;
    return drain({
      group: names.instance,
      namespace: names.namespace,
      set: names.server,
      peer: names.peer,
      replicas: drained.to,
      pd: pdUrls(pd, clusterTls),
      clusterDomain: cluster.clusterDomain || undefined,
      secret: clusterTls ? clusterSecret(names.instance, 'tikv') : undefined,
      image: drained.image || pdImage(member),
      imagePullPolicy: member.settings.imagePullPolicy,
      pod: drainPod(member),
      timeout: timeoutOf(drained),
    });
  },
};

/** `https://pd-0:2379,https://pd-1:2379` of `pd-0:2379,pd-1:2379`. */
function pdUrls(pd: string, tls: boolean): string {
  const scheme = tls ? 'https' : 'http';
  return pd
    .split(',')
    .map((address) => `${scheme}://${address}`)
    .join(',');
}

/** PD's images have all that the script needs, since this release. Source: the build of PingCAP's images. */
const WHOLE_IMAGES = [6, 5, 12] as const;

function imageOfPD({ cluster }: Member<TiKVSpec>): ReturnType<typeof imageOf> {
  return imageOf({ component: 'pd', spec: { replicas: 0, ...cluster.pd }, cluster });
}

function pdImage(member: Member<TiKVSpec>): string {
  const { image, lacksVersion } = imageOfPD(member);
  if (lacksVersion) {
    const message =
      'there is no version of PD in the TidbCluster, and its image is that of the Job that drains stores; write `spec.version` in the TidbCluster, or `spec.drain.image` in the function config';
    member.at.to('metadata', 'name').say('version-missing', message);
  }
  return image;
}

/** Its pod runs where those of the stores do, and finds PD as they do. */
function drainPod({ settings }: Member<TiKVSpec>): DrainPod {
  const { labels, annotations, dnsConfig, dnsPolicy, imagePullSecrets } = settings;
  const { nodeSelector, priorityClassName, schedulerName, tolerations } = settings;
  return {
    labels,
    annotations,
    ...(dnsConfig && { dnsConfig, dnsPolicy }),
    imagePullSecrets,
    nodeSelector,
    tolerations,
    priorityClassName,
    // Kubernetes fills in this one, and another text would be another Job.
    schedulerName: schedulerName === 'default-scheduler' ? undefined : schedulerName,
  };
}

function timeoutOf({ timeout = '' }: Drained): number | undefined {
  return timeout === '' ? undefined : secondsOfDuration(timeout);
}
