/** What characters do to those who read a text: which of them nobody sees, and how they are shown instead. */
export { escapeOf, UNSEEN } from './unseen.ts';
export { visible } from './visible.ts';
