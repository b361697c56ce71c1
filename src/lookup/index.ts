/** Items by their keys, each in the order in which it was found. */
export { allBy, firstBy } from './by-key.ts';
export { Having, type OneOf, Wanting } from './by-name.ts';
