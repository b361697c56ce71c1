import { INDEX, PATH } from '../krm/index.ts';
import type { Origin, Part, Path, Place, ResourceId, Spot, Style } from '../problem/index.ts';
import {
  duplicateKeys,
  find,
  isMap,
  type MapValue,
  NO_SOURCE,
  type Node,
  readBlock,
  resolvePlain,
  type Source,
  shifted,
  toValue,
} from '../yaml/index.ts';
import { type Edit, editedText, editedValue, linesOf, writeFlow, writeMap } from '../yaml-write/index.ts';
import { repeatedNames } from './identify.ts';
import { Locator } from './locator.ts';
import { annotationIn, annotationOf, annotationsOf, idOf } from './metadata.ts';

/** How an item stands in its source: behind a dash, in brackets, or as a document of its own. */
export type Form = 'block' | 'flow' | 'document';

/**
 * One resource of a list. Its bytes stay where they are; it is read only when asked for more than its kind.
 */
export class Item implements Origin {
  apiVersion = '';
  kind = '';
  name = '';
  namespace = '';
  private root: Node | undefined;
  /** What the offsets of `root` count in excess; taken off when somebody looks at them. */
  private base = 0;
  private value: MapValue | undefined;
  private locator: Locator | undefined;
  /** Whether it holds an alias of an anchor that stands in another item. */
  leansOnOthers = false;

  constructor(
    readonly source: Source,
    readonly form: Form,
    /** The whole lines of a block item or document, the brackets of a flow item. */
    readonly start: number,
    readonly end: number,
    /** Offset of a block item's dash. */
    readonly dash: number,
    /** Column of its keys; -1 in flow style. */
    readonly column: number,
    /** Position among the documents of its file or the items of its list. */
    readonly index: number,
  ) {}

  /** An item that stands in no text: for resources that come as values. */
  static of(object: MapValue): Item {
    const item = new Item(NO_SOURCE, 'document', 0, 0, -1, 0, -1);
    item.value = object;
    return Object.assign(item, idOf(object));
  }

  get id(): ResourceId {
    return { apiVersion: this.apiVersion, kind: this.kind, name: this.name, namespace: this.namespace };
  }

  /** Its text, the dash of a block item read as a space: so it is YAML by itself, with unchanged offsets. */
  text(): string {
    const text = this.source.text(this.start, this.end);
    if (this.form !== 'block') return text;
    const dash = text.indexOf('-');
    return `${text.slice(0, dash)} ${text.slice(dash + 1)}`;
  }

  get isRead(): boolean {
    return this.root !== undefined || this.value !== undefined;
  }

  /** Reads the quick way; false where the text needs the careful one. */
  readQuickly(): boolean {
    this.root ??= this.form === 'flow' ? undefined : readBlock(this.text());
    return this.root !== undefined;
  }

  /** Whether a text of ASCII stands anywhere in it. */
  mentions(text: string): boolean {
    return this.source.holds(text, this.start, this.end);
  }

  /** Takes a node that was read elsewhere; its offsets are those of the item's text plus `base`. */
  adopt(root: Node, base = 0): void {
    this.root = root;
    this.base = base;
    this.value = undefined;
  }

  /** What it says. Empty if it is no map. */
  get object(): MapValue {
    if (this.value !== undefined) return this.value;
    if (this.root === undefined) return {};
    const value = toValue(this.root);
    this.value = isMap(value) ? value : {};
    return this.value;
  }

  /** Its node, with offsets that count from the start of its text. */
  get node(): Node | undefined {
    if (this.root !== undefined && this.base > 0) {
      this.root = shifted(this.root, -this.base);
      this.base = 0;
    }
    return this.root;
  }

  locate(path: Path, part: Part, spot?: Spot): Place {
    const annotations = this.annotations();
    const file = this.source.name ?? annotations[PATH];
    const written = annotations[INDEX];
    const index = this.source.name === undefined && written !== undefined ? Number(written) : undefined;
    const place: Place = { ...(file !== undefined && { file }), ...(index !== undefined && { index }) };
    if (this.source.name === undefined || this.node === undefined) return place;
    // Whoever has one problem may have thousands: the text is taken off its source once.
    this.locator ??= new Locator(this.source, this.start, this.end, this.text());
    return { ...place, ...this.locator.extent(this.node, path, part, spot) };
  }

  /** A scalar's text as written, without quotes. */
  written(path: Path): string | undefined {
    if (this.node === undefined) return undefined;
    const { node, depth } = find(this.node, path);
    return depth === path.length && node.type === 'scalar' ? node.text : undefined;
  }

  styleOf(path: Path): Style | undefined {
    if (this.node === undefined) return undefined;
    const { node, depth } = find(this.node, path);
    if (depth < path.length || node.type === 'alias') return undefined;
    if (node.type !== 'scalar') return node.flow ? 'flow' : undefined;
    const isTagged = typeof node.value === 'string' && typeof resolvePlain(node.text) !== 'string';
    return node.plain && isTagged ? 'tagged' : undefined;
  }

  /**
   * The lines of an entry in block style, its key included and the comments right above it, with no indentation;
   * undefined if it stands in another way.
   */
  linesOf(path: Path): string | undefined {
    return this.node === undefined ? undefined : linesOf(this.node, this.text(), path);
  }

  /** The paths of keys that it holds twice. */
  duplicateKeys(): Path[] {
    const paths: Path[] = [];
    if (this.node !== undefined) duplicateKeys(this.node, (path) => paths.push(path));
    return paths;
  }

  /** The same of the keys by which it is known. */
  duplicateNames(): Path[] {
    return this.node === undefined ? [] : repeatedNames(this.node);
  }

  /** One annotation, without reading more than it takes. */
  annotation(key: string): string | undefined {
    if (this.root === undefined || this.value !== undefined) return annotationOf(this.object, key);
    return annotationIn(this.root, key);
  }

  annotations(): Record<string, string> {
    return annotationsOf(this.object);
  }

  /** The item with the edits made, in the form and place it has. */
  edited(edits: readonly Edit[]): string {
    const text = this.leansOnOthers ? undefined : this.editedText(edits);
    return text === undefined ? this.rewritten(this.editedObject(edits)) : this.withDash(text);
  }

  /** Its text with the edits made; undefined if the text does not allow one in place. */
  editedText(edits: readonly Edit[]): string | undefined {
    return editedText(this.text(), this.node, this.source, edits);
  }

  editedObject(edits: readonly Edit[]): MapValue {
    return editedValue(this.object, edits);
  }

  /** The item with other contents, in the form and place it has. */
  rewritten(value: MapValue): string {
    if (this.form === 'flow') return writeFlow(value);
    return this.withDash(writeMap(value, this.column, 2, ' '.repeat(this.column)));
  }

  private withDash(text: string): string {
    const column = this.dashColumn();
    return this.form === 'block' ? `${text.slice(0, column)}-${text.slice(column + 1)}` : text;
  }

  dashColumn(): number {
    return this.dash - this.start;
  }
}
