/** A cluster with its groups: servers, where they run, what they request, who talks to whom. */

export type { ServerLayer } from '../components/index.ts';
export {
  type Cluster,
  type Difference,
  LAYERS,
  type Labels,
  type Layer,
  type Link,
  type Placement,
  type Port,
  type Quantities,
  type ServerComponent,
  type Servers,
  type Service,
  type System,
  type Total,
  type Volume,
} from './system.ts';
export { sumOf, systemOf } from './system-of.ts';
