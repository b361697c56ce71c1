import type { TiProxyGroupSpec } from '../../api/index.ts';
import { BY, type GroupInV2, type InV2, type Own, type Rules } from '../v2.ts';

const BACKEND = { by: '`security.tls.backend`' };

const RULES: Rules<Own<TiProxyGroupSpec>> = {
  baseImage: BY.baseImage,
  certLayout: { lost: 'its Secrets have the names of v2' },
  config: BY.config,
  sslEnableTiDB: BACKEND,
  storageClassName: BY.volumeClass,
  storageVolumes: BY.storageVolumes,
  tlsClientSecretName: BACKEND,
  volumeAttributesClassName: BY.volumeClass,
  zones: BY.zones,
};

const TLS = ['server-tls', 'server-http-tls', 'cluster-tls', 'sql-tls'];

export const inV2: InV2 = {
  rules: RULES,
  configs: [
    {
      to: 'config',
      refused: [
        'proxy.addr',
        'proxy.advertise-addr',
        'proxy.pd-addrs',
        'api.addr',
        ...TLS.flatMap((table) => ['ca', 'cert', 'key'].map((file) => `security.${table}.${file}`)),
      ],
    },
  ],
  hasLabels: true,
  probe: 'typed',
  convert: convertTls,
};

/** As v1 does where a TiDB with TLS for clients stands in the same TidbCluster, which has the Secrets. */
function convertTls(group: GroupInV2): void {
  const tls = ['security', 'tls'];
  const beside = (field: string) => group.isSection && group.ofCluster('tidb', 'tlsClient', field) === true;
  const named = group.take('tlsClientSecretName');
  const asks = group.take('sslEnableTiDB');
  const isForClients = beside('enabled');
  if (isForClients) {
    const secret = { name: `${group.name}-tidb-server-secret` };
    group.set([...tls, 'mysql'], { enabled: true, certKeyPair: secret, ca: secret });
  }
  if (!isForClients && named === undefined && asks === undefined) return;
  group.set([...tls, 'backend', 'enabled'], asks ?? isForClients);
  const secret = named ?? (isForClients ? `${group.name}-tidb-client-secret` : undefined);
  group.set([...tls, 'backend', 'certKeyPair', 'name'], secret);
  group.set([...tls, 'backend', 'ca', 'name'], secret);
  if (beside('disableClientAuthn')) group.set([...tls, 'backend', 'mutual'], false);
  if (beside('skipInternalClientCA')) group.set([...tls, 'backend', 'insecureSkipTLSVerify'], true);
}
