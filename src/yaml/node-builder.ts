import { COLLECTION_STYLE, EVENT_ID, type Event, SCALAR_STYLE } from 'js-yaml';
import { isExplicit, plainEnd, scalarText } from './as-go-reads.ts';
import { BrokenYaml } from './broken-yaml.ts';
import { isMergeable, keyText } from './key.ts';
import { behindIndicator, nextToken } from './next-token.ts';
import type { AliasNode, Entry, Node, ScalarNode, SeqNode } from './node.ts';
import { readBlockScalar } from './read-block-scalar.ts';
import { MERGE } from './read-line.ts';
import { isMergeTag, TagHandles, taggedValue } from './tag.ts';
import { sizeOf } from './to-value.ts';

type DocumentEvent = Extract<Event, { type: typeof EVENT_ID.DOCUMENT }>;
type ScalarEvent = Extract<Event, { type: typeof EVENT_ID.SCALAR }>;

/** Makes nodes of js-yaml's events. */
export class Builder {
  private at = 0;
  /** End of the last token built: where the text of an open flow collection is looked at for its bracket. */
  private end = 0;
  /** The last key, where it is text that ends with a colon, and no key if it stands alone in a list. */
  private text: ScalarNode | undefined;
  /** How many brackets are open. */
  private flows = 0;
  private anchors = new Map<string, Node>();
  private readonly sizes = new Map<Node, ReturnType<typeof sizeOf>>();
  private tags = new TagHandles([]);

  constructor(
    private readonly source: string,
    private readonly events: Event[],
  ) {}

  documents(): Node[] {
    const roots: Node[] = [];
    while (this.at < this.events.length) {
      const event = this.events[this.at++];
      if (event?.type === EVENT_ID.DOCUMENT) this.document(event, roots);
    }
    return roots;
  }

  private document(event: DocumentEvent, roots: Node[]): void {
    this.anchors = new Map();
    this.tags = new TagHandles(event.directives);
    while (this.at < this.events.length && this.events[this.at]?.type !== EVENT_ID.POP) {
      const node = this.node();
      if (node.type !== 'scalar' || node.value !== null) roots.push(node);
    }
    this.at++;
  }

  private node(): Node {
    const event = this.events[this.at++];
    if (event === undefined) throw new BrokenYaml('unexpected end', this.end);
    switch (event.type) {
      case EVENT_ID.SCALAR:
        return this.anchored(event, this.scalar(event));
      case EVENT_ID.SEQUENCE:
        return this.anchored(event, this.sequence(event));
      case EVENT_ID.MAPPING:
        return this.anchored(event, this.mapping(event));
      case EVENT_ID.ALIAS:
        return this.alias(event);
      default:
        throw new BrokenYaml('unexpected structure', this.end);
    }
  }

  private anchored<T extends Node>(event: { anchorStart: number; anchorEnd: number }, node: T): T {
    if (event.anchorStart >= 0) this.anchors.set(this.source.slice(event.anchorStart, event.anchorEnd), node);
    return node;
  }

  private alias(event: Extract<Event, { type: typeof EVENT_ID.ALIAS }>): AliasNode {
    const name = this.source.slice(event.anchorStart, event.anchorEnd);
    const target = this.anchors.get(name);
    if (target === undefined) throw new BrokenYaml(`unknown anchor "${name}"`, event.anchorStart);
    this.end = event.anchorEnd;
    const size = this.sizes.get(target) ?? sizeOf(target);
    this.sizes.set(target, size);
    const { values, depth } = size;
    return { type: 'alias', start: event.anchorStart - 1, end: event.anchorEnd, target, values, depth };
  }

  private tag(event: { tagStart: number; tagEnd: number }): string {
    return event.tagStart < 0 ? '' : this.tags.resolve(this.source.slice(event.tagStart, event.tagEnd));
  }

