import { isMap, type MapValue, type Value } from '../../../src/yaml/index.ts';
import { blockScalar, isLiteral } from './block-scalar.ts';
import type { Choices } from './choices.ts';
import { isPlain, jsonString, type Room, styledScalar } from './scalar.ts';

/** What a YAML writer may use besides plain block style. */
export interface Liberties {
  readonly flow: boolean;
  readonly lines: boolean;
  readonly comments: boolean;
  readonly anchors: boolean;
  readonly tags: boolean;
  readonly tabs: boolean;
  readonly indents: boolean;
  /** Quotes, escapes and blocks that are not needed. */
  readonly needless: boolean;
}

const REMARKS = ['why', 'a: "b', "- it's", '[ {', 'kind: TiKVGroup', '&a *b !c', '|', '---'];

/** Writes values as YAML, in a style that the choices select. Every text means the value it was made from. */
export class StyledWriter {
  private readonly anchors = new Map<string, string>();
  private anchorCount = 0;
  /** Whether the text so far ends in a scalar that would absorb blank lines or deeper indentation. */
  private keeps: 'nothing' | 'blanks' | 'lines' = 'nothing';

  constructor(
    readonly choices: Choices,
    readonly liberties: Liberties,
  ) {}

  /** The entries of a map, the first of them without indentation. */
  mapLines(map: MapValue, column: number, entries: readonly [string, Value][] = Object.entries(map)): string {
    return entries
      .map(
        ([key, value], index) =>
          `${index === 0 ? '' : this.between(column)}${this.entry(key, value, column)}`,
      )
      .join('');
  }

  entry(key: string, value: Value, column: number): string {
    const isLong = this.liberties.tags && this.choices.once(20);
    const name =
      isPlain(key) && !(this.liberties.needless && this.choices.once(8))
        ? key
        : styledScalar(key, this.choices, undefined);
    if (!isLong) return `${name}:${this.afterKey(value, column)}`;
    return `? ${name}\n${' '.repeat(column)}:${this.afterKey(value, column)}`;
  }

  /** Comments and blank lines, then the indentation of what comes next. */
  between(column: number): string {
    let text = '';
    const { choices } = this;
    if (this.liberties.comments && this.keeps !== 'lines') {
      while (choices.once(10)) text += this.keeps === 'blanks' ? '\n' : choices.oneOf('\n', '   \n');
    }
    if (this.liberties.comments) {
      while (choices.once(8)) text += `${' '.repeat(choices.oneOf(column, 0))}# ${this.remark()}\n`;
    }
    this.keeps = 'nothing';
    return text + ' '.repeat(column);
  }

  private remark(): string {
    return REMARKS[this.choices.below(REMARKS.length)] ?? '';
  }

  /** What ends a line. */
  private end(): string {
    this.keeps = 'nothing';
    const { choices, liberties } = this;
    if (liberties.comments && choices.once(8)) {
      return `${liberties.tabs ? choices.oneOf(' ', '\t', '  ') : ' '}# ${this.remark()}\n`;
    }
    return choices.once(16) ? ' \n' : '\n';
  }

  private gap(): string {
    if (this.liberties.tabs && this.choices.once(6)) return '\t';
    return this.choices.once(16) ? '   ' : ' ';
  }

  /** What follows the colon of a key in that column. */
  private afterKey(value: Value, column: number): string {
    const properties = this.properties(value);
    if (!isCollection(value) || this.isInline(value)) return this.inline(value, column, properties);
    const { choices } = this;
    const most = this.liberties.indents;
    const deeper = Array.isArray(value)
      ? choices.oneOf(0, 2, ...(most ? [1, 4] : []))
      : 2 + (most ? choices.oneOf(0, 2, 1, 6) : 0);
    const head = `${properties}${this.end()}${this.between(column + deeper)}`;
    return head + this.collection(value, column + deeper);
  }

  private collection(value: Value[] | MapValue, column: number): string {
    return Array.isArray(value) ? this.seqLines(value, column) : this.mapLines(value, column);
  }

  /** The items of a list, the first dash without indentation. */
  seqLines(items: readonly Value[], column: number): string {
    return items
      .map((item, index) => `${index === 0 ? '' : this.between(column)}-${this.afterDash(item, column)}`)
      .join('');
  }

