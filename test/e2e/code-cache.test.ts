import { execFileSync, spawnSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Script } from 'node:vm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { seeded } from '../../scripts/bench/inputs/random.ts';
import { CLUSTER, resourceList, stream, TIKV_GROUP } from '../support/basic.ts';
import { partOf, runs, TRIES_ALL } from '../support/runs.ts';
import { EXECUTABLE } from '../support/sandbox.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const CACHE = readFileSync(`${EXECUTABLE}.cache`);
const INPUT = resourceList(CLUSTER, TIKV_GROUP);

/** What the executable records for each part in the cache: the start of its text, the start and end of its code, the checksums of both. */
const PARTS = partsIn(
  /";(core:\d+,[^"]*);"/g.exec(readFileSync(EXECUTABLE, 'latin1').replace(/^.*?;core:0,0;/s, ''))?.[1] ?? '',
);

type Part = readonly [from: number, code: number, to: number, ofText: string, ofCode: string];

/** Of `name:from,code,to,checksum,checksum;…`. */
function partsIn(table: string): ReadonlyMap<string, Part> {
  return new Map(
    table.split(';').map((entry) => {
      const [name = '', place = ''] = entry.split(':');
      const [from, code, to, ofText = '', ofCode = ''] = place.split(',');
      return [name, [Number(from), Number(code), Number(to), ofText, ofCode]];
    }),
  );
}

const TEMPORARY = mkdtempSync(join(tmpdir(), 'tidb-groups-cache-'));
afterAll(() => rmSync(TEMPORARY, { recursive: true, force: true }));

/** The checksum of `scripts/build/checksum`, computed with bigints. */
function checksumOf(bytes: Buffer): string {
  const padded = Buffer.concat([bytes], Math.ceil(bytes.length / 32) * 32);
  const spread = (value: bigint) => BigInt.asUintN(64, value * 0x9e3779b97f4a7c55n);
  const rotated = (value: bigint, bits: bigint) =>
    BigInt.asUintN(64, (value << bits) | (value >> (64n - bits)));
  const [first, ...others] = [BigInt(bytes.length), 1n, 2n, 3n].map((start, lane) => {
    let sum = start;
    for (let at = lane * 8; at < padded.length; at += 32) sum = spread(sum ^ padded.readBigUInt64LE(at));
    return sum;
  });
  const folded = others.reduce(
    (sum, lane, index) => spread(sum ^ rotated(lane, [17n, 31n, 47n][index] ?? 0n)),
    first ?? 0n,
  );
  const sum = folded ^ (folded >> 29n);
  return `${BigInt.asIntN(64, sum)}`;
}

/** The executable, or a slightly changed one, beside a copy of the cache that `spoil` has changed. */
function runWith(spoil: (cache: string) => void, executable = readFileSync(EXECUTABLE)) {
  const file = join(mkdtempSync(join(TEMPORARY, 'run-')), 'tidb-groups');
  writeFileSync(file, executable, { mode: 0o755 });
  writeFileSync(`${file}.cache`, CACHE);
  spoil(`${file}.cache`);
  const { status, signal, stdout, stderr } = spawnSync(file, [], {
    input: INPUT,
    encoding: 'utf8',
    timeout: 60_000,
  });
  return { status, signal, stdout, stderr };
}

/** Writes, for each part that a run compiles with code of the cache, its name and whether V8 rejects the code. */
const TELLING = `
  const vm = require('vm');
  const { Script } = vm;
  vm.Script = function (source, options) {
    const script = new Script(source, options);
    const name = options.filename.split('/tidb-groups/').pop();
    if (options.cachedData) require('fs').writeSync(2, name + ' ' + script.cachedDataRejected + '\\n');
    return script;
  };
`;

const RIGHT = runWith(() => undefined);

