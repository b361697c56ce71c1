import { expect, test } from 'vitest';
import type { TidbCluster } from '../../src/api/index.ts';
import { byKind } from '../../src/components/index.ts';
import { workloadsOf } from '../../src/heterogeneous/index.ts';
import { Problems } from '../../src/problem/index.ts';
import type { MapValue } from '../../src/yaml/index.ts';
import { asRendered, asShownByOperator } from '../support/operator-judge.ts';
import { asShown, originOf } from '../support/table.ts';
import { OPERATOR_JUDGE } from '../support/tools.ts';

/** One of each list at a time, with each of the others. */
function* combined(lists: readonly (readonly MapValue[])[]): Generator<MapValue> {
  const [first, ...rest] = lists;
  if (first === undefined) yield {};
  else for (const one of first) for (const more of combined(rest)) yield { ...one, ...more };
}

const TLS_CLIENTS: readonly MapValue[] = [
  {},
  { tlsClient: { enabled: false } },
  { tlsClient: { enabled: true } },
  { tlsClient: { enabled: true, disableClientAuthn: true } },
  { tlsClient: { enabled: true, skipInternalClientCA: true } },
];

const OWN: { readonly [kind in 'PDGroup' | 'TiProxyGroup']: readonly (readonly MapValue[])[] } = {
  PDGroup: [
    [{ config: '' }, { config: '[dashboard]\ntidb-key-path = "x"' }],
    [{}, { tlsClientSecretName: 'mine' }],
    [{}, { version: 'v3.0.20' }, { version: 'nightly' }],
  ],
  TiProxyGroup: [
    [
      {},
      { config: '[security.sql-tls]\nskip-ca = false' },
      { config: '[security.server-tls]\nskip-ca = false\nca = "x"' },
    ],
    [{}, { tlsClientSecretName: 'mine' }],
    [{}, { sslEnableTiDB: true }],
    [{}, { certLayout: 'v1' }],
  ],
};

const WITH_TLS = { tlsCluster: { enabled: true } };
const SKIPPED = { 'tidb.tidb.pingcap.com/skip-tls-when-connect-tidb': '' };
/** What the cluster has beside, and its annotations. */
const CLUSTERS: readonly (readonly [shared: MapValue, annotations: MapValue])[] = [
  [{}, {}],
  [WITH_TLS, {}],
  [WITH_TLS, SKIPPED],
];

/** A heterogeneous TidbCluster with TiDB beside one other component. */
function cluster(name: string, own: MapValue, tidb: MapValue, shared: MapValue, annotations: MapValue) {
  return {
    apiVersion: 'pingcap.com/v1alpha1',
    kind: 'TidbCluster',
    metadata: { name: 'hot', namespace: 'db', annotations },
    spec: {
      version: 'v8.5.7',
      cluster: { name: 'basic' },
      ...shared,
      tidb: { replicas: 1, config: '', ...tidb },
      [name]: { replicas: 1, requests: { storage: '1Gi' }, ...own },
    },
  } as unknown as TidbCluster;
}

test.skipIf(OPERATOR_JUDGE.path === undefined).each(['PDGroup', 'TiProxyGroup'] as const)(
  'what could be a %s has the certificates that TiDB Operator gives it for the TiDB beside it',
  (kind) => {
    const { name } = byKind[kind];
    const objects = [...combined(OWN[kind])].flatMap((own) =>
      TLS_CLIENTS.flatMap((tidb) =>
        CLUSTERS.map(([shared, annotations]) => cluster(name, own, tidb, shared, annotations)),
      ),
    );
    const verdicts = asRendered(objects.map((object) => JSON.stringify(object)));
    for (const [index, object] of objects.entries()) {
      const { refused, resources = [] } = verdicts[index] ?? {};
      const theirs = Object.entries(asShownByOperator(resources)).filter(([title]) =>
        new RegExp(`^\\w+ hot-${name}(?:$|-)`).test(title),
      );
      const written = { object, origin: originOf(object) };
      const ours = asShown(workloadsOf(written, byKind[kind], new Problems()));
      expect({ object, refused, shown: ours }).toEqual({ object, shown: Object.fromEntries(theirs) });
    }
  },
);
