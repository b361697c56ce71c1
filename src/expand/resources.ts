import type { Amounts, Resources } from '../api/index.ts';
import type { MapValue } from '../yaml/index.ts';
import { copyList, fields, unlessEmpty } from './copy.ts';

/** A container's resources. The API keeps `storage` beside them, which is the volume's and not the container's. */
export function containerResources({ limits, requests, claims }: Resources): MapValue | undefined {
  return unlessEmpty(
    fields({
      limits: withoutStorage(limits),
      requests: withoutStorage(requests),
      claims: unlessEmpty(copyList(claims)),
    }),
  );
}

function withoutStorage(amounts: Amounts | undefined): MapValue | undefined {
  const entries = Object.entries(amounts ?? {}).filter(([name]) => name !== 'storage');
  return unlessEmpty(fields(Object.fromEntries(entries)));
}
