import type { GroupOutput } from '../../api/index.ts';
import type { Item } from '../../list/index.ts';
import { Field, type Problems } from '../../problem/index.ts';
import { listed } from '../../text/index.ts';
import { isMap, type Value } from '../../yaml/index.ts';
import { show } from '../structure/show.ts';
import { componentOf } from './group-of.ts';
import type { Joined } from './together.ts';

/**
 * Kinds that are or create a Secret: Secret itself, cert-manager's Certificate, ExternalSecret, SealedSecret and so on.
 * Each names the Secret in its own way; it is enough that the name occurs.
 */
export const SECRET_SOURCES = /(?:Secret|Certificate)$/;

/** With TLS each group needs its own certificates, in Secrets that nothing creates automatically. */
export function checkSecrets(
  groups: readonly Joined[],
  items: readonly Item[],
  output: GroupOutput,
  problems: Problems,
): void {
  let there: Set<string> | undefined;
  for (const joined of groups) {
    const wanted = secretsOf(joined, output);
    if (wanted.length === 0) continue;
    there ??= namesOf(items);
    const known = there;
    const { namespace } = joined.group.origin.id;
    const missing = wanted.filter((name) => !known.has(`${namespace}/${name}`) && !known.has(`/${name}`));
    if (missing.length === 0) continue;
    const owner = joined.cluster.object.spec.tlsCluster?.enabled ? 'the TidbCluster' : 'the group';
    const [secrets, none, they] =
      missing.length > 1
        ? ['Secrets', 'creates one of them', 'they exist']
        : ['Secret', 'creates one of that name', 'it exists'];
    const message = `the pods need the ${secrets} ${listed(missing.map(show))}, because ${owner} has TLS on, and no resource here is or ${none}; make sure that ${they} in the namespace before the pods start`;
    new Field(joined.group.origin, problems, ['metadata', 'name']).say('secret-not-found', message);
  }
}

/** The Secrets that the pods of a group mount, and what runs them asks PD with. */
function secretsOf({ group, cluster }: Joined, output: GroupOutput): string[] {
  const { object, origin } = group;
  const clusterTls = cluster.object.spec.tlsCluster?.enabled ?? false;
  const needs = { clusterTls, asksPD: output === 'TidbCluster' };
  return componentOf(group).group.secrets(origin.id.name, object.spec, needs);
}

/** What is or makes a Secret mentions its name, which is all that can be told of kinds from elsewhere. */
function namesOf(items: readonly Item[]): Set<string> {
  const names = new Set<string>();
  for (const item of items) {
    if (!SECRET_SOURCES.test(item.kind)) continue;
    names.add(`${item.namespace}/${item.name}`);
    if (item.kind !== 'Secret') for (const name of mentionedIn(item)) names.add(`${item.namespace}/${name}`);
  }
  return names;
}

function mentionedIn(item: Item): readonly string[] {
  if (item.isRead) return textsIn(item.object);
  if (!item.mentions('-secret')) return [];
  const words = item.text().match(/[\w.-]+/g) ?? [];
  return words.filter((word) => word.length > '-secret'.length && word.endsWith('-secret'));
}

function textsIn(value: Value): string[] {
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) return value.flatMap(textsIn);
  return isMap(value) ? Object.values(value).flatMap(textsIn) : [];
}
