import {
  type MapValue,
  type Node,
  readBlock,
  sameValue,
  setOwn,
  toValue,
  type Value,
} from '../yaml/index.ts';
import { indented } from './literal-block.ts';
import { headOf, writeMap, writeSeq } from './write.ts';

/** What is to be written: values, some of them with the lines in which they were written before. */
export type Draft = Value | Taken | Commented | Fields | readonly Draft[];

/** A map to be written, in the order of its keys. */
export type Fields = ReadonlyMap<string, Draft>;

/** A value from another text, whose comments come along where its lines can be taken over. */
export class Taken {
  constructor(
    readonly value: Value,
    /** The last step of where it stood: what its lines begin with. */
    readonly step: string | number,
    /** Its lines at the left edge, with the comments above them. */
    readonly lines: () => string | undefined,
  ) {}
}

/** A value of its own below comments that were written elsewhere, each a line. */
class Commented {
  constructor(
    readonly draft: Draft,
    readonly comments: string,
  ) {}
}

export function commented(draft: Draft, comments: string): Draft {
  return comments === '' ? draft : new Commented(draft, comments);
}

function isFields(draft: Draft): draft is Fields {
  return draft instanceof Map;
}

function isList(draft: Draft): draft is readonly Draft[] {
  return Array.isArray(draft);
}

/** The entries that have a value. */
export function fieldsOf(entries: { readonly [key: string]: Draft | undefined }): Fields {
  const fields = new Map<string, Draft>();
  for (const [key, draft] of Object.entries(entries)) if (draft !== undefined) fields.set(key, draft);
  return fields;
}

export function draftValue(draft: Draft): Value {
  if (draft instanceof Taken) return draft.value;
  if (draft instanceof Commented) return draftValue(draft.draft);
  if (isList(draft)) return draft.map(draftValue);
  if (!isFields(draft)) return draft;
  const map: MapValue = {};
  for (const [key, inner] of draft) setOwn(map, key, draftValue(inner));
  return map;
}

/** A draft as block YAML, as `writeMap` writes what has no lines of its own. Ends with a newline. */
export function writeDraft(fields: Fields, indent = 0): string {
  let text = '';
  for (const [key, draft] of fields) text += entryText(key, draft, indent);
  return text;
}

function entryText(key: string, draft: Draft, indent: number): string {
  const pad = ' '.repeat(indent);
  if (draft instanceof Commented)
    return `${indented(draft.comments, pad)}${entryText(key, draft.draft, indent)}`;
  if (draft instanceof Taken) {
    const lines = linesAs(key, draft);
    if (lines !== undefined) return indented(lines, pad);
  }
  if (isFields(draft) && draft.size > 0) return `${pad}${headOf(key, pad)}\n${writeDraft(draft, indent + 2)}`;
  if (isList(draft) && draft.length > 0) {
    return `${pad}${headOf(key, pad)}\n${draft.map((item) => itemText(item, indent)).join('')}`;
  }
  const map: MapValue = {};
  setOwn(map, key, draftValue(draft));
  return writeMap(map, indent, 2, pad);
}

function itemText(draft: Draft, indent: number): string {
  const pad = ' '.repeat(indent);
  if (draft instanceof Taken) {
    const lines = draft.lines();
    if (lines !== undefined && isAs('item', `item:\n${lines}`, [draft.value])) return indented(lines, pad);
  }
  if (isFields(draft) && draft.size > 0) {
    // Comments above its first entry are about the item.
    const text = writeDraft(draft, 0);
    const comments = commentsAbove(text);
    const inner = indented(text.slice(comments.length), `${pad}  `);
    return `${indented(comments, pad)}${pad}- ${inner.slice(indent + 2)}`;
  }
  return writeSeq([draftValue(draft)], indent);
}

/** The lines with another key; undefined where they do not say what is to be written. */
function linesAs(key: string, { value, step, lines }: Taken): string | undefined {
  const text = lines();
  if (text === undefined) return undefined;
  const start = commentsAbove(text).length;
  const old = [String(step), JSON.stringify(step), `'${step}'`].find((written) =>
    text.startsWith(`${written}:`, start),
  );
  if (old === undefined) return undefined;
  const renamed = `${text.slice(0, start)}${headOf(key, '')}${text.slice(start + old.length + 1)}`;
  return isAs(key, renamed, value) ? renamed : undefined;
}

function isAs(key: string, text: string, value: Value): boolean {
  const node = readBlock(text);
  const map: MapValue = {};
  setOwn(map, key, value);
  return node !== undefined && sameValue(toValue(node), map);
}

function commentsAbove(lines: string): string {
  return /^(?:#.*\n)*/.exec(lines)?.[0] ?? '';
}

/** The comments in lines that were taken from a text: those above a key or a dash, and the one behind it or its value. */
export function commentsIn(written: string | undefined): string {
  if (!written?.includes('#')) return '';
  const lines = written.replaceAll('\r\n', '\n');
  const above = commentsAbove(lines);
  const node = readBlock(lines);
  const { start, value } = (node && firstIn(node)) ?? {};
  if (start === undefined || value === undefined) return above;
  const eol = lines.indexOf('\n', start);
  const from = value.end <= eol ? Math.max(value.end, start) : start;
  const [, behind] = /^:?[ \t]+(#.*)$/.exec(lines.slice(from, eol)) ?? [];
  return behind === undefined ? above : `${above}${behind}\n`;
}

/** The first value of a map or a list, and where what announces it ends: a key, or a dash. */
function firstIn(node: Node): { readonly start: number; readonly value: Node } | undefined {
  const [entry] = node.type === 'map' ? node.entries : [];
  if (entry !== undefined) return { start: entry.keyEnd, value: entry.value };
  const [dash, item] = node.type === 'seq' ? [node.dashes[0], node.items[0]] : [];
  return dash === undefined || item === undefined ? undefined : { start: dash + 1, value: item };
}
