import { describe, expect, test } from 'vitest';
import { CLUSTER, stream, TIKV_GROUP } from '../support/basic.ts';
import { GROUP_CRDS } from '../support/group-crds.ts';
import { Sandbox } from '../support/sandbox.ts';

function definition(spec: string, version = 'v1'): string {
  return `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: widgets.example.com}
spec:
  group: example.com
  names: {kind: Widget, plural: widgets}
  scope: Namespaced
  versions:
  - name: ${version}
    served: true
    storage: true
    schema:
      openAPIV3Schema:
        type: object
        properties:
          spec: ${spec}
`;
}

const SIZES =
  '{type: object, required: [size], properties: {size: {type: integer, maximum: 9}, mode: {type: string, enum: [Fast, Safe], default: Safe}}}';

function widget(spec: string, apiVersion = 'example.com/v1'): string {
  return `apiVersion: ${apiVersion}
kind: Widget
metadata: {name: a, namespace: b}
spec: ${spec}
`;
}

/** What is said of files: the place, the message and the code of each problem, and the last line. */
function validate(files: { readonly [path: string]: string }, ...args: string[]) {
  const { status, stdout, stderr } = new Sandbox(files).groups(['validate', ...args]);
  const said = stdout.split('\n').filter((line) => /\[[a-z-]+\]$/.test(line));
  return { status, said, last: stdout.trimEnd().split('\n').at(-1), stderr };
}

describe('a CustomResourceDefinition', () => {
  test('says what is wrong, at its line and with what to do', () => {
    const { status, said, last } = validate(
      { 'crds/a.yaml': definition(SIZES), 'a.yaml': widget('{size: "3", mode: fast, sise: 1}') },
      '--schemas',
      'crds',
      'a.yaml',
    );
    expect(status).toBe(1);
    expect(said).toEqual([
      'a.yaml:4:14: error: Widget b/a: `spec.size` must be an integer, but "3" is a string; write 3 without quotes [field-type]',
      'a.yaml:4:25: error: Widget b/a: `spec.mode` must be "Fast" or "Safe", but is "fast"; did you mean "Fast"? [field-enum]',
      'a.yaml:4:31: error: Widget b/a: `spec.sise` is not a known field, and Kubernetes drops it; did you mean `size`? [field-unknown]',
    ]);
    expect(last).toBe('3 errors in 1 resource');
  });

  test('among the resources counts by itself', () => {
    const input = stream(widget('{size: 30}'), definition(SIZES));
    expect(validate({ 'a.yaml': input }, 'a.yaml').said).toEqual([
      'a.yaml:4:14: error: Widget b/a: `spec.size` must be at most 9, but is "30" [field-range]',
    ]);
  });

  test('has the versions that it serves, and no other', () => {
    const { said } = validate(
      { 'crd.yaml': definition(SIZES, 'v2'), 'a.yaml': widget('{}') },
      '--schemas',
      'crd.yaml',
      'a.yaml',
    );
    expect(said).toEqual([
      'a.yaml:1:13: error: Widget b/a: `apiVersion` must be "example.com/v2", which the CustomResourceDefinition serves, but is "example.com/v1" [field-enum]',
    ]);
  });

  test('leaves what this project says of its own kinds as it is', () => {
    const group = TIKV_GROUP.replace(/replicas: \d+/, 'replicas: "3"');
    const [plain, both] = [[], ['--schemas', 'crds.yaml']].map((args) =>
      validate({ 'crds.yaml': GROUP_CRDS, 'a.yaml': stream(CLUSTER, group) }, ...args, 'a.yaml'),
    );
    expect(both).toEqual(plain);
    expect(plain?.said).toHaveLength(1);
  });
});

describe('resources without a schema', () => {
  const files = {
    'crd.yaml': definition(SIZES),
    'a.yaml': stream(CLUSTER, widget('{size: 1}'), widget('{}', 'b/v1')),
  };

  test('are counted in the last line', () => {
    expect(validate(files, '--schemas', 'crd.yaml', 'a.yaml').last).toBe(
      'no problems in 3 resources, 1 of them without a schema',
    );
    expect(validate(files, 'a.yaml').last).toBe('no problems in 3 resources');
  });

  test('are counted for programs', () => {
    const { stdout } = new Sandbox(files).groups([
      'validate',
      '-o',
      'json',
      '--schemas',
      'crd.yaml',
      'a.yaml',
    ]);
    expect(JSON.parse(stdout).summary).toEqual({
      errors: 0,
      warnings: 0,
      infos: 0,
      resources: 3,
      unchecked: 1,
    });
  });
});

