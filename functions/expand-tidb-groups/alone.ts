import { FUNCTION } from '../../src/krm/index.ts';
import { type ItemList, metadataOf } from '../../src/list/index.ts';
import type { Problems } from '../../src/problem/index.ts';

/**
 * Reports a function that gets nothing but its own config. kustomize passes no resources to a function under
 * `generators`, so the build would succeed with its groups unexpanded.
 */
export function checkNotAlone({ items, functionConfig }: ItemList, problems: Problems): void {
  const [item, ...others] = items;
  if (item === undefined || others.length > 0 || functionConfig === undefined) return;
  const { apiVersion, kind, name } = functionConfig;
  if (item.apiVersion !== apiVersion || item.kind !== kind || !(item.isRead || item.readQuickly())) return;
  if (item.annotation(FUNCTION) === undefined || metadataOf(item.object).name !== name) return;
  const message =
    'there are no resources, only the config of this function: under `generators` kustomize passes no resources; list it under `transformers`, in a kustomization that has some';
  problems.add('no-resources', functionConfig, ['kind'], message);
}
