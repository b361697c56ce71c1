import type { Container, TidbCluster, Volume } from '../../api/index.ts';
import { type AnySpec, COMPONENTS, type Component } from '../../components/index.ts';
import type { Item } from '../../list/index.ts';
import { Field, type Problems, type Subject } from '../../problem/index.ts';
import { isMap } from '../../yaml/index.ts';
import { show } from '../structure/show.ts';
import { componentOf, type Group } from './group-of.ts';

/** A key of a ConfigMap that pods need, and the field that names it. */
interface Use {
  readonly name: string;
  readonly key: string;
  readonly namespace: string;
  readonly at: Field;
}

type Spec = AnySpec & { readonly bootstrapSQLConfigMapName?: string };

/** The key of TiDB's initial statements. */
const BOOTSTRAP = 'bootstrap-sql';

/** Pods do not start without a key that they mount or read; reported if the ConfigMap is among the resources. */
export function checkConfigMapKeys(
  clusters: readonly Subject<TidbCluster>[],
  groups: readonly Group[],
  items: readonly Item[],
  problems: Problems,
): void {
  const uses = [
    ...clusters.flatMap(({ object, origin }) =>
      COMPONENTS.flatMap((component) => {
        const { name } = component;
        const spec = object.spec[name];
        const at = new Field(origin, problems, ['spec', name]);
        return spec ? usesIn(component, spec, origin.id.namespace, at) : [];
      }),
    ),
    ...groups.flatMap((group) => {
      const { object, origin } = group;
      const at = new Field(origin, problems, ['spec']);
      return usesIn(componentOf(group), object.spec, origin.id.namespace, at);
    }),
  ];
  if (uses.length === 0) return;
  const wanted = new Map(
    uses.map(({ namespace, name }) => [`${namespace}/${name}`, undefined as Item | undefined]),
  );
  for (const item of items) {
    if (item.kind !== 'ConfigMap') continue;
    const title = `${item.namespace}/${item.name}`;
    if (wanted.has(title)) wanted.set(title, item);
  }
  const written = new Map<Item, ReadonlySet<string>>();
  for (const { namespace, name, key, at } of uses) {
    const item = wanted.get(`${namespace}/${name}`);
    if (item === undefined) continue;
    const keys = written.get(item) ?? keysOf(item);
    written.set(item, keys);
    if (keys.has(key)) continue;
    const message = `must name a ConfigMap with the key ${show(key)}, but ${show(name)} does not have it; the pods would wait for it forever`;
    at.add('key-not-found', message);
  }
}

function usesIn({ leavesOutVolumes }: Component, spec: Spec, namespace: string, at: Field): Use[] {
  const bootstrap = spec.bootstrapSQLConfigMapName;
  const containers = (['additionalContainers', 'initContainers'] as const).flatMap((list) =>
    (spec[list] ?? []).flatMap(({ env }, index) => ofEnv(env, at.to(list, index, 'env'))),
  );
  const volumes = ((!leavesOutVolumes && spec.additionalVolumes) || []).flatMap((volume, index) =>
    ofVolume(volume, at.to('additionalVolumes', index)),
  );
  return [
    ...(bootstrap ? [{ name: bootstrap, key: BOOTSTRAP, at: at.to('bootstrapSQLConfigMapName') }] : []),
    ...ofEnv(spec.env, at.to('env')),
    ...containers,
    ...volumes,
  ].map((use) => ({ ...use, namespace }));
}

type NamedUse = Omit<Use, 'namespace'>;

function ofEnv(env: Container['env'], at: Field): NamedUse[] {
  return (env ?? []).flatMap(({ valueFrom }, index) => {
    const { name, key, optional } = valueFrom?.configMapKeyRef ?? {};
    if (!name || !key || optional) return [];
    return [{ name, key, at: at.to(index, 'valueFrom', 'configMapKeyRef', 'key') }];
  });
}

function ofVolume({ configMap, projected }: Volume, at: Field): NamedUse[] {
  const sources = [
    { source: configMap, place: at.to('configMap') },
    ...(projected?.sources ?? []).map((one, index) => ({
      source: one.configMap,
      place: at.to('projected', 'sources', index, 'configMap'),
    })),
  ];
  return sources.flatMap(({ source, place }) => {
    const { name, items, optional } = source ?? {};
    if (!name || optional) return [];
    return (items ?? []).map(({ key }, index) => ({ name, key, at: place.to('items', index, 'key') }));
  });
}

/** Of a resource that was not parsed, whatever its text has before a colon. */
function keysOf(item: Item): ReadonlySet<string> {
  if (item.isRead) {
    const { data, binaryData } = item.object;
    return new Set([data, binaryData].flatMap((map) => (isMap(map) ? Object.keys(map) : [])));
  }
  const text = item.text();
  const keys = new Set<string>();
  for (let colon = text.indexOf(':'); colon >= 0; colon = text.indexOf(':', colon + 1)) {
    const key = keyBefore(text, colon);
    if (key !== undefined) keys.add(key);
  }
  return keys;
}

/** What Kubernetes allows in a key; nothing else is one. */
const IN_KEY = /[-.\w]/;
const BEFORE_KEY = /[\s{,"']/;

function keyBefore(text: string, colon: number): string | undefined {
  let end = colon;
  while (end > 0 && /\s/.test(text.charAt(end - 1))) end--;
  if (/["']/.test(text.charAt(end - 1))) end--;
  let start = end;
  while (start > 0 && IN_KEY.test(text.charAt(start - 1))) start--;
  const isKey = start < end && (start === 0 || BEFORE_KEY.test(text.charAt(start - 1)));
  return isKey ? text.slice(start, end) : undefined;
}
