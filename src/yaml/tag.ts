import type { DocumentDirective } from 'js-yaml';
import { resolvePlain } from './scalar.ts';
import { Float, type Value } from './value.ts';

const CORE = 'tag:yaml.org,2002:';

/** What the shorthands of tags stand for in a document. */
export class TagHandles {
  private readonly prefixes = new Map<string, string>([['!!', CORE]]);

  constructor(directives: readonly DocumentDirective[]) {
    for (const directive of directives) {
      if (directive.kind === 'tag') this.prefixes.set(directive.handle, directive.prefix);
    }
  }

  /** The whole name of a tag; '' of none. */
  resolve(tag: string): string {
    if (tag === '') return '';
    if (tag.startsWith('!<')) return tag.slice(2, -1);
    const end = tag.indexOf('!', 1) + 1;
    const handle = tag.slice(0, end || 1);
    return (this.prefixes.get(handle) ?? handle) + tag.slice(handle.length);
  }
}

/** The value of a scalar with a tag, as go-yaml has it: with a tag that it does not know, text. */
export function taggedValue(tag: string, text: string, plain: boolean): Value {
  switch (tag) {
    case '':
      return plain ? resolvePlain(text) : text;
    case `${CORE}binary`:
      return Buffer.from(text, 'base64').toString('utf8');
    case `${CORE}int`:
    case `${CORE}bool`:
    case `${CORE}null`:
      return resolvePlain(text);
    case `${CORE}float`: {
      const value = resolvePlain(text);
      return typeof value === 'number' || typeof value === 'bigint' ? new Float(Number(value)) : value;
    }
    default:
      return text;
  }
}

export function isMergeTag(tag: string): boolean {
  return tag === '' || tag === `${CORE}merge`;
}
