import { ISSUER_GROUP } from '../certificates/index.ts';
import { ownResources } from '../existing/index.ts';
import { type Item, metadataOf } from '../list/index.ts';
import { allBy } from '../lookup/index.ts';
import { inFile, type Origin, type Problems } from '../problem/index.ts';
import { listed } from '../text/index.ts';
import { type MapValue, textAt } from '../yaml/index.ts';

/** A Certificate, and the resource whose servers mount it. */
interface Signed {
  readonly item: Item;
  readonly resource: MapValue;
}

const KINDS = ['Issuer', 'ClusterIssuer'];

/**
 * Warns of issuers that cannot sign: of the other kind, or in another namespace, than the ones with that name among the
 * resources. Where there is none of that name it is somewhere else; but one `Issuer` in each of several namespaces is more
 * than people expect.
 */
export function reportIssuers(signed: readonly Signed[], items: readonly Item[], problems: Problems): void {
  const all = KINDS.flatMap((kind) => ownResources(items, `${ISSUER_GROUP}/`, kind));
  const byName = allBy(all, ({ name }) => [name]);
  const there = new Set(all.map(({ kind, name, namespace }) => keyOf(kind, name, namespace)));
  const namespaces = new Set(signed.map(({ item }) => item.namespace));
  const reported = new Set<Origin>();
  for (const { item, resource } of signed) {
    const [name, kind] = [
      textAt(resource, 'spec', 'issuerRef', 'name'),
      textAt(resource, 'spec', 'issuerRef', 'kind'),
    ];
    const others = byName.get(name) ?? [];
    const isSure = others.length > 0 || (kind === 'Issuer' && namespaces.size > 1);
    if (reported.has(item) || !isSure || there.has(keyOf(kind, name, item.namespace))) continue;
    reported.add(item);
    const secret = String(metadataOf(resource).name);
    const where = kind === 'Issuer' ? ` in the namespace "${item.namespace}"` : '';
    const found = listed(others.slice(0, MOST_NAMED).map(describe));
    const message = `the Certificate "${secret}" is signed by the ${kind} "${name}"${where}, which is not among the resources${found === '' ? '' : `; there is ${found}`}; an Issuer signs in its own namespace only, and a ClusterIssuer in all: write \`spec.certificates.issuer\` and \`issuerKind\` in the function config as the issuer is`;
    problems.add('issuer-not-found', item, ['metadata', 'name'], message);
  }
}

const MOST_NAMED = 3;

function describe(issuer: Item): string {
  const { kind, name, namespace } = issuer;
  const where = kind === 'Issuer' ? ` in the namespace "${namespace}"` : '';
  if (!issuer.isRead) issuer.readQuickly();
  return `the ${kind} "${name}"${where}${inFile(issuer.locate(['metadata', 'name'], 'value'))}`;
}

function keyOf(kind: string, name: string, namespace: string): string {
  return kind === 'Issuer' ? `${kind} ${namespace}/${name}` : `${kind} ${name}`;
}
