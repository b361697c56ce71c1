/** What base and groups come to together: servers, where they run, what they need, who talks to whom. */

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
