import { describe, expect, test } from 'vitest';
import { type Item, openStream } from '../../src/list/index.ts';
import { Problems } from '../../src/problem/index.ts';
import type { Edit } from '../../src/yaml-write/index.ts';
import { readYaml } from '../support/read-yaml.ts';

const SET: Edit = { path: ['metadata', 'annotations'], set: { 'a.b/c': 'true' } };

/** What becomes of a resource that gets an annotation: all other characters stay. */
const ADDED: readonly { readonly name: string; readonly text: string; readonly comes: string }[] = [
  {
    name: 'no annotations',
    text: 'kind: A\nmetadata:\n  name: a # who\n\nspec: {}\n',
    comes: "kind: A\nmetadata:\n  name: a # who\n  annotations:\n    a.b/c: 'true'\n\nspec: {}\n",
  },
  {
    name: 'no annotations, four spaces',
    text: 'kind: A\nmetadata:\n    name: a\nspec:\n    b: 1\n',
    comes: "kind: A\nmetadata:\n    name: a\n    annotations:\n        a.b/c: 'true'\nspec:\n    b: 1\n",
  },
  {
    name: 'no annotations, one space',
    text: 'kind: A\nmetadata:\n name: a\nspec:\n b: 1\n',
    comes: "kind: A\nmetadata:\n name: a\n annotations:\n  a.b/c: 'true'\nspec:\n b: 1\n",
  },
  {
    name: 'annotations deeper than the rest',
    text: 'metadata:\n  annotations:\n        x: y\n  name: a\n',
    comes: "metadata:\n  annotations:\n        x: y\n        a.b/c: 'true'\n  name: a\n",
  },
  {
    name: 'comments and blank lines around them',
    text: 'metadata:\n  # all of them\n  annotations: # here\n\n    # first\n    x: y # z\n    # end\n\n  name: a\n',
    comes:
      "metadata:\n  # all of them\n  annotations: # here\n\n    # first\n    x: y # z\n    a.b/c: 'true'\n    # end\n\n  name: a\n",
  },
  {
    name: 'annotations in an empty map',
    text: 'metadata:\n  annotations: {} # none\n  name: a\n',
    comes: "metadata:\n  annotations: {a.b/c: 'true'} # none\n  name: a\n",
  },
  {
    name: 'annotations in an empty map with a space',
    text: 'metadata:\n  annotations: { }\n',
    comes: "metadata:\n  annotations: {a.b/c: 'true' }\n",
  },
  {
    name: 'annotations in brackets',
    text: 'metadata:\n  annotations: {x: y} # one\n  name: a\n',
    comes: "metadata:\n  annotations: {x: y, a.b/c: 'true'} # one\n  name: a\n",
  },
  {
    name: 'annotations in brackets with a comma at the end',
    text: 'metadata:\n  annotations: {\n    x: y,\n  }\n  name: a\n',
    comes: "metadata:\n  annotations: {\n    x: y, a.b/c: 'true',\n  }\n  name: a\n",
  },
  {
    name: 'annotations in brackets that are not indented',
    text: 'metadata:\n  annotations: {\n# one\nx: y # {\n}\n  name: a\n',
    comes: "metadata:\n  annotations: {\n# one\nx: y, a.b/c: 'true' # {\n}\n  name: a\n",
  },
  {
    name: 'metadata in brackets',
    text: 'kind: A\nmetadata: {name: a, labels: {x: y}}\n',
    comes: "kind: A\nmetadata: {name: a, labels: {x: y}, annotations: {a.b/c: 'true'}}\n",
  },
  {
    name: 'annotations without a value',
    text: 'metadata:\n  annotations:\n  name: a\n',
    comes: "metadata:\n  annotations:\n    a.b/c: 'true'\n  name: a\n",
  },
  {
    name: 'annotations without a value, behind a comment',
    text: 'metadata:\n  annotations: # none\n  name: a\n',
    comes: "metadata:\n  annotations: # none\n    a.b/c: 'true'\n  name: a\n",
  },
  {
    name: 'keys in quotes',
    text: `"metadata":\n  'annotations':\n    "x": 'y'\n  "name": "a"\n`,
    comes: `"metadata":\n  'annotations':\n    "x": 'y'\n    a.b/c: 'true'\n  "name": "a"\n`,
  },
  {
    name: 'a value over several lines at the end',
    text: 'metadata:\n  annotations:\n    x: |\n      one\n\n      two\n\n    # end\nspec: 1\n',
    comes:
      "metadata:\n  annotations:\n    x: |\n      one\n\n      two\n    a.b/c: 'true'\n\n    # end\nspec: 1\n",
  },
  {
    name: 'a value that keeps its blank lines at the end',
    text: 'metadata:\n  annotations:\n    x: |+\n      one\n\nspec: 1\n',
    comes: "metadata:\n  annotations:\n    x: |+\n      one\n\n    a.b/c: 'true'\nspec: 1\n",
  },
  {
    name: 'a folded value at the end',
    text: 'metadata:\n  annotations:\n    x: one\n      two\n  name: a\n',
    comes: "metadata:\n  annotations:\n    x: one\n      two\n    a.b/c: 'true'\n  name: a\n",
  },
  {
    name: 'Windows line ends',
    text: 'metadata:\r\n  annotations:\r\n    x: y\r\n  name: a\r\n',
    comes: "metadata:\r\n  annotations:\r\n    x: y\r\n    a.b/c: 'true'\r\n  name: a\r\n",
  },
  {
    name: 'Windows line ends and no annotations',
    text: 'metadata:\r\n  name: a\r\nspec:\r\n  b: 1\r\n',
    comes: "metadata:\r\n  name: a\r\n  annotations:\r\n    a.b/c: 'true'\r\nspec:\r\n  b: 1\r\n",
  },
  {
    name: 'tabs between keys and values',
    text: 'metadata:\n  name:\ta\t# who\n  labels:\t{x: y}\n',
    comes: "metadata:\n  name:\ta\t# who\n  labels:\t{x: y}\n  annotations:\n    a.b/c: 'true'\n",
  },
  {
    name: 'no line break at the end',
    text: 'kind: A\nmetadata:\n  name: a',
    comes: "kind: A\nmetadata:\n  name: a\n  annotations:\n    a.b/c: 'true'\n",
  },
  {
    name: 'an anchor that nobody uses',
    text: 'metadata: &m\n  name: a\n',
    comes: "metadata: &m\n  name: a\n  annotations:\n    a.b/c: 'true'\n",
  },
  {
    name: 'a tag',
    text: 'metadata: !!map\n  name: !!str a\n',
    comes: "metadata: !!map\n  name: !!str a\n  annotations:\n    a.b/c: 'true'\n",
  },
  {
    name: 'JSON',
    text: '{"kind": "A", "metadata": {"name": "a"}}\n',
    comes: '{"kind": "A", "metadata": {"name": "a", "annotations": {"a.b/c": "true"}}}\n',
  },
  {
    name: 'JSON on many lines',
    text: '{\n  "metadata": {\n    "annotations": {\n      "x": "y"\n    }\n  }\n}\n',
    comes: '{\n  "metadata": {\n    "annotations": {\n      "x": "y", "a.b/c": "true"\n    }\n  }\n}\n',
  },
  {
    name: 'the annotation, with another value',
    text: "metadata:\n  annotations:\n    a.b/c:   'no' # why\n    x: y\n",
    comes: "metadata:\n  annotations:\n    a.b/c: 'true' # why\n    x: y\n",
  },
  {
    name: 'the annotation, with that value in other quotes',
    text: 'metadata:\n  annotations:\n    "a.b/c":   "true" # why\n',
    comes: 'metadata:\n  annotations:\n    "a.b/c":   "true" # why\n',
  },
  {
    name: 'the annotation in brackets, with another value',
    text: 'metadata: {annotations: {a.b/c: "no", x: y}}\n',
    comes: "metadata: {annotations: {a.b/c: 'true', x: y}}\n",
  },
  {
    name: 'the annotation twice: the last one counts',
    text: "metadata:\n  annotations:\n    a.b/c: 'no'\n    a.b/c: 'never'\n",
    comes: "metadata:\n  annotations:\n    a.b/c: 'no'\n    a.b/c: 'true'\n",
  },
];

