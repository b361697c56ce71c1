import type { Float, MapValue } from '../yaml/index.ts';

/**
 * Scalars with a rule of their own. The tags become JSON Schema keywords; `src/validate` checks the formats.
 */

/**
 * @asType integer
 * @format int32
 */
export type Int32 = number;

/**
 * @asType integer
 * @format int64
 */
export type Int64 = number;

/**
 * @asType integer
 */
export type Integer = number;

/** An amount with an optional suffix, such as `500m`, `2`, `1.5Gi`. Written as a string or as a number. */
export type Amount = string | number | bigint | Float;

/** Amounts by resource name: `cpu`, `memory`, `storage`, `ephemeral-storage`, or an extended resource. */
export type Amounts = { [resource: string]: Amount };

/**
 * @format quantity
 */
export type QuantityText = string;

/**
 * @format duration
 */
export type Duration = string;

/**
 * @format image
 */
export type Image = string;

/**
 * @format cidr
 */
export type CIDR = string;

/**
 * @format ip
 */
export type IP = string;

/**
 * @format cluster-ip
 */
export type ClusterIP = string;

/**
 * @format dns-label
 */
export type DNSLabel = string;

/**
 * @format dns-name
 */
export type DNSName = string;

/**
 * @format label-key
 */
export type LabelKey = string;

/**
 * @format label-value
 */
export type LabelValue = string;

/**
 * @format image-name
 */
export type ImageName = string;

/**
 * @format tag
 */
export type Tag = string;

/**
 * @format qualified-name
 */
export type QualifiedName = string;

/** Labels: keys and values as Kubernetes allows them. */
export type Labels = { [key: string]: string };

/** Annotations: keys as for labels, any text as value. */
export type Annotations = { [key: string]: string };

/** A server's own configuration: TOML text, or the same as a map. */
export type Config = string | MapValue;
