import { isMap, type MapValue, setOwn } from '../yaml/index.ts';

/** The metadata of a resource; empty if it has none. */
export function metadataOf(object: MapValue): MapValue {
  return isMap(object.metadata) ? object.metadata : {};
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
