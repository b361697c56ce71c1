import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isMap, isSeq, parseDocument } from 'yaml';
import type { MapValue, Value } from '../../src/yaml/index.ts';
import { anyRepository } from '../support/any-repository.ts';
import { commented, commentsIn } from '../support/commented.ts';
import { inNamespace } from '../support/door-inputs.ts';
import { DOORS, expectSame, isMissing, openHere } from '../support/doors.ts';
import { kptfile, rendered } from '../support/kpt.ts';
import { inTurn, runs } from '../support/runs.ts';
import { type Files, Sandbox } from '../support/sandbox.ts';
import { describeWith, KPT } from '../support/tools.ts';

const SEED = { seed: Number(process.env.SEED ?? 20_261_124) };

/** Repositories that go through a door at once, each in a namespace of its own. */
const COUNT = runs(40);

const anyWritten = fc.tuple(anyRepository, fc.array(fc.nat(9), { minLength: 60, maxLength: 60 }));

const FILES: Files = Object.fromEntries(
  fc.sample(anyWritten, { ...SEED, numRuns: COUNT }).map(([resources, random], index) => {
    const home = `case-${index}`;
    const moved = resources.map((resource) => inNamespace(atHome(resource), home));
    return [
      `${String(index).padStart(2, '0')}/all.yaml`,
      moved.map((one) => commented(one, random)).join('---\n'),
    ];
  }),
);

function atHome(resource: MapValue): MapValue {
  const { metadata } = resource;
  return { ...resource, metadata: { ...(metadata as MapValue), namespace: 'tidb' } };
}

describe.each([
  ['Workloads', 0],
  ['TidbCluster', 1],
])('any configs, with groups as %s', (output, turn) => {
  for (const door of inTurn(DOORS, turn, 2)) {
    test.skipIf(isMissing(door))(`give the same result through ${door.name}`, async () => {
      expectSame(door.open(FILES, { output }), await openHere(FILES, { output }));
    });
  }
});

describeWith([KPT], 'a package whose configs become texts', (kpt) => {
  const pack = (pipeline: string): Sandbox => {
    const sandbox = new Sandbox({ 'package/Kptfile': pipeline });
    for (const [path, text] of Object.entries(FILES)) sandbox.write({ [`package/${path}`]: text });
    return sandbox;
  };
  const OURS = '    configMap:\n      canonicalConfig: "true"\n      output: TidbCluster\n';

  test('keeps every comment that kpt itself keeps, and gains none with a second render', () => {
    const untouched = rendered(pack(kptfile('all').replace('tidb-groups', 'cat')), kpt);
    const sandbox = pack(kptfile('all', OURS));
    const once = rendered(sandbox, kpt);
    expect(rendered(sandbox, kpt)).toEqual(once);
    for (const path of Object.keys(FILES))
      expect(commentsIn(once[path])).toEqual(commentsIn(untouched[path]));
    expect(Object.values(untouched).flatMap(commentsIn).length).toBeGreaterThan(COUNT);
  });

  test('gives the same result with other functions before and after', () => {
    const among = kptfile('all', `${OURS}  - exec: cat\n`).replace(
      'mutators:\n',
      'mutators:\n  - exec: cat\n',
    );
    const { Kptfile: _, ...expected } = rendered(pack(kptfile('all', OURS)), kpt);
    const { Kptfile: __, ...came } = rendered(pack(among), kpt);
    expect(came).toEqual(expected);
  });
});

describeWith([KPT], 'what an earlier render made, with nodes of other kinds in it', (kpt) => {
  const anyChange = fc.record({
    at: fc.nat(),
    value: fc.constantFrom<Value>('text', 7, {}, { a: 1 }, [], ['b'], null),
  });
  const changes = fc.sample(anyChange, { ...SEED, numRuns: runs(400) });

  test('becomes right again', () => {
    const sandbox = new Sandbox({
      'package/Kptfile': kptfile('all', '    configMap:\n      guard: "false"\n'),
    });
    for (const [path, text] of Object.entries(FILES)) sandbox.write({ [`package/${path}`]: text });
    const once = rendered(sandbox, kpt);
    let step = 0;
    for (const [path, text] of Object.entries(once)) {
      if (!/-(?:tikv|tidb)\.yaml$/.test(path)) continue;
      const changed = text.split(/^---\n/m).map((one) => withNode(one, changes[step++ % changes.length]));
      sandbox.write({ [`package/${path}`]: changed.join('---\n') });
    }
    expect(step).toBeGreaterThan(COUNT);
    expect(sandbox.files('package')).not.toEqual(once);
    expect(rendered(sandbox, kpt)).toEqual(once);
  });
});

/** The resource with one of its nodes replaced; what kpt itself finds it by stays. */
function withNode(
  text: string,
  { at, value }: { at: number; value: Value } = { at: 0, value: null },
): string {
  const document = parseDocument(text);
  const paths: string[][] = [];
  const collect = (node: unknown, path: string[]) => {
    if (path.length > 0) paths.push(path);
    if (isMap(node)) for (const { key, value: inner } of node.items) collect(inner, [...path, String(key)]);
    if (isSeq(node)) for (const [index, inner] of node.items.entries()) collect(inner, [...path, `${index}`]);
  };
  collect(document.contents, []);
  const free = paths.filter(([first]) => first === 'spec' || first === 'data');
  document.setIn(free[at % free.length] ?? [], value);
  return document.toString({ lineWidth: 0, indentSeq: false });
}
