import { entryOf, follow, type MapNode, type Node } from '../yaml/index.ts';

/** Whether a kind is one of lists of resources, by the name, as kustomize tells: `List`, `TiKVGroupList`. */
export function isAnyList(kind: string): boolean {
  return kind.endsWith('List');
}

/** The resources in a list; undefined if it has none, like a resource whose kind only happens to end in List. */
export function listedIn(list: MapNode): readonly Node[] | undefined {
  const items = entryOf(list, 'items')?.value;
  const target = items && follow(items);
  return target?.type === 'seq' ? target.items : undefined;
}

/** Tells which maps stand for the resources in them, instead of being one. */
export class Lists {
  private readonly known = new Map<Node, boolean>();

  /** `reads` says which resources a caller wants to know more of. */
  constructor(private readonly reads: (apiVersion: string, kind: string) => boolean) {}

  /**
   * Whether a map is a `v1` List, a list of a kind that is read, or any other that contains such a resource: kubectl
   * and kustomize treat them all as their contents. Other lists are copied unchanged, which has the same effect.
   */
  isList(root: MapNode): boolean {
    const kind = textIn(root, 'kind');
    if (!isAnyList(kind)) return false;
    const apiVersion = textIn(root, 'apiVersion');
    if (kind === 'ResourceList' || (kind === 'List' && apiVersion === 'v1')) return true;
    return this.reads(apiVersion, kind.slice(0, -'List'.length)) || this.holds(root);
  }

  private holds(list: MapNode): boolean {
    const known = this.known.get(list);
    if (known !== undefined) return known;
    const found = (listedIn(list) ?? []).map(follow).some((node) => node.type === 'map' && this.isRead(node));
    this.known.set(list, found);
    return found;
  }

  private isRead(node: MapNode): boolean {
    return this.reads(textIn(node, 'apiVersion'), textIn(node, 'kind')) || this.isList(node);
  }
}

function textIn(map: MapNode, key: string): string {
  const value = entryOf(map, key)?.value;
  const node = value && follow(value);
  return node?.type === 'scalar' ? node.text : '';
}
