/** Items by their keys, each in the order in which it was found. */
export { allBy, firstBy } from './by-key.ts';
