import { BrokenYaml } from './broken-yaml.ts';
import { checkJoined } from './joined.ts';
import { type Node, shifted } from './node.ts';
import { Builder } from './node-builder.ts';
import { eventsOf } from './parse-events.ts';
/**
 * The careful reader: all of YAML, through js-yaml's events, which carry offsets and leave the scalars' text
 * alone. Returns the root node of each document; an empty document has none.
 */
export function readDocuments(source: string): Node[] {
  if (!/^\ufeff? /.test(source)) return documentsOf(source);
  return readIndented(source);
}

function documentsOf(source: string): Node[] {
  const { events, joined } = eventsOf(source);
  const roots = new Builder(source, events).documents();
  checkJoined(source, joined, roots);
  return roots;
}

/**
 * js-yaml does not count the indentation of the first line of a text, so that it takes an indented `---` there for a
 * marker. Of further lines it does: the text is read with a line break in front of it.
 */
function readIndented(source: string): Node[] {
  const first = source.indexOf(' ');
  const below = `${source.slice(0, first)}\n${source.slice(first)}`;
  try {
    const done = new Map<Node, Node>();
    return documentsOf(below).map((root) => shifted(root, -1, done));
  } catch (error) {
    if (error instanceof BrokenYaml) throw new BrokenYaml(error.reason, Math.max(error.offset - 1, 0));
    throw error;
  }
}
