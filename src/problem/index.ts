/** Problems: their codes, and what each carries. Every other room may import this one. */
export { CODES, type Code, type Severity } from './codes.ts';
export { Field } from './field.ts';
export {
  formatPath,
  inFile,
  type Message,
  NOWHERE,
  type Origin,
  type Part,
  type Path,
  type Place,
  type Problem,
  Problems,
  type ResourceId,
  type Spot,
  type Style,
  type Subject,
} from './problem.ts';
