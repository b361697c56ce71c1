import { type Event, parseEvents, YAMLException } from 'js-yaml';
import { BrokenYaml } from './broken-yaml.ts';
import { checkMemory } from './memory.ts';
import { withoutTabs } from './tabs.ts';

/** Deeper than any resource, shallow enough for the stack. */
const MAX_DEPTH = 500;

/** Each line that is not indented as the specification wants it is one more try; so many characters are read again. */
const MAX_READ_AGAIN = 20_000_000;

/**
 * js-yaml's events. Like Go's readers, and unlike js-yaml, it takes tabs between tokens, and lines in brackets or quotes
 * that are not indented. Offsets are those of the text.
 */
export function eventsOf(source: string): Event[] {
  checkMemory(source);
  let text = withoutTabs(source);
  for (let readAgain = 0; ; ) {
    try {
      return parseEvents(text, { maxDepth: MAX_DEPTH });
    } catch (error) {
      if (!(error instanceof YAMLException)) throw error;
      const offset = error.mark?.position ?? 0;
      const next = error.reason === 'deficient indentation' ? withLineJoined(text, offset) : undefined;
      readAgain += offset;
      if (next === undefined || readAgain > MAX_READ_AGAIN) throw new BrokenYaml(reasonOf(error), offset);
      text = next;
    }
  }
}

function reasonOf({ reason }: YAMLException): string {
  return reason.startsWith('nesting exceeded') ? `nested deeper than ${MAX_DEPTH} levels` : reason;
}

/** The text with spaces for the line break before the line of an offset, and for the comment that would swallow it. */
function withLineJoined(text: string, offset: number): string | undefined {
  const line = text.lastIndexOf('\n', offset - 1) + 1;
  if (line === 0 || !/^ *$/.test(text.slice(line, offset))) return undefined;
  const before = text.lastIndexOf('\n', line - 2) + 1;
  const head = text.slice(before, line).replace(/\r?\n$/, '');
  const comment = /(?<=^|[ \t])#.*$/s.exec(head)?.index ?? head.length;
  // It may be none, within quotes: but then they must not end in it.
  if (/["']/.test(head.slice(comment))) return undefined;
  const blank = ' '.repeat(line - before - comment);
  return text.slice(0, before) + head.slice(0, comment) + blank + text.slice(line);
}
