import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { loadAll, YAML11_SCHEMA } from 'js-yaml';
import { parseAllDocuments } from 'yaml';
import { Float, isMap, type Value } from '../../src/yaml/index.ts';
import { PYYAML, YAML_READERS } from './tools.ts';

/** How a reader reads a text: the values of its non-empty documents, or why it refuses the text. */
export type Answer = { readonly documents: readonly string[] } | { readonly refused: string };

/** The answers of all installed readers, by name. */
export type Answers = ReadonlyMap<string, Answer>;

/**
 * How other programs read texts: kubectl, kustomize, go-yaml, PyYAML, libyaml, js-yaml and yaml. Reads all texts in one
 * run, because a program takes longer to start than to read. Equal values have equal forms.
 */
export function readEverywhere(texts: readonly string[]): Answers[] {
  const others = [...ask(YAML_READERS.path, [], texts), ...ask(PYYAML.path, [PYYAML_SCRIPT], texts)];
  return texts.map((text, index) => {
    const answers = new Map<string, Answer>();
    for (const byText of others) {
      for (const [name, answer] of Object.entries(byText[index] ?? {})) answers.set(name, inOneForm(answer));
    }
    for (const [name, read] of HERE) answers.set(name, readHere(read, text));
    return answers;
  });
}

/** A value in the form of an answer, for readers that tell integers from floats, or for others. */
export function formOf(value: Value, isTyped: boolean): string {
  if (Array.isArray(value)) return `[${value.map((item) => formOf(item, isTyped)).join()}]`;
  if (isMap(value))
    return mapForm(Object.entries(value).map(([key, item]) => [JSON.stringify(key), formOf(item, isTyped)]));
  if (typeof value === 'number' || typeof value === 'bigint')
    return numberForm(String(value), isTyped ? 'int' : '');
  if (value instanceof Float) return numberForm(String(value.value), isTyped ? 'float' : '');
  return JSON.stringify(value);
}

/** Whether a reader distinguishes integers from floats. */
export function isTyped(reader: string): boolean {
  return /go-yaml|PyYAML|libyaml/.test(reader);
}

const PYYAML_SCRIPT = fileURLToPath(new URL('yaml-readers/pyyaml.py', import.meta.url));

type Tagged = { readonly [kind: string]: string } | { readonly map: readonly (readonly [Read, Read])[] };
type Read = null | boolean | string | readonly Read[] | Tagged;
type Raw = { readonly documents?: readonly Read[]; readonly refused?: string };

function ask(
  program: string | undefined,
  args: readonly string[],
  texts: readonly string[],
): { readonly [reader: string]: Raw }[][] {
  if (program === undefined) return [];
  const { status, stdout, stderr } = spawnSync(program, args, {
    input: JSON.stringify(texts),
    encoding: 'utf8',
    maxBuffer: 2 ** 30,
  });
  if (status !== 0) throw new Error(stderr);
  return [JSON.parse(stdout)];
}

function inOneForm({ documents = [], refused }: Raw): Answer {
  return refused === undefined ? { documents: documents.map(readForm) } : { refused };
}

function readForm(read: Read): string {
  if (typeof read !== 'object' || read === null) return JSON.stringify(read);
  if (isList(read)) return `[${read.map(readForm).join()}]`;
  if (isPairs(read)) return mapForm(read.map.map(([key, value]) => [readForm(key), readForm(value)]));
  const [[kind = '', text = ''] = []] = Object.entries(read);
  return /^(?:int|float|number)$/.test(kind)
    ? numberForm(text, kind === 'number' ? '' : kind)
    : `${kind} ${text}`;
}

function isList(read: object): read is readonly Read[] {
  return Array.isArray(read);
}

function isPairs(read: object): read is { readonly map: readonly (readonly [Read, Read])[] } {
  return 'map' in read && Array.isArray(read.map);
}

/** The last of duplicate keys counts, as in Kubernetes. */
function mapForm(entries: readonly (readonly [string, string])[]): string {
  return `{${[...new Map(entries)]
    .map(([key, value]) => `${key}:${value}`)
    .sort()
    .join()}}`;
}

function numberForm(text: string, kind: string): string {
  return kind === 'int' ? `int ${BigInt(text)}` : `${kind} ${Number(text)}`.trimStart();
}

const HERE: readonly (readonly [name: string, read: (text: string) => unknown[]])[] = [
  ['yaml, YAML 1.1', (text) => parsed(text, '1.1')],
  ['yaml, YAML 1.2', (text) => parsed(text, '1.2')],
  ['js-yaml, YAML 1.1', (text) => loadAll(text, { schema: YAML11_SCHEMA })],
  ['js-yaml, YAML 1.2', (text) => loadAll(text)],
];

function parsed(text: string, version: '1.1' | '1.2'): unknown[] {
  return parseAllDocuments(text, { version, merge: false, uniqueKeys: false }).map((document) => {
    const [error] = document.errors;
    if (error !== undefined) throw error;
    // As entries, because some keys are special to JavaScript.
    return document.toJS({ mapAsMap: true });
  });
}

function readHere(read: (text: string) => unknown[], text: string): Answer {
  try {
    return {
      documents: read(text)
        .filter((document) => document !== null)
        .map(hereForm),
    };
  } catch (error) {
    return { refused: String(error) };
  }
}

function hereForm(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(hereForm).join()}]`;
  if (value instanceof Map) return mapForm([...value].map(([key, item]) => [hereForm(key), hereForm(item)]));
  if (typeof value === 'number' || typeof value === 'bigint') return numberForm(String(value), '');
  if (typeof value === 'string' || typeof value === 'boolean' || value === null) return JSON.stringify(value);
  if (typeof value !== 'object') return typeof value;
  if (Object.getPrototypeOf(value) !== Object.prototype) return value.constructor.name;
  return mapForm(Object.entries(value).map(([key, item]) => [JSON.stringify(key), hereForm(item)]));
}
