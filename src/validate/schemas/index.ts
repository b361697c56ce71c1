/**
 * What schemas that others wrote say of resources that are not this project's: CustomResourceDefinitions, which are
 * checked as the API server does it, and JSON Schemas. Loads a validator, so it is imported where there are schemas only.
 */
export { checkBySchemas } from './check.ts';
export { isDefinition } from './definition.ts';
export { Schemas } from './schemas.ts';
