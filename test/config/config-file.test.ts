import { describe, expect, test } from 'vitest';
import { type TidbConfigOptions, tidbConfig } from '../../src/components/tidb/config.ts';
import { tikvConfig } from '../../src/components/tikv/config.ts';
import { clusterConfig } from '../../src/config/index.ts';
import type { Value } from '../../src/yaml/index.ts';
import { configPart } from '../support/config-part.ts';
import { collect } from '../support/config-problem.ts';

describe("a TiKV group's config file", () => {
  const TLS =
    '[security]\n  ca-path = "/var/lib/tikv-tls/ca.crt"\n  cert-path = "/var/lib/tikv-tls/tls.crt"\n  key-path = "/var/lib/tikv-tls/tls.key"\n';

  function tikv(config: Value | undefined, clusterTls = false) {
    return collect((report) => tikvConfig(config, { clusterTls }, report));
  }

  const lock = (timeout: string, delay: string) =>
    `[pessimistic-txn]\n  wait-for-lock-timeout = ${timeout}\n  wake-up-delay-duration = ${delay}\n`;

  test.each<[string, Value, string]>([
    [
      'digits become integers',
      { 'pessimistic-txn': { 'wait-for-lock-timeout': '1000', 'wake-up-delay-duration': '20' } },
      lock('1000', '20'),
    ],
    [
      'also in TOML text',
      '[pessimistic-txn]\nwait-for-lock-timeout = "1000"\nwake-up-delay-duration = "020"\n',
      lock('1000', '20'),
    ],
    [
      'signs count',
      { 'pessimistic-txn': { 'wait-for-lock-timeout': '+1', 'wake-up-delay-duration': '-1' } },
      lock('1', '-1'),
    ],
    [
      'units stay text',
      { 'pessimistic-txn': { 'wait-for-lock-timeout': '1s', 'wake-up-delay-duration': '20ms' } },
      lock('"1s"', '"20ms"'),
    ],
    [
      'what is no integer stays text',
      { 'pessimistic-txn': { 'wait-for-lock-timeout': '', 'wake-up-delay-duration': '9223372036854775808' } },
      lock('""', '"9223372036854775808"'),
    ],
    [
      'other keys stay text',
      { 'pessimistic-txn': { 'wait-for-lock-timeouts': '1000' }, 'wait-for-lock-timeout': '1' },
      'wait-for-lock-timeout = "1"\n\n[pessimistic-txn]\n  wait-for-lock-timeouts = "1000"\n',
    ],
  ])('lock waits: %s', (_, config, text) => expect(tikv(config)).toEqual({ result: text, problems: [] }));

  test('is empty without a config', () => expect(tikv(undefined)).toEqual({ result: '', problems: [] }));

  test('names the mounted certificates', () => {
    expect(tikv({}, true)).toEqual({ result: TLS, problems: [] });
    expect(tikv({ security: { 'ca-path': '/var/lib/tikv-tls/ca.crt' } }, true)).toEqual({
      result: TLS,
      problems: [],
    });
    expect(tikv('[security]\nredact-info-log = true\n', true).result).toBe(
      `${TLS}  redact-info-log = true\n`,
    );
  });

  test('overwrites certificates of the user, as the operator does, and says so', () => {
    const { result, problems } = tikv({ security: { 'ca-path': '/own/ca.crt' } }, true);
    expect(result).toBe(TLS);
    expect(problems).toEqual([
      {
        code: 'config-overwritten',
        path: ['security', 'ca-path'],
        message:
          '`security.ca-path` is always "/var/lib/tikv-tls/ca.crt" here, because the file is mounted there; remove the key',
      },
    ]);
  });

  test('leaves certificates of the user alone without TLS in the cluster', () => {
    expect(tikv({ security: { 'ca-path': '/own/ca.crt' } }).result).toBe(
      '[security]\n  ca-path = "/own/ca.crt"\n',
    );
  });

  test('says once that a value stands where a table must be', () => {
    expect(tikv('security = "none"', true).problems).toEqual([
      {
        code: 'config-value',
        path: ['security'],
        message:
          '`security` must be a table, because `security.ca-path` is set in it; write its keys below it',
      },
    ]);
  });
});

