/** What Kubernetes makes of resources: what it stores, what an update keeps, and what it refuses. */
export { asCreated, complete } from './as-created.ts';
export { asUpdated } from './as-updated.ts';
export { type RefusedField, refusedFields } from './refused.ts';