describe('JSON Schemas', () => {
  const schema = JSON.stringify({
    $schema: 'http://json-schema.org/draft-04/schema#',
    type: 'object',
    properties: {
      spec: {
        type: 'object',
        required: ['size'],
        properties: { size: { type: 'integer', maximum: 9, exclusiveMaximum: true } },
      },
    },
  });
  const kinds = {
    'x-kubernetes-group-version-kind': [{ group: 'example.com', version: 'v1', kind: 'Widget' }],
  };

  test.each([
    ['by the start of the group', 's/widget-example-v1.json', schema],
    ['by the whole group', 's/widget-example.com-v1.json', schema],
    ['by the directory of the group', 's/example.com/widget_v1.json', schema],
    ['by what they say', 's/any.json', JSON.stringify({ ...JSON.parse(schema), ...kinds })],
    [
      'by what a definition says',
      's/_definitions.json',
      JSON.stringify({ definitions: { 'io/w': { ...JSON.parse(schema), ...kinds } } }),
    ],
  ])('are found %s', (_, path, text) => {
    const { said, last } = validate(
      { [path]: text, 'a.yaml': widget('{size: 9}') },
      '--schemas',
      's',
      'a.yaml',
    );
    expect(said).toEqual([
      'a.yaml:4:14: error: Widget b/a: `spec.size` must be less than 9, but is "9" [field-range]',
    ]);
    expect(last).toBe('1 error in 1 resource');
  });

  test('of another group are not taken', () => {
    const { last } = validate(
      { 's/example.org/widget_v1.json': schema, 'a.yaml': widget('{}') },
      '--schemas',
      's',
      'a.yaml',
    );
    expect(last).toBe('no problems in 1 resource, 1 of them without a schema');
  });

  test('may refer to others in their directory', () => {
    const referring = JSON.stringify({ $ref: 'other.json#/definitions/widget' });
    const other = JSON.stringify({ definitions: { widget: JSON.parse(schema) } });
    const files = { 's/widget-example-v1.json': referring, 's/other.json': other, 'a.yaml': widget('{}') };
    expect(validate(files, '--schemas', 's', 'a.yaml').said).toEqual([
      'a.yaml:4:1: error: Widget b/a: `spec.size` is missing; add it: it must be an integer [field-missing]',
    ]);
  });

  test('that refer to what is not there are named, and nothing is fetched', () => {
    const files = {
      's/widget-example-v1.json': JSON.stringify({ $ref: 'https://example.invalid/a.json' }),
      'a.yaml': widget('{}'),
    };
    const { status, said, last } = validate(files, '--schemas', 's', 'a.yaml');
    expect(status).toBe(1);
    expect(said).toEqual([
      expect.stringMatching(
        /^s\/widget-example-v1\.json:1:1: error: .*https:\/\/example\.invalid\/a\.json.* \[schema\]$/,
      ),
    ]);
    expect(last).toBe('1 error in 1 resource, 1 of them without a schema');
  });
});

test('a choice is one problem, and takes no longer the more entries there are', () => {
  const either =
    '{type: array, items: {type: object, properties: {a: {type: string}, b: {type: string}}, oneOf: [{required: [a]}, {required: [b]}]}}';
  const input = stream(definition(either), widget(`[${'{}, '.repeat(20_000)}{a: x, b: z}]`));
  const { said, last } = validate({ 'a.yaml': input }, 'a.yaml');
  expect(last).toBe('20001 errors in 2 resources');
  expect(said[0]).toContain('`spec[0]` must have one of `a` or `b`; add one of them [field-choice]');
  expect(said.at(-1)).toContain(
    '`spec[20000]` must have only one of `a` or `b`; remove the others [field-choice]',
  );
});

describe('hostile schemas', () => {
  test('match in linear time, as in Kubernetes', () => {
    const input = stream(definition("{type: string, pattern: '^(a+)+$'}"), widget(`${'a'.repeat(50_000)}b`));
    const { said } = validate({ 'a.yaml': input }, 'a.yaml');
    expect(said).toEqual([
      expect.stringMatching(/`spec` must match "\^\(a\+\)\+\$", but "a{60}…" does not \[text-syntax\]$/),
    ]);
  });

  test.each([
    '"];process.exit(9);//',
    "'+process.exit(9)+'",
    '`${process.exit(9)}`',
    '*/process.exit(9)/*',
    '\\u2028process.exit(9)',
  ])('never become code: %s', (text) => {
    const name = JSON.stringify(text);
    const escaped = JSON.stringify(text.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&'));
    const schema = `{type: object, required: [${name}], properties: {${name}: {type: string, enum: [${name}], pattern: ${escaped}, format: ${name}}}}`;
    const files = { 'a.yaml': stream(definition(schema), widget(`{${name}: nope}`)) };
    const { status, said } = validate(files, 'a.yaml');
    expect(status).toBe(1);
    expect(said.map((line) => /\[([a-z-]+)\]$/.exec(line)?.[1])).toEqual(['field-enum', 'text-syntax']);
  });

  test('that Kubernetes would not take are named', () => {
    const input = stream(widget('a'), definition("{type: string, pattern: '('}"));
    const { said } = validate({ 'a.yaml': input }, 'a.yaml');
    expect(said).toEqual([expect.stringMatching(/^a\.yaml:6:1: error: .*missing closing \).* \[schema\]$/)]);
  });
});

test('a path without schemas is a misuse', () => {
  const { status, stderr } = validate({ 'a.yaml': widget('{}') }, '--schemas', 'a.yaml', 'a.yaml');
  expect(status).toBe(2);
  expect(stderr).toContain('"a.yaml" must contain CustomResourceDefinitions or JSON Schemas');
});
