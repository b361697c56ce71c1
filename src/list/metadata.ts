import type { ResourceId } from '../problem/index.ts';
import { find, isMap, type MapValue, type Node, setOwn, type Value } from '../yaml/index.ts';

/** The metadata of a resource; empty if it has none. */
export function metadataOf(object: MapValue): MapValue {
  return isMap(object.metadata) ? object.metadata : {};
}

/** What a resource is called, as far as that is text. */
export function idOf(object: MapValue): ResourceId {
  const { name, namespace } = metadataOf(object);
  return {
    apiVersion: textOr(object.apiVersion),
    kind: textOr(object.kind),
    name: textOr(name),
    namespace: textOr(namespace),
  };
}

function textOr(value: Value | undefined): string {
  return typeof value === 'string' ? value : '';
}

/** The annotations that are texts. */
export function annotationsOf(object: MapValue): Record<string, string> {
  const { annotations = null } = metadataOf(object);
  const texts: Record<string, string> = {};
  if (!isMap(annotations)) return texts;
  for (const key of Object.keys(annotations)) {
    const value = annotations[key];
    if (typeof value === 'string') setOwn(texts, key, value);
  }
  return texts;
}

/** One annotation, if it is a text. */
export function annotationOf(object: MapValue, key: string): string | undefined {
  const { annotations = null } = metadataOf(object);
  const text = isMap(annotations) && Object.hasOwn(annotations, key) ? annotations[key] : undefined;
  return typeof text === 'string' ? text : undefined;
}

/** The same of a resource that is not read into a value yet. */
export function annotationIn(root: Node, key: string): string | undefined {
  const path = ['metadata', 'annotations', key];
  const { node, depth } = find(root, path);
  const isText = depth === path.length && node.type === 'scalar' && typeof node.value === 'string';
  return isText ? node.text : undefined;
}

/** The resource with more annotations, which count instead of those that it has. */
export function withAnnotations(object: MapValue, added: MapValue): MapValue {
  if (Object.keys(added).length === 0) return object;
  const metadata = metadataOf(object);
  const annotations: MapValue = {};
  for (const source of [metadata.annotations, added]) {
    if (isMap(source)) for (const key of Object.keys(source)) setOwn(annotations, key, source[key] ?? null);
  }
  return { ...object, metadata: { ...metadata, annotations } };
}
