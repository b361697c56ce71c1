import type { Keeps } from './component.ts';

/** What an autoscaler does to servers that keep something: `removes …`. */
export const SCALED_IN: { readonly [keeps in Keeps]?: string } = {
  regions: 'removes stores without moving their data away first',
  columns: 'removes stores without moving their replicas of columns away first',
  quorum: 'removes members without deleting them from the quorum first',
};
