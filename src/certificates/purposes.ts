/** What a certificate is for. */
export type Purpose = 'servers' | 'client' | 'SQL servers' | 'SQL client';

/** What differs between the certificates of servers and clients. */
interface Use {
  /** PD, TiKV and TiDB may be told to trust this name only (`cert-allowed-cn`), so it is the one of TiDB Operator's pages. */
  readonly commonName: string;
  readonly usages: readonly string[];
}

export const USES: { readonly [purpose in Purpose]: Use } = {
  servers: { commonName: 'TiDB', usages: ['server auth', 'client auth'] },
  client: { commonName: 'TiDB', usages: ['client auth'] },
  'SQL servers': { commonName: 'TiDB Server', usages: ['server auth'] },
  'SQL client': { commonName: 'TiDB Client', usages: ['client auth'] },
};
