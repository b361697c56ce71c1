/**
 * Checks other resources against schemas that others wrote: CustomResourceDefinitions, as the API server does, and JSON
 * Schemas. Loads a validator, so import it only if there are schemas.
 */
export { checkBySchemas } from './check.ts';
export { isDefinition } from './definition.ts';
export { Schemas } from './schemas.ts';