/** What must not be edited in place, because it would change what stands elsewhere too. */
const SHARED: readonly { readonly name: string; readonly text: string; readonly means: object }[] = [
  {
    name: 'the annotations are the labels of a pod, too',
    text: 'metadata:\n  annotations: &a {x: v}\nspec:\n  labels: *a\n',
    means: { metadata: { annotations: { x: 'v', 'a.b/c': 'true' } }, spec: { labels: { x: 'v' } } },
  },
  {
    name: 'the annotations are those of the labels',
    text: 'metadata:\n  labels: &a\n    x: v\n  annotations: *a\n',
    means: { metadata: { labels: { x: 'v' }, annotations: { x: 'v', 'a.b/c': 'true' } } },
  },
  {
    name: 'the metadata is that of a template, too',
    text: 'metadata: &m\n  name: a\nspec:\n  template:\n    metadata: *m\n',
    means: {
      metadata: { name: 'a', annotations: { 'a.b/c': 'true' } },
      spec: { template: { metadata: { name: 'a' } } },
    },
  },
  {
    name: 'the annotations are merged in',
    text: 'spec: &s {annotations: {x: v}}\nmetadata:\n  <<: *s\n  name: a\n',
    means: {
      spec: { annotations: { x: 'v' } },
      metadata: { name: 'a', annotations: { x: 'v', 'a.b/c': 'true' } },
    },
  },
  {
    name: 'the whole resource is the value of one of its keys, nearly',
    text: 'metadata: &m\n  annotations: &a\n    x: v\nspec:\n  one: *m\n  two: [*a]\n',
    means: {
      metadata: { annotations: { x: 'v', 'a.b/c': 'true' } },
      spec: { one: { annotations: { x: 'v' } }, two: [{ x: 'v' }] },
    },
  },
];

