/** Text for people: invisible characters and how they are shown, counts, lists. */
export { counted } from './counted.ts';
export { listed } from './listed.ts';
export { shortened, show } from './show.ts';
export { eachUnseen, escapeOf, hasUnseen } from './unseen.ts';
export { visible } from './visible.ts';
