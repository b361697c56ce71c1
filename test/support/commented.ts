import { Document, isCollection, isMap, isPair, isScalar, isSeq, type Node, visit } from 'yaml';
import type { MapValue } from '../../src/yaml/index.ts';

/** Configs, and what an earlier render added to a monitor. */
const GOING: readonly unknown[] = ['config', 'clusters', 'annotations'];

/** As people write it: some of it in flow style, with comments. A comment that may get lost says so. */
export function commented(resource: MapValue, random: readonly number[]): string {
  const document = new Document(resource, { version: '1.1' });
  let step = 0;
  const next = () => random[step++ % random.length] ?? 0;
  visit(document, {
    Node: (key, node, path) => {
      if (isCollection(node) && next() === 0 && !holdsLines(node)) node.flow = true;
      if ([...path, node].some((one) => isCollection(one) && one.flow === true)) return;
      const place = path.some(mayGo) ? ', may go' : '';
      if (key === 'key' && !beginsItem(path) && next() > 6)
        node.commentBefore = ` before${place} ${resource.kind} ${step}`;
      if (key !== 'key' && isScalar(node) && next() > 6)
        node.comment = ` behind${place} ${resource.kind} ${step}`;
    },
  });
  return document.toString({ lineWidth: 0 });
}

/** Whether it holds a text of several lines: in flow style, kpt writes some of these so that no reader accepts them. */
function holdsLines(node: Node): boolean {
  let found = false;
  visit(node, {
    Scalar: (_, { value }) => {
      found ||= typeof value === 'string' && value.includes('\n');
    },
  });
  return found;
}

function mayGo(node: unknown): boolean {
  return isPair(node) && isScalar(node.key) && GOING.includes(node.key.value);
}

/** Whether the key is the first of a list item: kpt repeats comments there, whatever a function does. */
function beginsItem(path: readonly unknown[]): boolean {
  const [list, map, pair] = path.slice(-3);
  return isSeq(list) && isMap(map) && map.items[0] === pair;
}

/** The comments of a text that `commented` has made, except those that may get lost. */
export function commentsIn(text = ''): string[] {
  return [...text.matchAll(/# ((?:behind|before) \w+ \d+)$/gm)].map(([, comment = '']) => comment).sort();
}
