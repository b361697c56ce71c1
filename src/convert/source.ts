import type { GroupComponent, InV2 } from '../components/index.ts';
import type { Section } from './section.ts';

/** What a group of v2 is made of: a group, or a section of a TidbCluster. */
export interface Source {
  readonly component: GroupComponent;
  readonly inV2: InV2;
  /** The resource that it is written in, whose metadata it takes. */
  readonly resource: Section;
  readonly own: Section;
  /** The spec of the TidbCluster whose settings it inherits. */
  readonly cluster: Section;
  readonly isSection: boolean;
  readonly name: string;
  /** '' if none is written. */
  readonly namespace: string;
  readonly clusterName: string;
  /** Whether it is a member of a PD that is there already. */
  readonly joins: boolean;
}