async function open(text: string): Promise<Item> {
  const problems = new Problems();
  const everything = { reads: () => true, names: () => true, markers: [] };
  const [item] = await openStream('file.yaml', Buffer.from(text), everything, problems);
  if (item === undefined || problems.all.length > 0) throw new Error(`not YAML: ${text}`);
  return item;
}

describe('an annotation is added where there are', () => {
  test.each(ADDED)('$name', async ({ text, comes }) => {
    expect((await open(text)).edited([SET])).toBe(comes);
    expect((await open(comes)).edited([SET])).toBe(comes);
  });
});

describe('an annotation changes nothing else where', () => {
  test.each(SHARED)('$name', async ({ text, means }) => {
    expect(readYaml((await open(text)).edited([SET]))).toEqual([means]);
  });
});

/** An annotation goes, and with the last one its map; what else stands on the lines stays. */
const REMOVED: readonly { readonly name: string; readonly text: string; readonly comes: string }[] = [
  {
    name: 'among others',
    text: "metadata:\n  annotations:\n    x: y # one\n    a.b/c: 'true' # two\n    # three\n    z: y\n",
    comes: 'metadata:\n  annotations:\n    x: y # one\n    # three\n    z: y\n',
  },
  {
    name: 'as the last',
    text: 'metadata:\n  name: a\n  annotations:\n    a.b/c: x\nspec: 1\n',
    comes: 'metadata:\n  name: a\nspec: 1\n',
  },
  {
    name: 'over several lines',
    text: 'metadata:\n  annotations:\n    a.b/c: |\n      one\n\n      two\n    x: y\n',
    comes: 'metadata:\n  annotations:\n    x: y\n',
  },
  {
    name: 'first in brackets',
    text: 'metadata: {annotations: {a.b/c: x, y: z}, name: a}\n',
    comes: 'metadata: {annotations: {y: z}, name: a}\n',
  },
  {
    name: 'last in brackets',
    text: 'metadata: {annotations: {y: z, a.b/c: x}, name: a}\n',
    comes: 'metadata: {annotations: {y: z}, name: a}\n',
  },
  {
    name: 'alone in brackets',
    text: 'metadata: {name: a, annotations: {a.b/c: x}}\n',
    comes: 'metadata: {name: a}\n',
  },
  {
    name: 'that is not there',
    text: 'metadata: {annotations: {}}\n',
    comes: 'metadata: {annotations: {}}\n',
  },
];

test.each(REMOVED)('an annotation goes $name', async ({ text, comes }) => {
  const edit: Edit = { path: ['metadata', 'annotations'], remove: ['a.b/c'] };
  expect((await open(text)).edited([edit])).toBe(comes);
});
