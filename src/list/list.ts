import type { MapValue, Source } from '../yaml/index.ts';
import type { Item } from './item.ts';

/**
 * A list of resources as it came in. `form` says how its items stand in the source: behind dashes, in brackets,
 * as documents of a stream, or not at all in a usable way (`values`: written again from what they say).
 */
export interface ItemList {
  readonly source: Source;
  readonly form: 'block' | 'flow' | 'documents' | 'values';
  readonly items: readonly Item[];
  readonly functionConfig?: Item;
  /** The whole lines of an existing `results`, in block style. */
  readonly results?: { readonly start: number; readonly end: number };
  /** Where another key of the list can be added, in block style; the end of the source where it is not given. */
  readonly tail?: { readonly at: number; readonly column: number };
  /** Of `values`: what the list says besides its items. */
  readonly others?: MapValue;
  /** Of a list in flow style: the closing bracket of the list itself. */
  readonly close?: number;
}

/** Which resources a caller will want to know more of than their kind. */
export interface Interest {
  /** Read in full. So is every list, as such resources may stand in it. */
  reads(apiVersion: string, kind: string): boolean;
  /** Read as far as name and namespace. */
  names(apiVersion: string, kind: string): boolean;
  /** Resources that hold one of these texts are read in full, whatever their kind. */
  readonly markers: readonly string[];
}
