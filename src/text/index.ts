/** Text for people: characters that nobody sees and how they are shown instead, and counts. */
export { counted } from './counted.ts';
export { escapeOf, UNSEEN } from './unseen.ts';
export { visible } from './visible.ts';
