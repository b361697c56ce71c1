import { type Item, metadataOf } from '../list/index.ts';
import { inFile, type Origin, type Path, type Problems } from '../problem/index.ts';
import type { MapValue } from '../yaml/index.ts';

/** A resource that would be rendered, and where somebody asks for it. */
export interface Offer {
  readonly resource: MapValue;
  readonly origin: Origin;
  readonly path: Path;
}

/** A user's own resource that does what an offered one would. */
export interface Existing {
  readonly item: Item;
  /** What it does, as a message goes on behind its name: `makes the Secret "hot-tikv-cluster-secret"`. */
  readonly does: string;
}

/** The offers that nothing of a user's takes the place of. Of each other one, a message names what does. */
export function withoutExisting<O extends Offer>(
  offers: readonly O[],
  existing: (offer: O) => Existing | undefined,
  problems: Problems,
): O[] {
  return offers.filter((offer) => {
    const found = existing(offer);
    if (found === undefined) return true;
    reportExisting(offer, found, problems);
    return false;
  });
}

function reportExisting(
  { resource, origin, path }: Offer,
  { item, does }: Existing,
  problems: Problems,
): void {
  // Most kinds are never read, but a message wants the line.
  if (!item.isRead) item.readQuickly();
  const where = inFile(item.locate(['metadata', 'name'], 'value'));
  const message = `the ${String(resource.kind)} "${String(metadataOf(resource).name)}" is not rendered, because the ${item.kind} "${item.name}"${where} ${does}; keep that one, or remove it to have this one rendered`;
  problems.add('already-there', origin, path, message);
}
