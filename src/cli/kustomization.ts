import { dirname, resolve } from 'node:path';
import { filesOfKustomization } from '../ignore/index.ts';
import { FileReader } from '../io/index.ts';
import { EVERYTHING, openStream } from '../list/index.ts';
import { Problems } from '../problem/index.ts';
import { type Findings, type Found, isKustomizationName } from './found-files.ts';

/** Leaves out the files that kustomizations among them name as patches and the like. */
export async function leaveOutNamedFiles(findings: Findings): Promise<Findings> {
  const why = new Map<string, string>();
  for (const { file, real } of findings.manifests.filter(({ file }) => isKustomizationName(file))) {
    for (const { path, as } of await namedIn(file, real)) {
      why.set(resolve(dirname(file), path), `"${file}" uses it as ${as}`);
    }
  }
  if (why.size === 0) return findings;
  const leftOut = [...findings.leftOut];
  const manifests: Found[] = [];
  for (const found of findings.manifests) {
    const reason = found.file === '-' ? undefined : why.get(resolve(found.file));
    if (reason === undefined) manifests.push(found);
    else leftOut.push({ path: found.file, why: reason });
  }
  return { ...findings, manifests, leftOut };
}

/** Nothing if it cannot be read, which is reported where it is read for itself. */
async function namedIn(file: string, real: string) {
  try {
    const [item] = await openStream(file, new FileReader().read(real), EVERYTHING, new Problems());
    return filesOfKustomization(item?.object ?? {});
  } catch {
    return [];
  }
}
