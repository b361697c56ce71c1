import { type ItemList, metadataOf } from '../../src/list/index.ts';
import type { Problems } from '../../src/problem/index.ts';

/** Where kustomize reads how to start a function. */
const FUNCTION = 'config.kubernetes.io/function';

/**
 * Reports a function that is given nothing but its own config, as kustomize does with one under `generators`, to which it
 * never gives resources: the build would come out with its groups as they are.
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
