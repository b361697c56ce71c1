import { type MapValue, mapAt, mapsAt, textAt, valueAt } from '../../yaml/index.ts';
import { isPlainMap, type PlainMap, plainOf } from './plain.ts';

/** One version of a kind that a CustomResourceDefinition makes. */
export interface CustomKind {
  readonly apiVersion: string;
  readonly kind: string;
  /** What the API server checks by. */
  readonly schema: PlainMap;
  readonly isServed: boolean;
  /** Whether a status is taken from controllers only, and not from manifests. */
  readonly hasStatus: boolean;
}

export function isDefinition({ apiVersion, kind }: { apiVersion: string; kind: string }): boolean {
  return kind === 'CustomResourceDefinition' && apiVersion.startsWith('apiextensions.k8s.io/');
}

/** The versions of a CustomResourceDefinition. */
export function customKinds(definition: MapValue): CustomKind[] {
  const group = textAt(definition, 'spec', 'group');
  const kind = textAt(definition, 'spec', 'names', 'kind');
  return mapsAt(definition, 'spec', 'versions').map((version) => {
    const schema = plainOf(mapAt(version, 'schema', 'openAPIV3Schema'));
    return {
      apiVersion: `${group}/${textAt(version, 'name')}`,
      kind,
      schema: isPlainMap(schema) ? schema : {},
      isServed: version.served !== false,
      hasStatus: valueAt(version, 'subresources', 'status') !== undefined,
    };
  });
}
