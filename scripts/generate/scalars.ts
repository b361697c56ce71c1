import type { Schema } from '../../src/api/schema.ts';

export function integer(format: 'int32' | 'int64'): Schema {
  return { type: 'integer', format };
}

const labels: Schema = {
  type: 'object',
  additionalProperties: { type: 'string', format: 'label-value' },
  propertyNames: { format: 'label-key' },
};

const annotations: Schema = {
  type: 'object',
  additionalProperties: { type: 'string' },
  propertyNames: { format: 'annotation-key' },
};

const quantity: Schema = { type: ['string', 'number'], format: 'quantity', minimum: 0 };

/** Rules that TypeScript cannot express, by the name of the type in `src/api` or in `kubernetes.txt`. */
export const SCALARS: { [name: string]: Schema } = {
  labels,
  annotations,
  quantity,
  port: { type: ['integer', 'string'], format: 'port', minimum: 1, maximum: 65535 },
  'port-or-none': { type: ['integer', 'string'], format: 'port', minimum: 0, maximum: 65535 },
  Labels: labels,
  Annotations: annotations,
  Amount: quantity,
  Quantity: quantity,
  Config: { type: ['object', 'string'], additionalProperties: true },
};
