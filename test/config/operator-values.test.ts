import { describe, expect, test } from 'vitest';
import { clusterWith, PLACES, renderCluster } from '../support/config-places.ts';
import { asOperated } from '../support/operator-judge.ts';
import { at } from '../support/read-yaml.ts';
import { OPERATOR_CRDS, OPERATOR_JUDGE } from '../support/tools.ts';

/** A component, its config as a map, and the lines that TiDB Operator writes in its place. */
const WRITTEN: readonly (readonly [component: string, map: string, lines: readonly string[]])[] = [
  ['tikv', '{coprocessor: {region-max-keys: 1.44e+06}}', ['[coprocessor]', '  region-max-keys = 1440000']],
  ['tikv', '{server: {grpc-concurrency: 6.0}}', ['[server]', '  grpc-concurrency = 6']],
  [
    'tikv',
    '{security: {encryption: {previous-master-key: {type: file, path: /k}}}}',
    [
      '[security]',
      '  [security.encryption]',
      '    [security.encryption.previous-master-key]',
      '      path = "/k"',
      '      type = "file"',
    ],
  ],
  ['tikv', '{newer: {a: 1}, log-level: info}', ['log-level = "info"']],
  [
    'tidb',
    '{performance: {txn-total-size-limit: 1e+09, agg-push-down-join: true}}',
    [
      '[log]',
      '  [log.file]',
      '    max-backups = 3',
      '',
      '[performance]',
      '  distinct-agg-push-down = true',
      '  txn-total-size-limit = 1000000000',
    ],
  ],
  [
    'ticdc',
    '{gcTTL: 6e+01, logLevel: info, logFile: /cdc.log, timezone: UTC}',
    ['gc-ttl = 60', 'log-file = "/cdc.log"', 'log-level = "info"', 'tz = "UTC"'],
  ],
  ['pd', '{tikv-interval: 3s}', ['tick-interval = "3s"']],
  ['pd', '{auto-compaction-retention-v2: 1h}', ['auto-compaction-retention = "1h"']],
  [
    'pd',
    '{schedule: {schedulers-v2: [{type: label, disable: true}]}}',
    ['[schedule]', '', '  [[schedule.schedulers]]', '    disable = true', '    type = "label"'],
  ],
  ['pump', '{gc: 7, a-new-key: 1.0}', ['a-new-key = 1', 'gc = 7']],
];

/** A map that TiDB Operator cannot decode, at which it would work for no TidbCluster any more. */
const REFUSED: readonly (readonly [component: string, map: string, message: RegExp])[] = [
  ['pd', '{replication: {enable-placement-rules: "true"}}', /enable-placement-rules` must be true or false/],
  ['tidb', '{lease: 45}', /lease` must be a string/],
  ['tikv', '{server: {labels: {rack: 1}}}', /labels\.rack` must be a string/],
  ['tikv', '{pessimistic-txn: {wait-for-lock-timeout: 1000}}', /wait-for-lock-timeout` must be a string/],
  ['pd', '{lease: 1.5}', /lease` must be an integer/],
];

const isThere = OPERATOR_JUDGE.path !== undefined && OPERATOR_CRDS.path !== undefined;

function placeOf(component: string) {
  const place = PLACES.find(({ path }) => path[0] === component);
  if (place === undefined) throw new Error(`no place of ${component}`);
  return place;
}

function manifestOf([component, map]: readonly [component: string, map: string, ...rest: unknown[]]): string {
  return clusterWith(placeOf(component), map);
}

describe('a config that is a map', () => {
  test.each(WRITTEN)('of %s, %s, is written as text', async (component, map, lines) => {
    const { object, errors } = await renderCluster(manifestOf([component, map]));
    expect(errors).toEqual([]);
    expect(at(object, 'spec', component, 'config')).toBe(`${lines.join('\n')}\n`);
  });

  test.each(REFUSED)('of %s, %s, is refused', async (component, map, message) => {
    const { errors } = await renderCluster(manifestOf([component, map]));
    expect(errors).toEqual([expect.stringMatching(message)]);
  });

  test.skipIf(!isThere)('is written, or refused, by TiDB Operator in the same way', () => {
    const written = asOperated(WRITTEN.map(manifestOf));
    expect(
      written.map((verdict, index) => at(verdict.written, 'spec', WRITTEN[index]?.[0] ?? '', 'config')),
    ).toEqual(WRITTEN.map(([, , lines]) => `${lines.join('\n')}\n`));
    const refused = asOperated(REFUSED.map(manifestOf));
    expect(refused.map(({ refusedBy }) => refusedBy)).toEqual(REFUSED.map(() => 'operator'));
  });
});