  private afterDash(value: Value, column: number): string {
    const properties = this.properties(value);
    if (!isCollection(value) || this.isInline(value)) return this.inline(value, column, properties);
    const spaces = this.liberties.indents ? this.choices.oneOf(1, 3, 2, 1) : 1;
    const inner = column + 1 + spaces;
    const isCompact = properties === '' && !this.choices.once(12);
    if (isCompact) return ' '.repeat(spaces) + this.collection(value, inner);
    return `${properties}${this.end()}${this.between(inner)}${this.collection(value, inner)}`;
  }

  /** A value that begins on the line of its key or dash, with the space before it and the line's end. */
  private inline(value: Value, column: number, properties: string): string {
    if (
      typeof value === 'string' &&
      isLiteral(value) &&
      (value.includes('\n') || (this.liberties.needless && this.choices.once(10)))
    ) {
      if (!this.choices.once(6) && !/^\*/.test(properties.trim())) {
        const block = blockScalar(value, column, this.choices);
        this.keeps = block.keeps ? 'lines' : 'blanks';
        return `${properties}${this.gap()}${block.text}`;
      }
    }
    if (properties.trim().startsWith('*')) return properties + this.end();
    if (value === null && properties === '' && this.choices.once(3)) return this.end();
    const room = this.liberties.lines ? { indent: Math.max(column, 0) + 1 } : undefined;
    const text = isCollection(value) ? this.flow(value, room) : styledScalar(value, this.choices, room);
    return `${properties}${this.gap()}${text}${this.end()}`;
  }

  private isInline(value: Value[] | MapValue): boolean {
    if (Object.keys(value).length === 0 || this.isAlias) return true;
    return this.liberties.flow && this.choices.once(5);
  }

  private isAlias = false;

  /** Anchor and tag of a value, or the alias that stands for it, with a space before each. */
  private properties(value: Value): string {
    this.isAlias = false;
    const { choices, liberties } = this;
    let text = '';
    if (liberties.anchors && typeof value !== 'boolean') {
      const known = this.anchors.get(identityOf(value));
      if (known !== undefined && choices.once(2)) {
        this.isAlias = true;
        return ` *${known}`;
      }
      if (choices.once(isCollection(value) ? 4 : 12)) {
        const name = `a${this.anchorCount++}`;
        this.anchors.set(identityOf(value), name);
        text += ` &${name}`;
      }
    }
    if (liberties.tags && choices.once(10)) text += tagOf(value);
    return text;
  }

  private flow(value: Value, room: Room): string {
    if (!isCollection(value)) return styledScalar(value, this.choices, room);
    const parts = Array.isArray(value)
      ? value.map((item) => this.flowItem(item, room))
      : Object.entries(value).map(([key, item]) => `${this.flowKey(key)}${this.flowItem(item, room)}`);
    const trailing = parts.length > 0 && this.choices.once(8) ? `,${this.space(room)}` : this.space(room);
    const inner = parts.map((part) => this.space(room) + part).join(`${this.space(undefined)},`) + trailing;
    return Array.isArray(value) ? `[${inner}]` : `{${inner}}`;
  }

  private flowKey(key: string): string {
    const isBare = isPlain(key) && !/[#*&!|>%@'"]/.test(key) && !this.choices.once(5);
    const name = isBare ? key : jsonString(key);
    return isBare || !this.choices.once(4) ? `${name}: ` : `${name}:`;
  }

  private flowItem(value: Value, room: Room): string {
    const properties = this.properties(value).trimStart();
    if (properties.startsWith('*')) return `${properties} `;
    return `${properties}${properties === '' ? '' : ' '}${this.flow(value, room)}`;
  }

  private space(room: Room): string {
    const { choices, liberties } = this;
    if (room === undefined || !choices.once(8)) return choices.oneOf(' ', '', ' ');
    const comment = liberties.comments && choices.once(3) ? ` # ${this.remark()}` : '';
    return `${comment}\n${' '.repeat(room.indent + choices.below(4))}`;
  }
}

function isCollection(value: Value): value is Value[] | MapValue {
  return Array.isArray(value) || isMap(value);
}

function identityOf(value: Value): string {
  return JSON.stringify(value, (_, inner: unknown) => (typeof inner === 'bigint' ? `${inner}n` : inner));
}

function tagOf(value: Value): string {
  if (typeof value === 'string') return ' !!str';
  if (Array.isArray(value)) return ' !!seq';
  return isMap(value) ? ' !!map' : '';
}