describe("a TiDB group's config file", () => {
  const NOTHING: TidbConfigOptions = {
    clusterTls: false,
    clientTls: 'off',
    bootstrapSql: false,
    tokenAuth: false,
  };
  const LOG = '[log]\n  [log.file]\n    max-backups = 3\n';

  function tidb(config: Value | undefined, options: Partial<TidbConfigOptions> = {}) {
    return collect((report) => tidbConfig(config, { ...NOTHING, ...options }, report));
  }

  test.each<[string, Partial<TidbConfigOptions>, string]>([
    ['nothing', {}, LOG],
    [
      'TLS in the cluster',
      { clusterTls: true },
      `${LOG}\n[security]\n  cluster-ssl-ca = "/var/lib/tidb-tls/ca.crt"\n  cluster-ssl-cert = "/var/lib/tidb-tls/tls.crt"\n  cluster-ssl-key = "/var/lib/tidb-tls/tls.key"\n`,
    ],
    [
      'TLS for clients',
      { clientTls: 'verified' },
      `${LOG}\n[security]\n  ssl-ca = "/var/lib/tidb-server-tls/ca.crt"\n  ssl-cert = "/var/lib/tidb-server-tls/tls.crt"\n  ssl-key = "/var/lib/tidb-server-tls/tls.key"\n`,
    ],
    [
      'TLS for clients without certificates',
      { clientTls: 'unverified' },
      `${LOG}\n[security]\n  ssl-cert = "/var/lib/tidb-server-tls/tls.crt"\n  ssl-key = "/var/lib/tidb-server-tls/tls.key"\n`,
    ],
    [
      'SQL to bootstrap with',
      { bootstrapSql: true },
      `initialize-sql-file = "/etc/tidb-bootstrap/bootstrap.sql"\n\n${LOG}`,
    ],
    [
      'tokens',
      { tokenAuth: true },
      `${LOG}\n[security]\n  auth-token-jwks = "/var/lib/tidb-auth-token/tidb_auth_token_jwks.json"\n`,
    ],
  ])('for %s', (_, options, text) => {
    expect(tidb(undefined, options)).toEqual({ result: text, problems: [] });
  });

  test('limits log files where the user does not', () => {
    expect(tidb({ log: { level: 'info' } }).result).toBe(
      '[log]\n  level = "info"\n  [log.file]\n    max-backups = 3\n',
    );
    expect(tidb({ log: { file: { 'max-backups': 9 } } }).result).toBe(
      '[log]\n  [log.file]\n    max-backups = 9\n',
    );
    expect(tidb({ log: { file: { 'max-backups': 0 } } }).result).toBe(
      '[log]\n  [log.file]\n    max-backups = 0\n',
    );
    expect(tidb({ log: { file: { 'max-backups': null } } }).result).toBe(LOG);
  });

  test('overwrites mounted files of the user, as the operator does, and says so', () => {
    const config = {
      'initialize-sql-file': '/own.sql',
      security: { 'ssl-ca': '/own/ca.crt', 'ssl-cert': '/own/tls.crt', 'auth-token-jwks': '/own.json' },
    };
    const { result, problems } = tidb(config, {
      clientTls: 'unverified',
      bootstrapSql: true,
      tokenAuth: true,
    });
    expect(problems.map(({ code, path }) => [code, path.join('.')])).toEqual([
      ['config-overwritten', 'security.ssl-cert'],
      ['config-overwritten', 'initialize-sql-file'],
      ['config-overwritten', 'security.auth-token-jwks'],
    ]);
    expect(result).toContain('initialize-sql-file = "/etc/tidb-bootstrap/bootstrap.sql"\n');
    expect(result).toContain('  ssl-ca = "/own/ca.crt"\n  ssl-cert = "/var/lib/tidb-server-tls/tls.crt"\n');
  });

  test('reports a log that is no table', () => {
    expect(tidb('log = "info"').problems).toEqual([
      {
        code: 'config-value',
        path: ['log'],
        message:
          '`log` must be a table, because `log.file.max-backups` is set in it; write its keys below it',
      },
    ]);
  });
});

describe('a config in a TidbCluster', () => {
  test.each([
    ['tidb', { log: { level: 'info' } }, '[log]\n  level = "info"\n  [log.file]\n    max-backups = 3\n'],
    [
      'tikv',
      { 'pessimistic-txn': { 'wait-for-lock-timeout': '1000' } },
      '[pessimistic-txn]\n  wait-for-lock-timeout = "1000"\n',
    ],
    ['pd', {}, ''],
    ['tiproxy', '[proxy]\naddr = "0.0.0.0:6000"\n', '[proxy]\n  addr = "0.0.0.0:6000"\n'],
  ] as const)('comes out as the operator writes it back: %s', (name, config, text) => {
    expect(collect((report) => clusterConfig(configPart(name), config, report))).toEqual({
      result: text,
      problems: [],
    });
  });
});
