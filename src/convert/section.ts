import { canonicalQuantity } from '../api/index.ts';
import { withoutNulls } from '../expand/index.ts';
import type { Item } from '../list/index.ts';
import type { Path } from '../problem/index.ts';
import {
  Float,
  isMap,
  type MapValue,
  type Node,
  setOwn,
  type Value,
  valueAt,
  wholeOf,
} from '../yaml/index.ts';
import { commentsIn, Taken } from '../yaml-write/draft.ts';
import { commentsOf, linesOf } from '../yaml-write/index.ts';

/** The text of each item, which most of its fields are taken from. */
const TEXTS = new WeakMap<Item, string>();

/** A part of a resource that settings are taken from: its spec, or a section of that. */
export class Section {
  constructor(
    readonly item: Item,
    readonly path: Path,
  ) {}

  /** What is written; undefined where it is null, or an empty text or list, which all mean "not written". */
  value(...path: Path): Value | undefined {
    const value = this.written(...path);
    const isEmpty = value === null || value === '' || (Array.isArray(value) && value.length === 0);
    return isEmpty ? undefined : value;
  }

  /** The same where an empty text says something, as it does of a storage class. */
  written(...path: Path): Value | undefined {
    return valueAt(this.item.object, ...this.path, ...path);
  }

  /** The value with the lines that it was written in. */
  take(...path: Path): Taken | undefined {
    const value = this.value(...path);
    return value === undefined ? undefined : this.as(path, value);
  }

  /** Something else in the place of what is written; its lines count where they say the same. */
  as(path: Path, value: Value): Taken {
    const [step = ''] = path.slice(-1);
    return new Taken(plain(withoutNulls(value)), step, () => this.linesOf(...path));
  }

  /** The keys of a map that have a value. */
  keys(...path: Path): string[] {
    const map = this.value(...path);
    return isMap(map) ? Object.keys(map).filter((key) => this.value(...path, key) !== undefined) : [];
  }

  /** The comments above a field, and behind its key. */
  comments(...path: Path): string {
    return commentsIn(this.linesOf(...path));
  }

  /** All comments of a field: above it, in its lines, and below the last of them. */
  commentsWithin(...path: Path): string[] {
    const { node, text } = this.read() ?? {};
    return node === undefined || text === undefined ? [] : commentsOf(node, text, [...this.path, ...path]);
  }

  private linesOf(...path: Path): string | undefined {
    const { node, text } = this.read() ?? {};
    return node === undefined || text === undefined
      ? undefined
      : linesOf(node, text, [...this.path, ...path]);
  }

  /** The text of the resource, and what the reader made of it; undefined where others' text is a part of it. */
  private read(): { readonly node: Node; readonly text: string } | undefined {
    const { item } = this;
    if (item.node === undefined || item.leansOnOthers) return undefined;
    const text = TEXTS.get(item) ?? item.text();
    TEXTS.set(item, text);
    return { node: item.node, text };
  }
}

/** Numbers as a CustomResourceDefinition takes them: integers of 64 bits, and any others as quantities, which are texts. */
function plain(value: Value): Value {
  if (typeof value === 'bigint') return BigInt.asIntN(64, value) === value ? value : String(value);
  if (value instanceof Float) return wholeOf(value) ?? canonicalQuantity(value);
  if (Array.isArray(value)) return value.map(plain);
  if (!isMap(value)) return value;
  const map: MapValue = {};
  for (const [key, inner] of Object.entries(value)) setOwn(map, key, plain(inner));
  return map;
}