  private scalar(event: ScalarEvent): ScalarNode {
    const plain = event.style === SCALAR_STYLE.PLAIN;
    const quote = event.style === SCALAR_STYLE.SINGLE_QUOTED || event.style === SCALAR_STYLE.DOUBLE_QUOTED;
    const tag = this.tag(event);
    if (event.valueStart < 0) {
      const at = Math.max(this.end, event.tagEnd, event.anchorEnd);
      this.end = at;
      return { type: 'scalar', start: at, end: at, plain, value: taggedValue(tag, '', plain), text: '' };
    }
    if (!plain && !quote) return this.blockScalar(event, tag);
    if (plain && this.flows > 0) return this.plainInBrackets(event, tag);
    const text = scalarText(this.source, event);
    // An escape such as `\ud800` makes half of a character, for which UTF-8 has no place.
    if (quote && !text.isWellFormed()) throw new BrokenYaml('half of a character', event.valueStart);
    const start = event.valueStart - (quote ? 1 : 0);
    this.end = event.valueEnd + (quote ? 1 : 0);
    return { type: 'scalar', start, end: this.end, plain, value: taggedValue(tag, text, plain), text };
  }

  private plainInBrackets(event: ScalarEvent, tag: string): ScalarNode {
    const { valueStart: start, valueEnd } = event;
    this.end = plainEnd(this.source, start, valueEnd);
    const text = scalarText(this.source, event) + this.source.slice(valueEnd, this.end);
    return { type: 'scalar', start, end: this.end, plain: true, value: taggedValue(tag, text, true), text };
  }

  private blockScalar(event: ScalarEvent, tag: string): ScalarNode {
    const { start, end, text } = readBlockScalar(this.source, event);
    this.end = end;
    return { type: 'scalar', start, end, plain: false, value: taggedValue(tag, text, false), text };
  }

  private sequence(event: Extract<Event, { type: typeof EVENT_ID.SEQUENCE }>): SeqNode {
    const flow = this.source[event.start] === '[';
    const items: Node[] = [];
    const dashes: number[] = [];
    this.end = event.start + (flow ? 1 : 0);
    if (flow) this.flows++;
    while (this.events[this.at]?.type !== EVENT_ID.POP) {
      if (!flow) {
        const dash = nextToken(this.source, this.end, '-');
        dashes.push(dash);
        this.end = dash + 1;
      }
      items.push(this.node());
    }
    this.at++;
    if (flow) this.end = nextToken(this.source, this.end, ']') + 1;
    if (flow) this.flows--;
    return { type: 'seq', start: event.start, end: this.end, flow, items, dashes };
  }

  private mapping(event: Extract<Event, { type: typeof EVENT_ID.MAPPING }>): Node {
    const flow = event.style === COLLECTION_STYLE.FLOW;
    // A pair in a list, as in `[a: b]`, is a map without braces.
    const braced = flow && this.source[event.start] === '{';
    const entries: Entry[] = [];
    this.end = event.start + (braced ? 1 : 0);
    if (flow) this.flows++;
    while (this.events[this.at]?.type !== EVENT_ID.POP) {
      const entry = this.entry();
      if (!flow) this.checkKey(entry);
      entries.push(entry);
    }
    this.at++;
    if (flow) this.flows--;
    if (braced) this.end = nextToken(this.source, this.end, '}') + 1;
    else if (flow && this.text !== undefined && !isExplicit(this.source, event.start)) return this.text;
    return { type: 'map', start: event.start, end: this.end, flow, entries };
  }

  /** js-yaml looks at this itself, but in a text whose lines may have been joined. */
  private checkKey({ keyStart, keyEnd }: Entry): void {
    if (!this.source.slice(keyStart, keyEnd).includes('\n')) return;
    const before = this.source.slice(Math.max(0, keyStart - 200), keyStart);
    if (/\?\s/.test(before.slice(before.lastIndexOf('\n', before.length - 2) + 1))) return;
    throw new BrokenYaml('a key over several lines', keyStart);
  }

  private entry(): Entry {
    const event = this.events[this.at];
    this.end = behindIndicator(this.source, this.end, '?');
    const node = this.node();
    const keyEnd = this.end;
    // A key in quotes needs no space behind its colon.
    this.end = this.source[keyEnd] === ':' ? keyEnd + 1 : behindIndicator(this.source, keyEnd, ':');
    const value = this.node();
    const isText = node.type === 'scalar' && node.plain && this.source[keyEnd - 1] === ':';
    this.text = isText && value.end === keyEnd ? node : undefined;
    const entry = { key: keyText(node), keyStart: node.start, keyEnd, value };
    const isMerge = node.type === 'scalar' && node.plain && node.text === MERGE && isMergeable(value);
    if (!isMerge || event?.type !== EVENT_ID.SCALAR || !isMergeTag(this.tag(event))) return entry;
    return { ...entry, merges: true };
  }
}
