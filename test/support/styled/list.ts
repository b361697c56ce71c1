import { isMap, type MapValue, type Value } from '../../../src/yaml/index.ts';
import type { Choices } from './choices.ts';
import { jsonString } from './scalar.ts';
import { type Liberties, StyledWriter } from './value.ts';

export const PLAIN: Liberties = {
  flow: false,
  lines: false,
  comments: false,
  anchors: false,
  tags: false,
  tabs: false,
  indents: false,
  needless: false,
};

/** Half of all writers use only styles that the fast path can read. */
function someLiberties(choices: Choices): Liberties {
  const isOdd = choices.once(2);
  return {
    flow: choices.once(2),
    comments: choices.once(2),
    indents: choices.once(2),
    needless: isOdd && choices.once(2),
    lines: isOdd && choices.once(2),
    anchors: isOdd && choices.once(3),
    tags: isOdd && choices.once(3),
    tabs: isOdd && choices.once(3),
  };
}

/** A ResourceList as any YAML writer could write it: keys in any order, in any style. */
export function styledList(
  items: readonly MapValue[],
  config: MapValue | undefined,
  choices: Choices,
): string {
  const list: MapValue = { apiVersion: 'config.kubernetes.io/v1', kind: 'ResourceList', items: [...items] };
  if (config !== undefined) list.functionConfig = config;
  if (choices.once(12)) return jsonText(list, choices.oneOf('', '  ', '\t'));
  const names = choices.oneOf(
    ['apiVersion', 'kind', 'items', 'functionConfig'],
    ['apiVersion', 'kind', 'functionConfig', 'items'],
    ['kind', 'items', 'apiVersion', 'functionConfig'],
    ['items', 'functionConfig', 'kind', 'apiVersion'],
  );
  const entries = names.flatMap((name): [string, Value][] => {
    const value = list[name];
    return value === undefined ? [] : [[name, value]];
  });
  return styledDocument(entries, choices);
}

/** Resources as the documents of a stream. */
export function styledStream(resources: readonly MapValue[], choices: Choices): string {
  const separator = choices.oneOf('---\n', '--- # next\n', '...\n---\n');
  const texts = resources.map((resource) => documentText(Object.entries(resource), choices));
  return ending(texts.join(separator), choices);
}

function styledDocument(entries: readonly [string, Value][], choices: Choices): string {
  const starts = ['', '---\n', '# a list\n', '# a list\n---\n', '--- # a list\n', '%YAML 1.1\n---\n', '\n'];
  const start = choices.once(3) ? (starts[choices.below(starts.length)] ?? '') : '';
  const end = choices.once(6) ? choices.oneOf('# end\n', '...\n', '---\n') : '';
  return ending(start + documentText(entries, choices) + end, choices);
}

function documentText(entries: readonly [string, Value][], choices: Choices): string {
  const writer = new StyledWriter(choices, choices.once(4) ? PLAIN : someLiberties(choices));
  const column = choices.once(16) ? 2 : 0;
  return `${' '.repeat(column)}${writer.mapLines({}, column, entries)}`;
}

function ending(text: string, choices: Choices): string {
  const lines = choices.once(8) ? text.replaceAll('\n', '\r\n') : text;
  // The independent parser cannot read a byte order mark before an indented map.
  return choices.once(16) && !lines.startsWith(' ') ? `\ufeff${lines}` : lines;
}

/** As JSON with all digits, which `JSON.stringify` would lose. */
function jsonText(value: Value, unit: string, pad = ''): string {
  const inner = pad + unit;
  const [open, close] = unit === '' ? ['', ''] : [`\n${inner}`, `\n${pad}`];
  const isEmpty = typeof value === 'object' && value !== null && Object.keys(value).length === 0;
  if (Array.isArray(value)) {
    return isEmpty
      ? '[]'
      : `[${open}${value.map((item) => jsonText(item, unit, inner)).join(`,${open}`)}${close}]`;
  }
  if (!isMap(value)) return typeof value === 'string' ? jsonString(value) : String(value);
  const entries = Object.entries(value).map(
    ([key, item]) => `${jsonString(key)}:${unit === '' ? '' : ' '}${jsonText(item, unit, inner)}`,
  );
  return isEmpty ? '{}' : `{${open}${entries.join(`,${open}`)}${close}}`;
}
