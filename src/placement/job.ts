import {
  certificateFiles,
  digest,
  jobLabels,
  jobSecurityContext,
  readOnlyMount,
  secretVolume,
} from '../expand/index.ts';
import { SYNC_WAVE } from '../gitops/index.ts';
import type { MapValue } from '../yaml/index.ts';
import { APPLY_SH } from './scripts.generated.ts';

/** Where a client reaches SQL servers. */
export interface SqlServer {
  readonly host: string;
  readonly port: number;
  /** The Secret with a client's certificate, where the servers ask for one. */
  readonly clientSecret: string | undefined;
}

/** What applies SQL: an image with a client, and the Secret with the password of `root`, under that key. */
export interface PlacementJob {
  readonly cluster: string;
  readonly namespace: string;
  readonly server: SqlServer;
  readonly image: string;
  readonly secret: string;
  readonly sql: string;
  /** Its sync wave; none where nothing has one. */
  readonly wave?: number;
}

const FILES = '/etc/placement';
const CERTIFICATES = '/var/lib/tidb-client-tls';

/** Each waits ten minutes for a server. After so many, something is wrong that waiting does not mend. */
const ATTEMPTS = 6;

/**
 * A ConfigMap with the SQL, and a Job that runs it. The Job's name changes with all that it is made of, because a Job
 * cannot be changed, and one of the same name would not run again.
 */
export function placementJob(settings: PlacementJob): [configMap: MapValue, job: MapValue] {
  const { cluster, namespace, sql, wave } = settings;
  const files = `${cluster}-placement`;
  const spec = jobSpec(settings, files);
  const labels = jobLabels('placement', cluster);
  const metadata = (name: string): MapValue => ({
    name,
    ...(namespace !== '' && { namespace }),
    labels: { ...labels },
    ...(wave !== undefined && { annotations: { [SYNC_WAVE]: String(wave) } }),
  });
  return [
    { apiVersion: 'v1', kind: 'ConfigMap', metadata: metadata(files), data: { 'placement.sql': sql } },
    {
      apiVersion: 'batch/v1',
      kind: 'Job',
      metadata: metadata(`${files.slice(0, 54)}-${digest(JSON.stringify([sql, spec]))}`),
      spec,
    },
  ];
}

function jobSpec({ cluster, server, image, secret }: PlacementJob, files: string): MapValue {
  const { host, port, clientSecret } = server;
  const certificates = Object.entries(certificateFiles(CERTIFICATES)).map(
    ([name, file]) => `--ssl-${name}=${file}`,
  );
  const hasTls = clientSecret !== undefined;
  return {
    backoffLimit: ATTEMPTS,
    template: {
      metadata: { labels: jobLabels('placement', cluster) },
      spec: {
        automountServiceAccountToken: false,
        containers: [
          {
            name: 'placement',
            image,
            command: ['sh', '-c', APPLY_SH, 'sh', ...(hasTls ? certificates : [])],
            env: [
              { name: 'TIDB_HOST', value: host },
              { name: 'TIDB_PORT', value: String(port) },
              { name: 'MYSQL_PWD', valueFrom: { secretKeyRef: { name: secret, key: 'root' } } },
            ],
            securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
            volumeMounts: [
              readOnlyMount('placement', FILES),
              ...(hasTls ? [readOnlyMount('client-tls', CERTIFICATES)] : []),
            ],
          },
        ],
        enableServiceLinks: false,
        restartPolicy: 'Never',
        securityContext: jobSecurityContext(),
        volumes: [
          { name: 'placement', configMap: { name: files } },
          ...(hasTls ? [secretVolume('client-tls', clientSecret)] : []),
        ],
      },
    },
  };
}