test('the cache from the build is used: V8 accepts the code of each part', () => {
  expect(RIGHT).toMatchObject({ status: 0, stderr: '' });
  expect([...PARTS.keys()]).toContain('core');
  for (const [from, code, to, ofText, ofCode] of PARTS.values()) {
    expect(checksumOf(CACHE.subarray(from, code))).toBe(ofText);
    expect(checksumOf(CACHE.subarray(code, to))).toBe(ofCode);
  }
  // As the build runs it. V8 takes code only under the flags that it was made with.
  const telling = join(TEMPORARY, 'telling.cjs');
  writeFileSync(telling, TELLING);
  const sample = join(ROOT, 'fixtures/warm-up.yaml');
  const told = [[], ['render', sample]].flatMap((args) =>
    spawnSync(process.execPath, ['-r', telling, EXECUTABLE, ...args], {
      input: readFileSync(sample),
      encoding: 'utf8',
    })
      .stderr.trim()
      .split('\n'),
  );
  expect(told.filter((line) => !line.endsWith(' false'))).toEqual([]);
  expect(new Set(told.map((line) => line.split(' ')[0]))).toEqual(new Set(PARTS.keys()));
});

describe('whatever is wrong with the cache, the output is the same:', () => {
  const random = seeded(12);
  const [, code = 0, to = 0] = PARTS.get('core') ?? [];

  test.each(Array.from({ length: runs(80) }, () => [random.below(to), random.below(8)] as const))(
    'a bit is flipped (byte %i, bit %i)',
    (byte, bit) => {
      const spoiled = Buffer.from(CACHE);
      spoiled[byte] = (spoiled[byte] ?? 0) ^ (1 << bit);
      expect(runWith((cache) => writeFileSync(cache, spoiled))).toEqual(RIGHT);
    },
  );

  test.each([0, 1, 4096, code, to - 1])('it is cut off behind byte %i', (length) => {
    expect(runWith((cache) => truncateSync(cache, length))).toEqual(RIGHT);
  });

  test('it has another program in it', () => {
    const other = '(function(){process.stdout.write("other");process.exit(0)})';
    const spoiled = Buffer.concat([Buffer.from(other.padEnd(code)), CACHE.subarray(code)]);
    expect(runWith((cache) => writeFileSync(cache, spoiled))).toEqual(RIGHT);
    const compiled = new Script(other.padEnd(code)).createCachedData();
    expect(
      runWith((cache) => writeFileSync(cache, Buffer.concat([spoiled.subarray(0, code), compiled]))),
    ).toEqual(RIGHT);
  });

  test.each<[what: string, spoil: (cache: string) => void]>([
    ['is not there', () => undefined],
    ['is a directory', (cache) => mkdirSync(cache)],
    ['is a pipe that nobody writes to', (cache) => execFileSync('mkfifo', [cache])],
    ['is a link to itself', (cache) => symlinkSync(cache, cache)],
    ['is a link to what never ends', (cache) => symlinkSync('/dev/zero', cache)],
    ['may not be read', (cache) => writeFileSync(cache, CACHE, { mode: 0 })],
  ])('it %s', (_, spoil) => {
    const remade = (cache: string) => {
      rmSync(cache);
      spoil(cache);
    };
    expect(runWith(remade)).toEqual(RIGHT);
  });
});

const HETEROGENEOUS =
  'apiVersion: pingcap.com/v1alpha1\nkind: TidbCluster\nmetadata: {name: hot, namespace: db}\nspec:\n  cluster: {name: basic}\n  version: v8.5.7\n  timezone: UTC\n  tikv: {baseImage: pingcap/tikv, replicas: 3, requests: {storage: 1Gi}}\n';

