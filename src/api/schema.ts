import type { Fields } from './fields.ts';

/** The part of JSON Schema (draft 7) that the API needs. All code that reads a schema reads only this part. */
export interface Schema {
  $ref?: string;
  type?: SchemaType | SchemaType[];
  description?: string;
  default?: string | number | boolean;
  const?: string;
  enum?: string[];
  format?: string;
  minimum?: number;
  maximum?: number;
  minLength?: number;
  properties?: { [name: string]: Schema };
  required?: string[];
  additionalProperties?: boolean | Schema;
  propertyNames?: Schema;
  minProperties?: number;
  maxProperties?: number;
  items?: Schema;
  minItems?: number;
  maxItems?: number;
  /** Set on what Kubernetes defines: newer versions of it may have more fields. */
  'x-kubernetes'?: true;
  /** The fields of such a type that Kubernetes stores even when they are empty; it drops all other empty ones. */
  'x-kept-empty'?: string[];
  /** The fields of such a type that are newer than TiDB Operator v1.6, which does not know them in a TidbCluster. */
  'x-newer'?: string[];
}

/** A schema as a run reads it: a definition has `fields`, and no `properties`. */
export interface Rules extends Schema {
  readonly fields?: Fields;
}

export type SchemaType = 'string' | 'integer' | 'number' | 'boolean' | 'object' | 'array';

export type Definitions = { [name: string]: Schema };

const REF = '#/definitions/';

export function refTo(name: string): string {
  return REF + name;
}

/** The name of the definition that a `$ref` points at. */
export function refName(ref: string): string {
  return ref.slice(REF.length);
}
