import type { Path } from '../problem/index.ts';
import {
  type Entry,
  find,
  type MapNode,
  type MapValue,
  type Node,
  ownEntry,
  type SeqNode,
  setOwn,
  type Value,
} from '../yaml/index.ts';
import { aliasedNodes, standsAlone } from './aliased.ts';
import { spliceOfEntries, spliceOfFirstEntries } from './edit-entries.ts';
import { spliceOfFlowCut, spliceOfFlowEntries } from './edit-flow.ts';
import { spliceOfAppended, splicesOfDropped } from './edit-items.ts';
import { flowValue } from './flow-text.ts';
import type { Splice } from './splice.ts';
import { holdsAnchor, spliceOfValue } from './splice-of-value.ts';
import { cutLines } from './whole-lines.ts';
import { writeFlow } from './write.ts';

/** A change of one resource, to the map or list at `path`. Missing maps on the path are added. */
export interface Edit {
  readonly path: Path;
  /** Entries of the map to add, or to give another value. */
  readonly set?: MapValue;
  /** Keys to remove; a map that becomes empty is removed too. */
  readonly remove?: readonly string[];
  /** Items to add to the end of the list. */
  readonly append?: readonly Value[];
  /** Positions of items to remove. */
  readonly drop?: readonly number[];
}

/** An edit that the text does not allow in place, as where an alias stands; the resource is written again then. */
export class NotInPlace extends Error {}

/** The splices that make an edit, touching no other character. `root` must have been read from `text`. */
export function splicesOf(root: Node, text: string, edit: Edit): Splice[] {
  const editor = new Editor(root, text);
  if (edit.set !== undefined) editor.set(edit.path, edit.set);
  if (edit.remove !== undefined) editor.remove(edit.path, edit.remove);
  if (edit.append !== undefined) editor.append(edit.path, edit.append);
  if (edit.drop !== undefined) editor.drop(edit.path, edit.drop);
  return editor.splices;
}

class Editor {
  readonly splices: Splice[] = [];
  private aliased: ReadonlySet<Node> | undefined;

  constructor(
    private readonly root: Node,
    private readonly text: string,
  ) {}

  set(path: Path, values: MapValue): void {
    this.rejectShared(path);
    const { node, entry, depth } = find(this.root, path);
    const rest = path.slice(depth);
    if (node.type === 'map') {
      if (rest.length > 0) this.insert(node, nested(rest, values));
      else this.put(node, values);
    } else if (node.type === 'scalar' && node.value === null && entry !== undefined) {
      this.make(spliceOfFirstEntries(this.text, this.root, entry, nested(rest, values)));
    } else throw new NotInPlace();
  }

  remove(path: Path, keys: readonly string[]): void {
    this.rejectShared(path);
    const { node, depth } = find(this.root, path);
    if (depth < path.length || node.type !== 'map') return;
    const going = node.entries.filter((entry) => keys.includes(entry.key));
    if (node.entries.some(({ merges }) => merges)) throw new NotInPlace();
    if (going.length === 0) return;
    if (node.flow && going.length > 1) throw new NotInPlace();
    if (going.length < node.entries.length || path.length === 0) {
      for (const entry of going) this.cut(node, entry, going);
      return;
    }
    const parent = find(this.root, path.slice(0, -1)).node;
    const key = path[path.length - 1];
    const own = parent.type === 'map' ? parent.entries.filter((entry) => entry.key === key) : [];
    const [entry] = own;
    // A map without entries would not be one any more, and of a key written twice the other would count then.
    if (parent.type !== 'map' || entry === undefined || own.length > 1 || parent.entries.length === 1) {
      throw new NotInPlace();
    }
    this.cut(parent, entry, own);
  }

  append(path: Path, values: readonly Value[]): void {
    this.make(spliceOfAppended(this.text, this.listAt(path), values));
  }

  drop(path: Path, positions: readonly number[]): void {
    const splices = splicesOfDropped(this.text, this.listAt(path), positions);
    if (splices === undefined) throw new NotInPlace();
    for (const { start, end } of splices) this.rejectAliased(start, end);
    this.splices.push(...splices);
  }

  private make(splice: Splice | undefined): void {
    if (splice === undefined) throw new NotInPlace();
    this.splices.push(splice);
  }

  private listAt(path: Path): SeqNode {
    this.rejectShared(path);
    const { node, depth } = find(this.root, path);
    if (depth < path.length || node.type !== 'seq') throw new NotInPlace();
    return node;
  }

  /** A value that is shared with another place cannot change only here. */
  private rejectShared(path: Path): void {
    this.aliased ??= aliasedNodes(this.root, this.text);
    if (!standsAlone(this.root, path, this.aliased)) throw new NotInPlace();
  }

  private rejectAliased(start: number, end: number): void {
    this.aliased ??= aliasedNodes(this.root, this.text);
    for (const node of this.aliased) if (node.start >= start && node.start < end) throw new NotInPlace();
  }

  private put(map: MapNode, values: MapValue): void {
    const added: MapValue = {};
    for (const [key, value] of Object.entries(values)) {
      const entry = ownEntry(map, key);
      if (entry === undefined) setOwn(added, key, value);
      else this.replace(map, entry, value);
    }
    if (Object.keys(added).length > 0) this.insert(map, added);
  }

  private replace(map: MapNode, entry: Entry, value: Value): void {
    const old = entry.value;
    if (old.type === 'scalar' && old.value === value) return;
    if (!map.flow) {
      this.make(spliceOfValue(this.text, entry, value));
      return;
    }
    if (holdsAnchor(this.text, entry)) throw new NotInPlace();
    const written = this.isJson(map) ? writeFlow(value) : flowValue(value);
    const space = old.start === old.end ? ' ' : '';
    this.splices.push({ start: old.start, end: old.end, text: space + written });
  }

  private insert(map: MapNode, values: MapValue): void {
    if (map.flow) this.insertFlow(map, values);
    else this.make(spliceOfEntries(this.text, this.root, map, values));
  }

  private insertFlow(map: MapNode, values: MapValue): void {
    this.rejectPair(map);
    this.splices.push(spliceOfFlowEntries(map, values, this.isJson(map)));
  }

  private cut(map: MapNode, entry: Entry, going: readonly Entry[]): void {
    this.rejectAliased(entry.keyStart, entry.value.end);
    if (map.flow) {
      this.rejectPair(map);
      this.splices.push(spliceOfFlowCut(map, entry));
      return;
    }
    const above = map.entries.slice(0, map.entries.indexOf(entry)).findLast((one) => !going.includes(one));
    this.make(cutLines(this.text, entry.keyStart, entry.value.end, above?.value));
  }

  /** A map of one entry without braces, as in `[a: b]`, takes no more and no less. */
  private rejectPair(map: MapNode): void {
    if (this.text[map.start] !== '{') throw new NotInPlace();
  }

  private isJson(map: MapNode): boolean {
    const first = map.entries[0] ?? (this.root.type === 'map' ? this.root.entries[0] : undefined);
    return first !== undefined && this.text[first.keyStart] === '"';
  }
}

function nested(path: Path, values: MapValue): MapValue {
  return path.reduceRight<MapValue>((inner, key) => {
    if (typeof key === 'number') throw new NotInPlace();
    const map: MapValue = {};
    setOwn(map, key, inner);
    return map;
  }, values);
}
