import type { Random } from '../bench/inputs/random.ts';

/** Snippets that may appear anywhere and are special in many places. */
const TOKENS = [
  ...[
    '- ',
    ': ',
    ' #',
    '# c',
    '|',
    '>',
    '|-',
    '|+2',
    '>1',
    '&a ',
    '*a',
    '*a ',
    '!!str ',
    '!x ',
    '"',
    "'",
    '\\',
  ],
  ...[
    '{',
    '}',
    '[',
    ']',
    ', ',
    '? ',
    '<<: ',
    '<<: *a',
    '@',
    '`',
    '%',
    '~',
    'null',
    '0644',
    'yes',
    '---',
    '...',
  ],
  ...[
    '\n',
    '\n\n',
    '\n---\n',
    '\n...\n',
    '\n- ',
    '\n  ',
    '\n# c\n',
    '\t',
    ' \t',
    '\r\n',
    '\r',
    ' ',
    '  ',
    '    ',
  ],
  ...[
    '\ufeff',
    '\u0085',
    '\u2028',
    '\u00a0',
    '\0',
    '\u007f',
    'é',
    '😀',
    '\ud800',
    '%YAML 1.2\n---\n',
    '%TAG ! x\n',
  ],
  ...[
    'kind: TiKVGroup',
    'kind: ConfigMap',
    'apiVersion: v1',
    'metadata:',
    'name: x',
    'items:',
    'items: []',
    '[]',
  ],
  ...[
    '__proto__: 1',
    'constructor: {}',
    'groups.pingcap.com/generated-by: TiKVGroup/hot',
    '{}',
    'a: &a b',
    '- *a',
  ],
] as const;

type Mutation = (text: string, random: Random, inputs: readonly [string, ...string[]]) => string;

const MUTATIONS: readonly [Mutation, ...Mutation[]] = [
  insertToken,
  insertToken,
  replaceLine,
  replaceLine,
  indentLine,
  indentLines,
  deleteRange,
  duplicateLine,
  swapLines,
  (text, random) => text.slice(0, random.below(text.length + 1)),
  (text) => text.replaceAll('\n', '\r\n'),
  (text) => text.replace(/\n$/, ''),
  (text) => `\ufeff${text}`,
  (text, random) => text.replaceAll(/^ +/gm, (pad) => pad.repeat(1 + random.below(2))),
  (text, random, inputs) => cut(text, random)[0] + cut(random.pick(inputs), random)[1],
];

/** One of the inputs with a few random changes. */
export function mutated(inputs: readonly [string, ...string[]], random: Random): string {
  let text = random.pick(inputs);
  for (let count = random.below(5); count > 0; count--) text = random.pick(MUTATIONS)(text, random, inputs);
  return text;
}

function insertToken(text: string, random: Random): string {
  const at = random.below(text.length + 1);
  return text.slice(0, at) + (TOKENS[random.below(TOKENS.length)] ?? '') + text.slice(at);
}

function replaceLine(text: string, random: Random): string {
  return onLine(text, random, (line) => {
    const pad = /^ */.exec(line)?.[0] ?? '';
    return pad + (TOKENS[random.below(TOKENS.length)] ?? '') + line.slice(random.below(line.length + 1));
  });
}

function indentLine(text: string, random: Random): string {
  return onLine(text, random, (line) =>
    random.below(2) === 0 ? line.replace(/^ /, '') : ' '.repeat(1 + random.below(4)) + line,
  );
}

function indentLines(text: string, random: Random): string {
  const lines = text.split('\n');
  const from = random.below(lines.length);
  const to = from + random.below(12);
  const pad = ' '.repeat(random.below(5));
  return lines.map((line, at) => (at >= from && at < to ? pad + line : line)).join('\n');
}

function deleteRange(text: string, random: Random): string {
  const at = random.below(text.length + 1);
  return text.slice(0, at) + text.slice(at + random.below(random.below(4) === 0 ? 400 : 12));
}

function duplicateLine(text: string, random: Random): string {
  return onLine(text, random, (line) => `${line}\n${line}`);
}

function swapLines(text: string, random: Random): string {
  const lines = text.split('\n');
  const [one, two] = [random.below(lines.length), random.below(lines.length)];
  return lines
    .map((line, at) => (at === one ? (lines[two] ?? '') : at === two ? (lines[one] ?? '') : line))
    .join('\n');
}

function onLine(text: string, random: Random, change: (line: string) => string): string {
  const lines = text.split('\n');
  const chosen = random.below(lines.length);
  return lines.map((line, at) => (at === chosen ? change(line) : line)).join('\n');
}

function cut(text: string, random: Random): [string, string] {
  const lines = text.split('\n');
  const at = random.below(lines.length);
  return [
    lines
      .slice(0, at)
      .map((line) => `${line}\n`)
      .join(''),
    lines.slice(at).join('\n'),
  ];
}
