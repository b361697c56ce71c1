import { API_VERSION, KINDS } from '../api/index.ts';
import { FileReader } from '../io/index.ts';
import { EVERYTHING, type Item, openStream } from '../list/index.ts';
import { formatPath, type Problem, Problems } from '../problem/index.ts';
import { checkBySchemas, isDefinition, Schemas } from '../validate/schemas/index.ts';
import { manifestsUnder } from './files.ts';
import type { Loaded } from './load.ts';
import { Misuse, reasonOf } from './misuse.ts';

/**
 * Checks resources by the schemas under paths, and by the CustomResourceDefinitions among the resources. Returns how many
 * have no schema, and no check of this project's own.
 */
export async function checkSchemas(
  loaded: Loaded,
  paths: readonly string[],
  problems: Problems,
): Promise<number> {
  const schemas = new Schemas();
  const found = new Problems();
  for (const path of paths) await addSchemas(path, schemas, found);
  // What a render never looks into is read only now.
  const items = await loaded.readAll(EVERYTHING, found);
  for (const item of items) if (isDefinition(item)) schemas.add(item);
  const others = items.filter((item) => !isDefinition(item));
  const unknown = checkBySchemas(others, schemas, found);
  addNew(found.all, problems);
  return unknown.filter((item) => !isOfOurs(item)).length;
}

async function addSchemas(path: string, schemas: Schemas, problems: Problems): Promise<void> {
  const before = problems.all.length;
  let count = 0;
  const reader = new FileReader();
  for (const { file, real } of manifestsUnder([path]).manifests) {
    for (const item of await openStream(file, bytesOf(file, real, reader), EVERYTHING, problems)) {
      if (schemas.add(item)) count++;
    }
  }
  if (count > 0 || problems.all.length > before) return;
  throw new Misuse(
    `"${path}" must contain CustomResourceDefinitions or JSON Schemas, but there are none; check the path`,
  );
}

function bytesOf(file: string, real: string, reader: FileReader): Buffer {
  if (file === '-') throw new Misuse('schemas must be in files; name a file or a directory');
  try {
    return reader.read(real);
  } catch (error) {
    throw new Misuse(`"${file}" must be readable, but ${reasonOf(error)}`);
  }
}

function isOfOurs({ apiVersion, kind }: Item): boolean {
  return apiVersion.startsWith('groups.pingcap.com/') || (apiVersion === API_VERSION && isOneOf(KINDS, kind));
}

function isOneOf(all: readonly string[], name: string): boolean {
  return all.includes(name);
}

/** Of what two checks find at one place, the first counts: it knows more of the kind. */
function addNew(found: readonly Problem[], problems: Problems): void {
  const known = new Set(problems.all.map(placeOf));
  for (const problem of found) if (!known.has(placeOf(problem))) problems.push(problem);
}

function placeOf({ origin, path = [], place }: Problem): string {
  const { file, line, column } = place ?? origin?.locate(path, 'value') ?? {};
  return JSON.stringify([origin?.id, formatPath(path), file, line, column]);
}
