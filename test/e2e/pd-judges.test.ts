import { createServer } from 'node:net';
import { expect, test } from 'vitest';
import { readFacts } from '../support/config-facts.ts';
import { PdMember, unknownToPd } from '../support/pd/pd-server-process.ts';
import { TRIES_ALL } from '../support/runs.ts';
import { describeWith, PD_SERVER } from '../support/tools.ts';

const KEYS = (readFacts('server-config-keys.txt').get('pd') ?? [])
  .map(({ path }) => path)
  .filter((path) => !path.endsWith('*'));

/** Keys that no PD of today knows: it says so, and TiDB Operator has them. */
const OLDER =
  /^(?:namespace-classifier|dashboard\.disable-telemetry|log\.file\.log-rotate|schedule\.disable-namespace)/;

/** TOML with each key once; PD's reader takes no dots in keys. */
function toml(keys: readonly string[], value: string): string {
  const tables = new Map<string, string>([['', '']]);
  for (const key of keys) {
    const dot = key.lastIndexOf('.');
    const table = key.slice(0, Math.max(dot, 0));
    tables.set(table, `${tables.get(table) ?? `[${table}]\n`}${key.slice(dot + 1)} = ${value}\n`);
  }
  return [...tables.values()].join('');
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  await new Promise((done) => server.close(done));
  return typeof address === 'object' && address !== null ? address.port : 0;
}

async function until(isDone: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 300; tries++) {
    if (await isDone().catch(() => false)) return;
    await new Promise((done) => setTimeout(done, 100));
  }
  throw new Error('it must be done by now');
}

describeWith([PD_SERVER], 'of PD', () => {
  test('keys that we do not list are unknown to it, too', () => {
    const wrong = KEYS.map((key) => `${key}x`);
    expect(unknownToPd(toml(wrong, '1'))).toEqual(expect.arrayContaining(wrong));
  });

  // A value of the wrong type ends the reading, and then no key is said to be unknown.
  test.runIf(TRIES_ALL)('keys that we list are known to it', () => {
    const unknown = KEYS.filter((key) => unknownToPd(toml([key], '1')).length > 0);
    expect(unknown.filter((key) => !OLDER.test(key))).toEqual([]);
  });

  test('a second member of one name is refused', async () => {
    const ports = [await freePort(), await freePort(), await freePort(), await freePort()] as const;
    const url = `http://127.0.0.1:${ports[0]}`;
    const first = new PdMember('west-pd-0', [ports[0], ports[1]]);
    try {
      await until(async () => (await fetch(`${url}/pd/api/v1/members`)).status === 200);
      const second = new PdMember('west-pd-0', [ports[2], ports[3]], url);
      try {
        const { status, output } = await second.ended();
        expect(status).not.toBe(0);
        expect(output).toMatch(/join a duplicated pd/);
      } finally {
        second.stop();
      }
    } finally {
      first.stop();
    }
  });
});
