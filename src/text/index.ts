/** Text for people: characters that nobody sees and how they are shown instead, counts, lists. */
export { counted } from './counted.ts';
export { listed } from './listed.ts';
export { escapeOf, UNSEEN } from './unseen.ts';
export { visible } from './visible.ts';
