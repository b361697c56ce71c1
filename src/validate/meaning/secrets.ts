import type { GroupOutput } from '../../api/index.ts';
import { isOwn } from '../../existing/index.ts';
import type { Item } from '../../list/index.ts';
import { Field, type Problems } from '../../problem/index.ts';
import { listed } from '../../text/index.ts';
import { isMap, textAt, type Value } from '../../yaml/index.ts';
import { show } from '../structure/show.ts';
import { componentOf } from './group-of.ts';
import type { Joined } from './together.ts';

/**
 * Kinds that are or create a Secret: Secret itself, cert-manager's Certificate, ExternalSecret, SealedSecret and so on.
 * Each names the Secret in its own way; it is enough that the name occurs. A PushSecret takes one elsewhere.
 */
export const SECRET_SOURCES = /^(?!(?:Cluster)?PushSecret$).*(?:Secret|Certificate)$/;

/**
 * With TLS each group needs its own certificates, in Secrets that nothing creates automatically; `made` are those that the
 * render has Certificates for, as `namespace/name`.
 */
export function checkSecrets(
  groups: readonly Joined[],
  items: readonly Item[],
  output: GroupOutput,
  made: ReadonlySet<string>,
  problems: Problems,
): void {
  let there: ReadonlyMap<string, Item> | undefined;
  for (const joined of groups) {
    const wanted = secretsOf(joined, output);
    if (wanted.length === 0) continue;
    there ??= makersOfSecrets(items);
    const known = there;
    const { namespace } = joined.group.origin.id;
    const missing = wanted.filter(
      ({ name }) =>
        !known.has(`${namespace}/${name}`) && !known.has(`/${name}`) && !made.has(`${namespace}/${name}`),
    );
    if (missing.length === 0) continue;
    const owners = [...new Set(missing.map(({ owner }) => owner))];
    const names = missing.map(({ name }) => show(name));
    const reason = `${listed(owners)} ${owners.length > 1 ? 'have' : 'has'} TLS on`;
    const [secrets, none, they] =
      missing.length > 1
        ? ['Secrets', 'creates one of them', 'they exist']
        : ['Secret', 'creates one of that name', 'it exists'];
    const message = `the pods need the ${secrets} ${listed(names)}, because ${reason}, and no resource here is or ${none}; name an issuer of cert-manager in the function config (\`spec.certificates.issuer\`), or make sure that ${they} in the namespace before the pods start`;
    new Field(joined.group.origin, problems, ['metadata', 'name']).say('secret-not-found', message);
  }
}

interface Wanted {
  readonly name: string;
  /** Who has the TLS on that it is for. */
  readonly owner: 'the TidbCluster' | 'the group';
}

/** The Secrets that the pods of a group mount, and what runs them asks PD with. */
function secretsOf({ group, cluster }: Joined, output: GroupOutput): Wanted[] {
  const { object, origin } = group;
  const clusterTls = cluster.object.spec.tlsCluster?.enabled ?? false;
  const asksPD = output === 'TidbCluster';
  const { secrets } = componentOf(group).group;
  // Those that it needs in a cluster without TLS, too, are for its own clients.
  const own = new Set(secrets(origin.id.name, object.spec, { clusterTls: false, asksPD }));
  return secrets(origin.id.name, object.spec, { clusterTls, asksPD }).map((name) => ({
    name,
    owner: own.has(name) ? 'the group' : 'the TidbCluster',
  }));
}

/**
 * What is or makes each Secret, by `namespace/name`: it mentions the name, which is all that can be told of kinds from
 * elsewhere. What an earlier render made is not counted.
 */
export function makersOfSecrets(items: readonly Item[]): ReadonlyMap<string, Item> {
  const makers = new Map<string, Item>();
  const add = (name: string, item: Item) => {
    const key = `${item.namespace}/${name}`;
    if (!makers.has(key)) makers.set(key, item);
  };
  for (const item of items) {
    if (!SECRET_SOURCES.test(item.kind) || !isOwn(item)) continue;
    for (const name of madeBy(item)) add(name, item);
  }
  return makers;
}

function madeBy(item: Item): readonly string[] {
  if (item.kind === 'Secret') return [item.name];
  // A Certificate says which one it makes.
  if (item.kind === 'Certificate' && (item.isRead || item.readQuickly())) {
    const secret = textAt(item.object, 'spec', 'secretName');
    if (secret !== '') return [secret];
  }
  return [item.name, ...mentionedIn(item)];
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
