import { type Event, parseEvents, YAMLException } from 'js-yaml';
import { BrokenYaml } from './broken-yaml.ts';
import { gapsInFlow } from './flow-lines.ts';
import type { Gap } from './flow-node.ts';
import { checkMemory } from './memory.ts';
import { withoutTabs } from './tabs.ts';

/** Deeper than any resource, shallow enough for the stack. */
const MAX_DEPTH = 500;

export interface Parsed {
  readonly events: Event[];
  /** Where lines in brackets or quotes were joined: each must turn out to be within some. */
  readonly joined: readonly Gap[];
}

/**
 * js-yaml's events. Like Go's readers, and unlike js-yaml, it takes tabs between tokens, and lines in brackets or quotes
 * that are not indented. Offsets are those of the text.
 */
export function eventsOf(source: string): Parsed {
  checkMemory(source);
  const text = withoutTabs(source);
  try {
    return { events: parseEvents(text, { maxDepth: MAX_DEPTH }), joined: [] };
  } catch (error) {
    if (!(error instanceof YAMLException)) throw error;
    const joined = error.reason === 'deficient indentation' ? gapsInFlow(text) : [];
    if (joined.length === 0) throw brokenBy(error);
    return { events: eventsOfJoined(text, joined), joined };
  }
}

function eventsOfJoined(text: string, gaps: readonly Gap[]): Event[] {
  let joined = '';
  let at = 0;
  for (const { start, end } of gaps) {
    joined += text.slice(at, start) + ' '.repeat(end - start);
    at = end;
  }
  try {
    return parseEvents(joined + text.slice(at), { maxDepth: MAX_DEPTH });
  } catch (error) {
    throw error instanceof YAMLException ? brokenBy(error) : error;
  }
}

function brokenBy({ reason, mark }: YAMLException): BrokenYaml {
  const said = reason.startsWith('nesting exceeded') ? `nested deeper than ${MAX_DEPTH} levels` : reason;
  return new BrokenYaml(said, mark?.position ?? 0);
}
