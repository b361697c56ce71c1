import { parseAllDocuments } from 'yaml';
import { isMap, type MapValue, type Value } from '../../src/yaml/index.ts';

/**
 * Reads a stream by another parser than the project's own, as readers of YAML 1.1 do (kubectl, kustomize, Argo CD) or
 * as readers of YAML 1.2 do (kpt). Whole numbers are bigints.
 */
export function readYaml(text: string, version: '1.1' | '1.2' = '1.1'): MapValue[] {
  const documents = parseAllDocuments(text, { version, intAsBigInt: true, uniqueKeys: false });
  return documents.map((document) => {
    const [error] = document.errors;
    if (error !== undefined) throw error;
    const value: Value = document.toJS();
    if (!isMap(value)) throw new Error(`no resource: ${document}`);
    return value;
  });
}

/** The value at a path; undefined if there is none. A step into a list is an index, or the name of an item. */
export function at(value: Value | undefined, ...path: readonly (string | number)[]): Value | undefined {
  return path.reduce<Value | undefined>(step, value);
}

function step(value: Value | undefined, key: string | number): Value | undefined {
  if (isMap(value)) return Object.hasOwn(value, key) ? value[key] : undefined;
  if (!Array.isArray(value)) return undefined;
  return typeof key === 'number' ? value[key] : value.find((item) => isMap(item) && item.name === key);
}

/** `StatefulSet db/hot-tikv`, or `Job db/hot-tikv-drain` of a Job whose name ends in a digest. */
export function titleOf(resource: MapValue): string {
  const namespace = at(resource, 'metadata', 'namespace');
  const name = String(at(resource, 'metadata', 'name'));
  const stem = resource.kind === 'Job' ? name.replace(/(?<=-drain)-[0-9a-f]{7}$/, '') : name;
  return `${resource.kind} ${namespace === undefined ? '' : `${namespace}/`}${stem}`;
}

/** The resource of that title. */
export function find(resources: readonly MapValue[], title: string): MapValue {
  const found = resources.filter((resource) => titleOf(resource) === title);
  const [resource] = found;
  if (resource === undefined || found.length > 1) {
    throw new Error(`${found.length} of ${title} among ${resources.map(titleOf).join(', ')}`);
  }
  return resource;
}
