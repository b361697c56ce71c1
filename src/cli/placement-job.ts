import { imageReference } from '../api/index.ts';
import { isDnsLabel, tidbClientSecret } from '../expand/index.ts';
import { waveIn } from '../gitops/index.ts';
import { placementJob, type SqlServer } from '../placement/index.ts';
import type { ClusterObject, Snapshot } from '../plan/index.ts';
import type { Cluster } from '../system/index.ts';
import { show } from '../text/index.ts';
import type { MapValue } from '../yaml/index.ts';
import { Misuse } from './misuse.ts';

interface Asked {
  readonly cluster: Cluster;
  readonly server: SqlServer;
  readonly image: string;
  readonly secret: string;
  readonly sql: string;
  readonly wave: number | undefined;
}

/** The ConfigMap and the Job of some SQL. Throws where the image or the Secret cannot be called so. */
export function jobToPrint({ cluster, image, secret, wave, ...rest }: Asked): MapValue[] {
  if (imageReference(image) === undefined) {
    throw new Misuse(`--image must be the name of an image, but is ${show(image)}`);
  }
  if (!secret.split('.').every(isDnsLabel)) {
    throw new Misuse(`--secret must be the name of a Secret, but is ${show(secret)}`);
  }
  const { name, namespace } = cluster;
  return placementJob({
    ...rest,
    cluster: name,
    namespace,
    image,
    secret,
    ...(wave !== undefined && { wave }),
  });
}

/** The wave behind all that is rendered; undefined where nothing has one. */
export function waveBehind({ groups }: Snapshot): number | undefined {
  const waves = groups
    .flatMap(({ resources }) => resources)
    .map(waveIn)
    .filter((wave) => wave !== undefined);
  return waves.length === 0 ? undefined : waves.reduce((last, wave) => Math.max(last, wave)) + 1;
}

/** The first SQL servers that have a Service. */
export function sqlServer(
  { servers }: Cluster,
  { groups }: Snapshot,
  object: ClusterObject | undefined,
): SqlServer {
  for (const server of servers) {
    if (server.layer !== 'sql') continue;
    for (const { name, ports } of server.services) {
      const port = ports.find((one) => one.name === 'mysql-client')?.port;
      if (port === undefined) continue;
      const group = groups.find(({ owner }) => owner.kind === server.kind && owner.name === server.name);
      const spec = server.joins ? group?.source?.group.spec : object?.spec.tidb;
      const tls = spec !== undefined && 'tlsClient' in spec ? spec.tlsClient : undefined;
      const asksForOne = tls?.enabled === true && tls.disableClientAuthn !== true;
      return {
        host: name,
        port,
        clientSecret: asksForOne ? tidbClientSecret(server.name, undefined) : undefined,
      };
    }
  }
  throw new Misuse(
    'the Job needs SQL servers with a Service, but there are none: add `service` to `spec.tidb` of the TidbCluster or to a TiDBGroup',
  );
}
