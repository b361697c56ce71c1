/** A cluster with its groups: servers, where they run, what they request, who talks to whom. */

export type { ServerLayer } from '../components/index.ts';
export type {
  Cluster,
  Difference,
  Labels,
  Layer,
  Link,
  Placement,
  Port,
  Quantities,
  ServerComponent,
  Servers,
  Service,
  System,
  Total,
  Volume,
} from './system.ts';
export { sumOf, systemOf } from './system-of.ts';
