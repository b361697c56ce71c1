import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CLUSTER, resourceList, stream, tidbGroup } from '../support/basic.ts';
import { hostileUtf8 } from '../support/hostile.ts';
import { build, EXPAND } from '../support/kustomize.ts';
import { inTurn } from '../support/runs.ts';
import { Sandbox } from '../support/sandbox.ts';
import { jsonString } from '../support/styled/scalar.ts';
import { describeWith, KUSTOMIZE_4, KUSTOMIZE_5, YAML_READERS } from '../support/tools.ts';
import { formOf, readEverywhere } from '../support/yaml-readers.ts';

/** What such values could once do: make their container privileged, and add a Secret that no input had. */
const INJECTIONS = [
  'x\u2028        securityContext:\u2028          privileged:\u2028            true',
  '\u2028---\u2028kind: Secret\u2028apiVersion: v1\u2028metadata: {name: evil}\u2028',
  'x\u0085        securityContext: {privileged: true}',
  "b c,'",
];

const VALUES = [...INJECTIONS, ...fc.sample(hostileUtf8, 300)].filter(
  (value) => value !== '' && !value.includes('\0'),
);

/** The values as they appear in a StatefulSet's container, in its template and in a ConfigMap. */
function group(values: readonly string[]): string {
  const env = values.map((value, index) => `  - {name: E${index}, value: ${jsonString(value)}}\n`);
  const annotations = values.map((value, index) => `    a${index}: ${jsonString(value)}\n`);
  return tidbGroup('web', 'basic', `  env:\n${env.join('')}  annotations:\n${annotations.join('')}`);
}

/** These readers find this many resources in the output, with these values. */
function expectHeld(output: string, values: readonly string[], count: number, readers = /^/): void {
  const [answers = new Map()] = readEverywhere([output]);
  for (const [reader, answer] of answers) {
    if (!readers.test(reader)) continue;
    if ('refused' in answer) throw new Error(`${reader}: ${answer.refused}`);
    expect({ reader, count: answer.documents.length }).toEqual({ reader, count });
    const all = answer.documents.join();
    expect(all).not.toMatch(/"privileged":|"kind":"Secret"/);
    for (const [index, value] of values.entries()) {
      const held = [formOf({ name: `E${index}`, value }, false), `"a${index}":${formOf(value, false)}`];
      expect({ reader, value, missing: held.filter((form) => !all.includes(form)) }).toEqual({
        reader,
        value,
        missing: [],
      });
    }
  }
}

describe('hostile values stay values', () => {
  test('in what is rendered', () => {
    const { stdout, stderr } = new Sandbox({ 'all.yaml': stream(CLUSTER, group(VALUES)) }).groups([
      'render',
      'all.yaml',
    ]);
    expect(stderr).toBe('');
    expectHeld(stdout, VALUES, 6);
  });

  test('in a list on standard input', () => {
    const { stdout, stderr } = new Sandbox().groups([], { input: resourceList(CLUSTER, group(VALUES)) });
    expect(stderr).toBe('');
    expectHeld(stdout, VALUES, 1);
  });
});

describeWith(inTurn([KUSTOMIZE_5, KUSTOMIZE_4], 0), 'a build', (kustomize) => {
  function buildWith(values: readonly string[]) {
    const sandbox = new Sandbox({
      'kustomization.yaml': 'resources: [resources.yaml]\ntransformers: [expand.yaml]\n',
      'expand.yaml': EXPAND,
      'resources.yaml': stream(CLUSTER, group(values)),
    });
    return build(sandbox, kustomize);
  }

  test.skipIf(YAML_READERS.path === undefined)('keeps hostile values', () => {
    // kustomize writes control characters unescaped, and then refuses to read them.
    const values = VALUES.filter((value) => !/(?![\t\n])[\p{C}\p{Zl}\p{Zp}]/u.test(value));
    expect(values.length).toBeGreaterThan(100);
    const { stdout, stderr } = buildWith(values);
    expect(stderr).toBe('');
    // JavaScript readers misread kustomize's own output.
    expectHeld(stdout, values, 6, /^(?:go-yaml|kubectl)/);
  });

  test('ends where kustomize writes a line break that not all readers see', () => {
    const { status, stdout, stderr } = buildWith(['x\u2028y']);
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toMatch(
      /^line \d+:\d+: error: must not contain U\+2028 here, .*; remove it \[broken-yaml\]$/m,
    );
  });
});