describe('one file is all that has to be installed: without a cache it does the same', () => {
  const alone = join(TEMPORARY, 'alone', 'tidb-groups');
  beforeAll(() => {
    mkdirSync(dirname(alone));
    writeFileSync(alone, readFileSync(EXECUTABLE), { mode: 0o755 });
    writeFileSync(join(TEMPORARY, 'in.yaml'), stream(CLUSTER, TIKV_GROUP));
    writeFileSync(join(TEMPORARY, 'adopted.yaml'), stream(CLUSTER, HETEROGENEOUS));
  });

  test.each(
    partOf([
      'render in.yaml',
      'render -o out in.yaml',
      'validate --output sarif in.yaml',
      'diff --output markdown in.yaml in.yaml',
      'adopt adopted.yaml',
      'convert --to v2 in.yaml',
      'graph --output svg in.yaml',
      'list --output json in.yaml',
      'explain version-skew',
      'schema TiKVGroup',
      'sql in.yaml',
      'crds',
      'render --help',
      'render nowhere',
    ]),
  )('%s', (command) => {
    const [own, cached] = [alone, EXECUTABLE].map((file) => {
      const { status, stdout, stderr } = spawnSync(file, command.split(' '), {
        cwd: TEMPORARY,
        encoding: 'utf8',
        maxBuffer: 8 * 1024 * 1024,
      });
      return { status, stdout, stderr };
    });
    expect(own).toEqual(cached);
    expect(own?.status).toBe(command === 'render nowhere' ? 2 : 0);
  });
});

describe('a cache that the executable knows, but that others could have written,', () => {
  const [, code = 0] = PARTS.get('core') ?? [];
  const source = '(function(){process.stdout.write("other");process.exit(0)})'.padEnd(code);
  const compiled = new Script(source).createCachedData();
  const other = Buffer.concat([Buffer.from(source), compiled]);
  const checksums = [checksumOf(Buffer.from(source)), checksumOf(compiled)].join();
  const known = `;core:${PARTS.get('core')?.join()};`;
  // The length stays the same, because parts are found by their offsets.
  const executable = Buffer.from(
    readFileSync(EXECUTABLE, 'latin1').replace(
      known,
      `;core:0,${code},${other.length},${checksums};`.padEnd(known.length),
    ),
    'latin1',
  );
  const runBeside = (change: (cache: string) => void) =>
    runWith((cache) => {
      writeFileSync(cache, other);
      change(cache);
    }, executable);

  test('is taken where nobody else could', () => {
    expect(runBeside(() => undefined)).toMatchObject({ stdout: 'other' });
  });

  test('is not where the file may be written by others', () => {
    expect(runBeside((cache) => chmodSync(cache, 0o666))).toEqual(RIGHT);
  });

  test.runIf(process.getuid?.() === 0)('is not where it belongs to another user', () => {
    expect(runBeside((cache) => chownSync(cache, 12_345, 12_345))).toEqual(RIGHT);
  });
});

test.runIf(TRIES_ALL)('two builds, in other directories, give the same bytes', { timeout: 120_000 }, () => {
  const copy = mkdtempSync(join(TEMPORARY, 'build-'));
  for (const path of [
    'src',
    'functions',
    'scripts',
    'fixtures/warm-up.yaml',
    'package.json',
    'tsconfig.json',
  ]) {
    mkdirSync(dirname(join(copy, path)), { recursive: true });
    execFileSync('cp', ['-R', join(ROOT, path), join(copy, path)]);
  }
  // The build contains the relative paths of packages.
  execFileSync('cp', ['-R', '-P', '-l', join(ROOT, 'node_modules'), join(copy, 'node_modules')]);
  // A copy is in no repository, and is told which commit it is of.
  const version = execFileSync(join(ROOT, 'dist', 'tidb-groups'), ['--version'], { encoding: 'utf8' });
  const [, commit = ''] = /\(commit (.*)\)/.exec(version) ?? [];
  const env = { ...process.env, TIDB_GROUPS_COMMIT: commit };
  execFileSync('npm', ['run', 'build'], { cwd: copy, stdio: 'pipe', env });
  for (const file of ['tidb-groups', 'tidb-groups.cache']) {
    expect(readFileSync(join(copy, 'dist', file)).equals(readFileSync(join(ROOT, 'dist', file))), file).toBe(
      true,
    );
  }
});

test('the package for npm has no cache in it, which would be of another Node', () => {
  const listed = execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
    cwd: ROOT,
    encoding: 'utf8',
  });
  const [{ files = [] } = {}]: { files?: { path: string }[] }[] = JSON.parse(listed);
  const paths = files.map(({ path }) => path).filter((path) => /^dist\/(?!library\/)/.test(path));
  expect(paths.sort()).toEqual(['dist/package.json', 'dist/tidb-groups']);
});
