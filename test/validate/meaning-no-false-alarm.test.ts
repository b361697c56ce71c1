import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { validate } from '../../src/cli/validate.ts';
import type { MapValue } from '../../src/yaml/index.ts';
import { mergedMap, problemsOfAll } from '../support/render-text.ts';
import { type Case, readFixture } from '../support/table.ts';

interface Facts {
  readonly cluster: MapValue;
  readonly group: MapValue;
  readonly cases: readonly Case[];
}

/** What is wrong with cases that are there to show what comes out, and not to run. Anything else is a false alarm. */
const WRONG: { readonly [table: string]: { readonly [name: string]: readonly string[] } } = {
  'conformance/tikv-group': {
    'termination-grace-zero': ['grace-period'],
    'privileged-and-security-context': ['no-effect'],
    'readiness-command': ['no-effect'],
    image: ['no-effect'],
    version: ['version-skew'],
    'labels-override': ['no-effect'],
    'env-override': ['no-effect', 'no-effect'],
    'separate-logs-v4': ['version-skew'],
    claims: ['resource-claim'],
    'max-failover': ['no-effect'],
    'scale-policy': ['no-effect'],
    'evict-leader': Array.from({ length: 5 }, () => 'no-effect'),
    'delete-slots': ['no-effect'],
    'store-labels': ['no-effect'],
    'config-map': ['store-label-unknown'],
    'config-toml': ['store-label-unknown'],
  },
  'conformance/tidb-group': {
    'requests-ephemeral': ['no-effect'],
    quantities: ['no-effect'],
    'termination-grace-zero': ['grace-period'],
    'slow-log-tailer-image': ['no-effect'],
    image: ['no-effect'],
    claims: ['resource-claim'],
    'max-failover': ['no-effect'],
    'scale-policy': ['no-effect'],
    initializer: ['no-effect'],
    'delete-slots': ['no-effect'],
    version: ['version-skew'],
    'labels-override': ['no-effect'],
    'env-override': ['no-effect', 'no-effect'],
    'tls-client': ['secret-not-found'],
    'tls-client-no-authn': ['secret-not-found'],
    'tls-client-skip-ca': ['no-effect', 'secret-not-found'],
  },
  'conformance/cluster-tikv': { tls: ['secret-not-found'], 'script-v2-tls': ['secret-not-found'] },
  'conformance/cluster-tidb': { tls: ['secret-not-found'], 'script-v2-tls': ['secret-not-found'] },
  'combinations/tikv': {
    'topology-spread-labels': ['no-effect'],
    'log-volumes-not-separate': ['no-effect', 'no-effect'],
    'probe-at-once': ['no-effect'],
    'sysctl-init-from-cluster': ['request-over-limit'],
    'tls-mounts': ['secret-not-found'],
    'tls-overrides-config': ['config-overwritten', 'secret-not-found'],
    'script-v2-everything': ['secret-not-found'],
    'tls-ipv6-domain': ['secret-not-found'],
    'pd-addresses-across': ['secret-not-found'],
    'host-network-env': ['no-effect', 'no-effect'],
    'logs-of-old-image': ['version-skew'],
    'merge-replaces': ['request-over-limit'],
    'quantities-everywhere': ['request-over-limit'],
    'slots-and-strategy': ['no-effect'],
  },
  'combinations/tidb': {
    'topology-spread-labels': ['no-effect'],
    'slow-log-off-with-volume': ['no-effect'],
    'init-order': ['no-effect'],
    'sysctl-init-from-cluster': ['request-over-limit'],
    'service-tls-ipv6': ['secret-not-found'],
    'service-not-balanced': ['no-effect'],
    'all-secrets': ['no-effect', 'secret-not-found'],
    'slots-and-strategy': ['no-effect'],
    'all-security-keys': ['config-overwritten', 'secret-not-found'],
    'readiness-command-tls': ['secret-not-found'],
    'readiness-command-client-tls': ['secret-not-found'],
    'slow-log-in-storage': ['secret-not-found'],
    'plugins-arguments-v2': ['no-effect'],
    'env-of-all-kinds': ['no-effect'],
    'version-over-version': ['no-effect', 'version-skew'],
    'quantities-everywhere': ['no-effect', 'request-over-limit'],
  },
};

describe.each(Object.entries(WRONG))('%s', (name, wrong) => {
  const { cluster, group, cases } = readFixture<Facts>(`${name}.yaml`);

  test.each(cases)('$name', async ({ name: title, spec = {}, clusterSpec = {}, annotations = {} }) => {
    const found = await problemsOfAll([
      mergedMap(cluster, { spec: clusterSpec }),
      mergedMap(group, { spec, metadata: { annotations } }),
    ]);
    expect(found.map(({ code }) => code)).toEqual(wrong[title] ?? []);
  });

  test('has the cases that are listed here', () => {
    expect(cases.map(({ name: title }) => title)).toEqual(expect.arrayContaining(Object.keys(wrong)));
  });
});

const DIRECTORIES = [
  'examples/kpt/package',
  'examples/kustomize/base',
  'examples/plain/manifests',
  'examples/repository/manifests',
  'fixtures/realistic',
];

test.each(DIRECTORIES)('%s', async (directory) => {
  const path = fileURLToPath(new URL(`../../${directory}`, import.meta.url));
  const { report } = await validate([path], { strict: false, rendered: false });
  expect(report.problems.map(({ message }) => message)).toEqual([]);
  expect(report.resources).toBeGreaterThan(1);
});
