import type { TidbCluster } from '../api/index.ts';
import { COMPONENTS, type Component } from '../components/index.ts';
import { Field, type Problems, type Subject } from '../problem/index.ts';
import { isMap } from '../yaml/index.ts';
import type { WrittenConfig } from './meaning/config-key.ts';
import { componentOf } from './meaning/group-of.ts';
import type { GroupInCluster } from './pods.ts';

/**
 * Adds a warning of keys in configs that their servers do not know, where their keys are known. The lists are loaded only
 * if there are such configs.
 */
export async function checkServerKeys(
  clusters: readonly Subject<TidbCluster>[],
  groups: readonly GroupInCluster[],
  problems: Problems,
): Promise<void> {
  const configs = [
    ...clusters.flatMap((cluster) => clusterConfigs(cluster, problems)),
    ...groups.flatMap(({ group }) => {
      const component = componentOf(group);
      const at = new Field(group.origin, problems, ['spec']);
      return configsOf(component, component.group.as(group.object.spec), 'server', at);
    }),
  ];
  if (configs.length === 0) return;
  const { checkConfigKeys } = await import('./config-keys/index.ts');
  for (const config of configs) checkConfigKeys(config);
}

/** Unknown names in a map are those that the operator drops, which another check reports. */
function clusterConfigs({ object, origin }: Subject<TidbCluster>, problems: Problems): WrittenConfig[] {
  return COMPONENTS.filter(({ listsKeys }) => listsKeys === 'everywhere').flatMap((component) => {
    const at = new Field(origin, problems, ['spec', component.name]);
    return configsOf(component, object.spec, 'operator', at).filter(({ config }) => !isMap(config));
  });
}

function configsOf(
  component: Component,
  spec: TidbCluster['spec'],
  reader: WrittenConfig['reader'],
  at: Field,
): WrittenConfig[] {
  if (component.listsKeys === undefined) return [];
  return component.configs.flatMap((part): WrittenConfig[] => {
    const config = part.in(spec);
    return config ? [{ component, part, config, reader, at: at.to(...part.path) }] : [];
  });
}
