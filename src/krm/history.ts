import { type Annotated, INTERNAL } from './annotations.ts';

/**
 * What kustomize did to a resource's name and namespace before it called the function. It keeps a record in
 * annotations, one entry a change, and takes them off after the build.
 */
export interface History {
  readonly previousNames: readonly string[];
  readonly previousNamespaces: readonly string[];
  /** Prefixes and suffixes added, as one text: equal for resources that went through the same layers. */
  readonly affixes: string;
}

export function historyOf(item: Annotated): History {
  const annotations = item.annotations();
  const read = (key: string): string => annotations[INTERNAL + key] ?? '';
  return {
    previousNames: read('previousNames').split(',').filter(Boolean),
    previousNamespaces: read('previousNamespaces').split(','),
    affixes: `${read('prefixes')}|${read('suffixes')}`,
  };
}
