/** A lock on stores that does not depend on who applies what in which order. */
export { admissionPolicy } from './policy.ts';
