import { inspect } from 'node:util';
import {
  type Document,
  isAlias,
  isMap,
  isPair,
  isScalar,
  isSeq,
  type Node as Other,
  parseAllDocuments,
} from 'yaml';
import { BrokenYaml } from '../../src/yaml/broken-yaml.ts';
import type { Node } from '../../src/yaml/node.ts';
import { readDocuments } from '../../src/yaml/read-events.ts';
import { plainKey, resolvePlain } from '../../src/yaml/scalar.ts';
import { isTooLarge } from '../../src/yaml/to-value.ts';
import { Found } from './check.ts';

/** Maps as their entries in order, all scalars as texts. */
type Shape = string | readonly Shape[] | { readonly entries: readonly (readonly [string, Shape])[] };

/** If the careful reader and an independent parser both accept a text, they must find the same structure. */
export async function checkStructure(text: string): Promise<void> {
  // The other parser does not treat a lone carriage return as a line break.
  if (/\r(?!\n)/.test(text)) return;
  // Go's reader, and ours, add no line break to the last line of a block; others do.
  const whole = text.endsWith('\n') ? text : `${text}\n`;
  const documents = parseAllDocuments(whole, {
    schema: 'failsafe',
    uniqueKeys: false,
    logLevel: 'silent',
    strict: true,
  });
  if (!Array.isArray(documents) || documents.some(({ errors }) => errors.length > 0)) return;
  const ours = readable(whole);
  if (ours === undefined || ours.some(isTooLarge)) return;
  const theirs = documents.filter(({ contents }) => !isEmpty(contents));
  // Nobody writes empty keys, and parsers disagree about them.
  if (/^[ -]*:(?:\s|$)/m.test(text)) return;
  const [one, two] = [
    ours.map((root) => rootOf(shapeOf(root))),
    theirs.map((document) => rootOf(otherShape(document.contents, document))),
  ].map((shapes) => inspect(shapes, { depth: 40, maxArrayLength: null, maxStringLength: null }));
  if (one !== two) throw new Found('the structure is another', `${one}\n${two}`);
}

/** A document that is only a scalar is not a resource. js-yaml reads `|1` as `|0` there. */
function rootOf(shape: Shape): Shape {
  return typeof shape === 'string' ? 'a text' : shape;
}

/** Undefined if the text is refused: then nothing is lost. */
function readable(text: string): Node[] | undefined {
  try {
    return readDocuments(text);
  } catch (error) {
    if (error instanceof BrokenYaml) return undefined;
    throw error;
  }
}

function isEmpty(contents: Other | null): boolean {
  return (
    contents === null ||
    // A tag without a value is an empty string.
    (isScalar(contents) &&
      contents.tag === undefined &&
      contents.type === 'PLAIN' &&
      resolvePlain(contents.source ?? '') === null)
  );
}

function shapeOf(node: Node): Shape {
  switch (node.type) {
    case 'scalar':
      return node.text;
    case 'alias':
      return shapeOf(node.target);
    case 'seq':
      return node.items.map(shapeOf);
    case 'map':
      return { entries: node.entries.map(({ key, value }) => [key, shapeOf(value)]) };
  }
}

function otherShape(node: unknown, document: Document.Parsed): Shape {
  if (isAlias(node)) return otherShape(node.resolve(document), document);
  if (isSeq(node)) return node.items.map((item) => otherShape(item, document));
  if (isMap(node)) {
    const pairs = node.items.filter(isPair);
    return {
      entries: pairs.map(({ key, value }) => [keyOf(key, document), otherShape(value, document)]),
    };
  }
  return isScalar(node) ? String(node.value ?? '') : '';
}

function keyOf(key: unknown, document: Document.Parsed): string {
  const target = isAlias(key) ? key.resolve(document) : key;
  const text = otherShape(target, document);
  if (typeof text !== 'string') return '?';
  return isScalar(target) && target.type === 'PLAIN' && target.tag === undefined ? plainKey(text) : text;
}
