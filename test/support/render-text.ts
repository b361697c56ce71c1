import { stringify } from 'yaml';
import { openStream } from '../../src/list/index.ts';
import { type Problem, Problems } from '../../src/problem/index.ts';
import { INTEREST, render } from '../../src/render/index.ts';
import { isMap, type MapValue } from '../../src/yaml/index.ts';

/** The problems of resources in a file: what a render does not read stays text. */
export async function problemsOfAll(resources: readonly object[]): Promise<readonly Problem[]> {
  const text = resources.map(textOf).join('---\n');
  const problems = new Problems();
  await render(await openStream('input.yaml', Buffer.from(text), INTEREST, problems), problems);
  return problems.all;
}

/** Serialized once: tests render most resources many times, with different others. */
const TEXTS = new WeakMap<object, string>();

function textOf(resource: object): string {
  const text = TEXTS.get(resource) ?? stringify(resource, { version: '1.1' });
  TEXTS.set(resource, text);
  return text;
}

/** A null removes a field; lists, and configs, are replaced whole. */
export function mergedMap(into: MapValue, part: MapValue): MapValue {
  const result = { ...into };
  for (const [key, value] of Object.entries(part)) {
    const before = result[key];
    if (value === null) delete result[key];
    else result[key] = isMap(before) && isMap(value) && key !== 'config' ? mergedMap(before, value) : value;
  }
  return result;
}
