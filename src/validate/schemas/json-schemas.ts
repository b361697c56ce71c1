import type { Ajv } from 'ajv';
import type { Item } from '../../list/index.ts';
import { type MapValue, mapAt, mapsAt, textAt } from '../../yaml/index.ts';
import { isPlainMap, type PlainMap, plainOf } from './plain.ts';
import { asDraft7, compile, newAjv, type Validator } from './validator.ts';

/** A file with a JSON Schema. */
interface File {
  readonly name: string;
  readonly directory: string;
  readonly item: Item;
}

/** Where the schema of a kind is: a file, or a definition in it. */
interface Where {
  readonly file: File;
  readonly pointer: string;
}

/** JSON Schemas, in files as tools for Kubernetes name them; a file may refer to others in its directory. */
export class JsonSchemas {
  /** By directory and by name; what is given twice counts once. */
  private readonly files = new Map<string, Map<string, File>>();
  /** By directory: the files of each. */
  private readonly ajvs = new Map<string, Ajv>();
  /** By `apiVersion kind`. */
  private readonly kinds = new Map<string, Where>();
  /** By the name of the file, without its ending and in lower case. */
  private readonly names = new Map<string, File[]>();

  add(item: Item): void {
    const parts = (item.source.name ?? '').split('/');
    const name = parts.pop() ?? '';
    const file = { name, directory: parts.join('/'), item };
    const inDirectory = this.files.get(file.directory) ?? new Map<string, File>();
    if (inDirectory.has(name)) return;
    this.files.set(file.directory, inDirectory.set(name, file));
    this.addKinds(item.object, { file, pointer: '' });
    for (const [key, definition] of Object.entries(mapAt(item.object, 'definitions')))
      this.addKinds(mapAt(definition), { file, pointer: `#/definitions/${escaped(key)}` });
    const plain = name.replace(/\.(?:json|ya?ml)$/i, '').toLowerCase();
    this.names.set(plain, [...(this.names.get(plain) ?? []), file]);
  }

  /** Where the schema of a kind is, by what the schemas say or by the names of their files. */
  find(apiVersion: string, kind: string): Where | undefined {
    const said = this.kinds.get(`${apiVersion} ${kind}`);
    if (said !== undefined) return said;
    const file = this.named(apiVersion, kind.toLowerCase());
    return file && { file, pointer: '' };
  }

  /** Throws if the schema is invalid, or refers to a missing one. */
  compile({ file, pointer }: Where): Validator {
    return compile(this.ajvOf(file.directory), { $ref: `${file.name}${pointer}` });
  }

  private ajvOf(directory: string): Ajv {
    const known = this.ajvs.get(directory);
    if (known !== undefined) return known;
    const ajv = newAjv('json-schema');
    for (const file of this.files.get(directory)?.values() ?? []) {
      const schema = plainSchema(file);
      if (schema !== undefined) ajv.addSchema(withoutId(schema), file.name);
    }
    this.ajvs.set(directory, ajv);
    return ajv;
  }

  private addKinds(schema: MapValue, where: Where): void {
    for (const kind of mapsAt(schema, 'x-kubernetes-group-version-kind')) {
      const group = textAt(kind, 'group');
      const apiVersion = `${group === '' ? '' : `${group}/`}${textAt(kind, 'version')}`;
      const key = `${apiVersion} ${textAt(kind, 'kind')}`;
      if (!this.kinds.has(key)) this.kinds.set(key, where);
    }
  }

  private named(apiVersion: string, kind: string): File | undefined {
    const [version = '', group = ''] = apiVersion.toLowerCase().split('/').reverse();
    const [first = ''] = group.split('.');
    const names =
      group === '' ? [`${kind}-${version}`] : [`${kind}-${group}-${version}`, `${kind}-${first}-${version}`];
    for (const name of names) {
      const [file] = this.names.get(name) ?? [];
      if (file !== undefined) return file;
    }
    // `GROUP/KIND_VERSION.json`; the group counts where the directory has the name of one.
    return this.names.get(`${kind}_${version}`)?.find(({ directory }) => {
      const last = directory.split('/').pop() ?? '';
      return last.toLowerCase() === group || !last.includes('.');
    });
  }
}

function plainSchema({ item }: File): PlainMap | undefined {
  const schema = asDraft7(plainOf(item.object));
  return isPlainMap(schema) ? schema : undefined;
}

/** Files are known by their names; where they were published does not count. */
function withoutId({ $id: _, id: __, ...schema }: PlainMap): PlainMap {
  return schema;
}

function escaped(key: string): string {
  return encodeURIComponent(key.replaceAll('~', '~0').replaceAll('/', '~1'));
}
