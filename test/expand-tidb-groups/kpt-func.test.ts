import { Configs, type KubernetesObject, TestRunner } from 'kpt-functions';
import { beforeAll, describe, expect, test } from 'vitest';
import { ExpandError, expandTidbGroups } from '../../functions/expand-tidb-groups/index.ts';
import { KEPT } from '../support/engines.ts';
import { offerExpectAsync } from '../support/jasmine.ts';

beforeAll(offerExpectAsync);

const RUNNER = new TestRunner(expandTidbGroups);

const cluster = (annotations?: Record<string, string>) => ({
  apiVersion: 'pingcap.com/v1alpha1',
  kind: 'TidbCluster',
  metadata: { name: 'basic', namespace: 'tidb', ...(annotations && { annotations }) },
  spec: { version: 'v8.5.7', pd: { replicas: 3, requests: { storage: '10Gi' } } },
});

const group = (name: string, of: string) => ({
  apiVersion: 'pingcap.com/v1alpha1',
  kind: 'TiDBGroup',
  metadata: { name, namespace: 'tidb' },
  spec: { cluster: { name: of }, replicas: 2, config: {} },
});

const other: KubernetesObject = { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'sa' } };

describe('the KptFunc', () => {
  test(
    'leaves a list without groups as it is',
    RUNNER.assertCallback(new Configs([cluster(), other]), 'unchanged'),
  );

  test('adds the workloads of a group and says in the cluster that it has one', async () => {
    const configs = new Configs([cluster(), group('ap', 'basic'), other]);
    await expandTidbGroups(configs);
    const made = configs.getAll().map(({ kind, metadata }) => `${kind} ${metadata.name}`);
    expect(made.sort()).toEqual([
      'ConfigMap ap-tidb',
      'PodDisruptionBudget ap-tidb',
      'Service ap-tidb-peer',
      'ServiceAccount sa',
      'StatefulSet ap-tidb',
      'TiDBGroup ap',
      'TidbCluster basic',
    ]);
    expect(configs.getAll().find(({ kind }) => kind === 'TidbCluster')).toEqual(
      cluster({
        'groups.pingcap.com/tidb': 'ap',
        'groups.pingcap.com/rendered': expect.stringMatching(/^4-[0-9a-f]{7}$/),
        ...KEPT,
      }),
    );
  });

  test('makes a TidbCluster of a group where its settings say so, and changes nothing the second time', async () => {
    const config = {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'c' },
      data: { output: 'TidbCluster' },
    };
    const configs = new Configs([cluster(), group('ap', 'basic')], config);
    await expandTidbGroups(configs);
    const made = configs.getAll().filter(({ kind }) => kind === 'TidbCluster');
    expect(made.map(({ metadata }) => metadata.name).sort()).toEqual(['ap', 'basic']);
    await RUNNER.assert(configs, 'unchanged');
  });

  test('changes nothing the second time', async () => {
    const configs = new Configs([cluster(), group('ap', 'basic')]);
    await expandTidbGroups(configs);
    await RUNNER.assert(configs, 'unchanged');
  });

  test('takes away what a group generated in a package when the group is gone', async () => {
    const { metadata, ...rest } = group('ap', 'basic');
    const annotations = { 'config.kubernetes.io/path': 'ap.yaml' };
    const configs = new Configs([cluster(), { ...rest, metadata: { ...metadata, annotations } }]);
    await expandTidbGroups(configs);
    configs.delete(...configs.getAll().filter(({ kind }) => kind === 'TiDBGroup'));
    await RUNNER.assert(configs, new Configs([cluster(KEPT)]));
  });

  test(
    'throws and leaves the configs alone where the cluster is not there',
    RUNNER.assertCallback(
      new Configs([group('ap', 'elsewhere')]),
      undefined,
      ExpandError,
      /"elsewhere" .* does not exist/,
    ),
  );

  test('reports with a resource and a field', async () => {
    const configs = new Configs([group('ap', 'elsewhere')]);
    await expect(expandTidbGroups(configs)).rejects.toThrow(ExpandError);
    expect(configs.getResults()).toMatchObject([
      {
        severity: 'error',
        resourceRef: { kind: 'TiDBGroup', name: 'ap' },
        field: { path: 'spec.cluster.name' },
      },
    ]);
  });

  test('takes its settings from a ConfigMap too', async () => {
    const config = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'c' }, data: { strict: 'yes' } };
    const configs = new Configs([], config);
    await expect(expandTidbGroups(configs)).rejects.toThrow(
      '`data.strict` must be true or false, but "yes" is a string',
    );
  });
});
