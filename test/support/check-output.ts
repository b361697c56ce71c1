import { spawnSync } from 'node:child_process';
import { eachUnseen } from '../../src/text/index.ts';
import type { Output } from './every-output.ts';
import { MADE_OF_TEXT, type Outline, outlinesOf } from './markup.ts';
import { CMARK_GFM, GRAPHVIZ } from './tools.ts';

/** What is wrong with outputs for each reader. Readers of markup, and Graphviz, judge theirs if they are installed. */
export function faultsOf(outputs: readonly Output[]): string[] {
  const faults = outputs.flatMap((output) => {
    const fault = FAULTS[output.reader]?.(output);
    return fault === undefined ? [] : [`${output.what}: ${fault}`];
  });
  return [...faults, ...markupFaults(outputs), ...dotFaults(outputs)];
}

const FAULTS: { readonly [reader: string]: (output: Output) => string | undefined } = {
  terminal: terminalFault,
  github: githubFault,
  json: jsonFault,
  mermaid: mermaidFault,
  dot: (output) => lineFault(output.text),
  xml: (output) => lineFault(output.text),
  html: (output) => lineFault(output.text),
  markdown: (output) => lineFault(output.text.replaceAll('\u2060', '')),
};

/** All of an output is seen, and ends with its last line. */
function lineFault(text: string): string | undefined {
  const odd = eachUnseen().exec(text);
  if (odd !== null) return `holds U+${odd[0].codePointAt(0)?.toString(16)} at ${odd.index}`;
  if (text.includes('\t')) return 'holds a tab';
  return text === '' || text.endsWith('\n') ? undefined : 'has no end of its last line';
}

/** Lines at a terminal, or in a log that GitHub or Azure look through. */
function terminalFault({ text, problems }: Output): string | undefined {
  const lines = text.split('\n').slice(0, -1);
  const command = lines.find((line) => /^\s*::|##\w*\[/.test(line));
  if (command !== undefined) return `a command: ${command}`;
  const named = lines.filter((line) => / \[[a-z-]+\]$/.test(line) && !/^ +\d* \| /.test(line)).length;
  if (problems !== undefined && named !== problems) return `${named} lines for ${problems} problems`;
  return lineFault(text);
}

/** Parses a command as GitHub does. */
function githubFault({ text, problems = 0 }: Output): string | undefined {
  const lines = text.split('\n').slice(0, -1);
  if (lines.length !== problems + 1) return `${lines.length} lines for ${problems} problems`;
  for (const line of lines.slice(0, -1)) {
    const [, properties] = /^::(?:error|warning|notice) (.*?)::/s.exec(line) ?? [];
    if (properties === undefined) return `no command: ${line}`;
    const names = properties.split(',').map((property) => property.split('=', 1)[0] ?? '');
    if (names.some((name) => !/^(?:file|line|endLine|col|endColumn|title)$/.test(name)))
      return `a property more: ${line}`;
    if (new Set(names).size < names.length) return `a property twice: ${line}`;
  }
  return /^(?:no problems|[\d, a-z]+) in \d+ resources?$/.test(lines.at(-1) ?? '')
    ? undefined
    : 'another last line';
}

function jsonFault({ text }: Output): string | undefined {
  JSON.parse(text);
  return text.endsWith('}\n') ? undefined : 'is no object';
}

const LABEL = String.raw`"(?:[\p{L}\p{N} .,:=·×/()+#;\u2060-]|<br/>)*"`;
const MERMAID = new RegExp(
  String.raw`^(?:flowchart TB|  acc(?:Title|Descr): [\p{L}\p{N} .,:=·×/()+-]*|  classDef (?:group stroke:#e8710a,stroke-width:3px|absent stroke-dasharray:4)| *(?:end|subgraph \w+\[${LABEL}\]|\w+\[${LABEL}\](?::::(?:group|absent))?|\w+\(\[${LABEL}\]\)(?: --> \w+)?|\w+ -->(?:\|${LABEL}\|)? \w+))$`,
  'u',
);

function mermaidFault({ text }: Output): string | undefined {
  const odd = text
    .split('\n')
    .slice(0, -1)
    .find((line) => !MERMAID.test(line));
  return odd === undefined ? lineFault(text.replaceAll('\u2060', '')) : `an odd line: ${odd}`;
}

/** The elements that are there whatever users write. */
const TAGS: { readonly [reader: string]: RegExp } = {
  markdown: /^(?:h3|p|strong|code|pre|table|thead|tbody|tr|th|td|br|details|summary|ol|ul|li)$/,
  xml: /^(?:svg|title|desc|style|defs|marker|path|rect|text|tspan)$/,
  html: /^(?:html|head|meta|title|style|body|svg|desc|defs|marker|path|rect|text|tspan)$/,
};

const ATTRIBUTES =
  /^(?:align|lang|charset|http-equiv|content|name|xmlns|width|height|viewbox|role|aria-labelledby|id|class|d|x|y|rx|refx|refy|markerwidth|markerheight|orient|text-anchor|marker-end)$/i;

function markupFaults(outputs: readonly Output[]): string[] {
  if (CMARK_GFM.path === undefined) return [];
  const asked = outputs.flatMap(({ what, reader, text }) =>
    reader === 'markdown' || reader === 'xml' || reader === 'html' ? [{ what, kind: reader, text }] : [],
  );
  return outlinesOf(asked.map(({ kind, text }) => ({ kind, text }))).flatMap((outline, index) => {
    const { what = '', kind = '' } = asked[index] ?? {};
    const fault = outlineFault(outline, kind);
    return fault === undefined ? [] : [`${what}: ${fault}`];
  });
}

function outlineFault({ tags, text, refused }: Outline, kind: string): string | undefined {
  if (refused !== undefined) return refused;
  for (const [name, attributes] of tags) {
    if (!TAGS[kind]?.test(name)) return `an element more: ${name}`;
    const odd = Object.keys(attributes).find((attribute) => !ATTRIBUTES.test(attribute));
    if (odd !== undefined) return `an attribute more: ${odd}`;
  }
  const made = kind === 'markdown' ? MADE_OF_TEXT.exec(text) : null;
  return made === null
    ? undefined
    : `would become a link or the like: ${JSON.stringify(text.slice(Math.max(0, made.index - 30), made.index + 30))}`;
}

/** Graphviz finds our nodes, and no others. */
function dotFaults(outputs: readonly Output[]): string[] {
  const input = outputs.map(({ reader, text }) => (reader === 'dot' ? text : '')).join('');
  if (GRAPHVIZ.path === undefined || input === '') return [];
  const { stdout, stderr, status } = spawnSync(GRAPHVIZ.path, ['-Tplain'], { input, encoding: 'utf8' });
  const found = [...stdout.matchAll(/^node (\S+) /gm)].map(([, name]) => name);
  const written = [...input.matchAll(/^ +(\w+) \[label=/gm)].map(([, name]) => name);
  if (status === 0 && found.sort().join() === written.sort().join()) return [];
  return [`graph -o dot: ${stderr || `${found.length} nodes, not ${written.length}`}`];
}
