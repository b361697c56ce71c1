import { expect, test } from 'vitest';
import { Item } from '../../src/list/index.ts';
import { Problems } from '../../src/problem/index.ts';
import { reportIssuers } from '../../src/render/issuers.ts';
import type { MapValue } from '../../src/yaml/index.ts';
import { growthOfReads, LookedAt } from '../support/looked-at.ts';
import { LINEAR } from '../support/steps/counted.ts';

const issuer = (index: number): MapValue => ({
  apiVersion: 'cert-manager.io/v1',
  kind: 'Issuer',
  metadata: { name: `ca-${index}`, namespace: 'db' },
});

const signed = (index: number) => ({
  item: Item.of({ kind: 'TiKVGroup', metadata: { name: `g${index}`, namespace: 'db' } }),
  resource: {
    metadata: { name: `g${index}-tikv-cluster-secret` },
    spec: { issuerRef: { name: `ca-${index}`, kind: 'ClusterIssuer' } },
  },
});

test('the issuers of as many Certificates are found in steps in proportion', async () => {
  const readsOf = (size: number) => {
    const indices = [...Array(size).keys()];
    const issuers = new LookedAt(indices.map((index) => Item.of(issuer(index))));
    const problems = new Problems();
    reportIssuers(indices.map(signed), issuers.items, problems);
    expect(problems.all.map(({ code }) => code)).toEqual(indices.map(() => 'issuer-not-found'));
    return issuers.reads;
  };
  expect(await growthOfReads(readsOf)).toBeLessThanOrEqual(LINEAR);
});
