import type { Item } from '../../list/index.ts';
import { valueAt } from '../../yaml/index.ts';
import { type CustomKind, customKinds, isDefinition } from './definition.ts';
import { JsonSchemas } from './json-schemas.ts';
import { asJsonSchema } from './structural.ts';
import { compile, newAjv, type Validator } from './validator.ts';

/** How resources of one version of a kind are checked. */
export type KindCheck =
  | { readonly by: 'definition'; readonly kind: CustomKind; readonly validator: Validator }
  | { readonly by: 'json-schema'; readonly validator: Validator }
  /** A definition makes the kind, in other versions. */
  | { readonly by: 'other-versions'; readonly apiVersions: readonly string[] }
  | { readonly by: 'broken-schema'; readonly item: Item; readonly reason: string };

const JSON_SCHEMA = [
  '$schema',
  'properties',
  'definitions',
  '$ref',
  'x-kubernetes-group-version-kind',
  'allOf',
  'oneOf',
];

/** The schemas that are there, by the kinds that they are for. */
export class Schemas {
  /** By `group kind`. Of one kind, the first definition counts. */
  private readonly custom = new Map<
    string,
    { readonly item: Item; readonly versions: readonly CustomKind[] }
  >();
  private readonly json = new JsonSchemas();
  private readonly known = new Map<string, KindCheck | undefined>();

  /** Takes a document where it is a schema; says whether it is. */
  add(item: Item): boolean {
    if (isDefinition(item)) {
      const versions = customKinds(item.object);
      for (const { apiVersion, kind } of versions.slice(0, 1)) {
        const key = `${groupOf(apiVersion)} ${kind}`;
        if (!this.custom.has(key)) this.custom.set(key, { item, versions });
      }
      return true;
    }
    const isResource = item.apiVersion !== '' && item.kind !== '';
    if (isResource || !JSON_SCHEMA.some((key) => valueAt(item.object, key) !== undefined)) return false;
    this.json.add(item);
    return true;
  }

  /** How resources of a kind are checked; undefined if no schema is for them. */
  of(apiVersion: string, kind: string): KindCheck | undefined {
    const key = `${apiVersion} ${kind}`;
    if (!this.known.has(key)) this.known.set(key, this.find(apiVersion, kind));
    return this.known.get(key);
  }

  private find(apiVersion: string, kind: string): KindCheck | undefined {
    const definition = this.custom.get(`${groupOf(apiVersion)} ${kind}`);
    const version = definition?.versions.find((one) => one.apiVersion === apiVersion && one.isServed);
    if (definition !== undefined && version !== undefined) {
      return attempt(definition.item, () => ({
        by: 'definition',
        kind: version,
        validator: compile(newAjv('kubernetes'), asJsonSchema(version.schema)),
      }));
    }
    const where = this.json.find(apiVersion, kind);
    if (where !== undefined) {
      return attempt(where.file.item, () => ({ by: 'json-schema', validator: this.json.compile(where) }));
    }
    const served = (definition?.versions ?? []).filter(({ isServed }) => isServed);
    return definition && { by: 'other-versions', apiVersions: served.map((one) => one.apiVersion) };
  }
}

function groupOf(apiVersion: string): string {
  return apiVersion.slice(0, Math.max(0, apiVersion.lastIndexOf('/')));
}

function attempt(item: Item, make: () => KindCheck): KindCheck {
  try {
    return make();
  } catch (error) {
    return { by: 'broken-schema', item, reason: error instanceof Error ? error.message : String(error) };
  }
}
