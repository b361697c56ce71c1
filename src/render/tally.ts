import { digest } from '../expand/index.ts';
import type { Delivery } from '../gitops/index.ts';
import { type Item, metadataOf } from '../list/index.ts';
import type { Origin } from '../problem/index.ts';
import { markOf, roleOf } from './generated.ts';

/** The resources of a group, by their role. */
interface Part {
  readonly kind: string;
  readonly name: string;
  /** The groups as `GENERATED_BY` names them. */
  readonly mark: string;
}

/**
 * The number of resources, and a digest of what each is to its groups: what a TidbCluster says about the resources of
 * its groups. Namespaces and contents are left out, and so are the names of ConfigMaps: layers above the function, and
 * every change of a config, may change those.
 */
export function tallyOf(parts: readonly Part[]): string {
  if (parts.length === 0) return '';
  const lines = parts.map(({ kind, name, mark }) => `${mark} ${roleOf(kind, name)}`);
  return `${parts.length}-${digest(lines.sort().join('\n'))}`;
}

/** Collects the resources rendered from the groups of each TidbCluster. */
export class Tallies {
  private readonly parts = new Map<Origin, Part[]>();

  add({ groups, cluster, resources }: Delivery): void {
    const parts = this.parts.get(cluster.origin) ?? [];
    const mark = groups.map(markOf).join(',');
    for (const resource of resources) {
      parts.push({ kind: String(resource.kind), name: String(metadataOf(resource).name), mark });
    }
    this.parts.set(cluster.origin, parts);
  }

  of(cluster: Item): string {
    return tallyOf(this.parts.get(cluster) ?? []);
  }
}
