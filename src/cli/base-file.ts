import { basename, dirname, resolve } from 'node:path';
import { API_VERSION, GENERATED_BY } from '../api/index.ts';
import { Problems } from '../problem/index.ts';
import { asLines } from '../report/index.ts';
import { show } from '../text/index.ts';
import { isMap, type MapValue } from '../yaml/index.ts';
import { type Loaded, loadResources } from './load.ts';
import { Misuse } from './misuse.ts';
import { say } from './say.ts';

/** A file with the TidbCluster that groups are to join. */
export interface Base {
  /** Its name in the directory. */
  readonly file: string;
  readonly bytes: Buffer;
  /** Whether it is there already. */
  readonly isThere: boolean;
  /** The name of the TidbCluster. */
  readonly name: string;
  /** The TidbCluster, if it comes from a user. */
  readonly object?: MapValue;
}

/** The base in a file, which is to be in a directory. Undefined after errors, which are printed. */
export async function baseIn(from: string, directory: string): Promise<Base | undefined> {
  const problems = new Problems();
  const loaded = await loadResources([from], problems);
  if (problems.errorCount > 0) {
    say(asLines(problems.all));
    return undefined;
  }
  const rendered = loaded.items.find((item) => item.annotation(GENERATED_BY) !== undefined);
  if (rendered !== undefined) {
    throw new Misuse(
      `"${from}" must be a file that you wrote, but its ${rendered.kind} ${show(rendered.name)} is what a render wrote; give the TidbCluster alone`,
    );
  }
  const [found, ...more] = loaded.items.filter(
    ({ apiVersion, kind, object: { spec } }) =>
      apiVersion === API_VERSION && kind === 'TidbCluster' && !(isMap(spec) && isMap(spec.cluster)),
  );
  if (found === undefined || more.length > 0 || loaded.findings.manifests.length > 1) {
    const many = found === undefined ? 'none' : 'more than one';
    throw new Misuse(
      `"${from}" must be a file with one TidbCluster that groups can join (without \`spec.cluster\`), but has ${many}; name another file`,
    );
  }
  const isThere = from !== '-' && resolve(dirname(from)) === resolve(directory);
  return {
    file: isThere ? basename(from) : 'cluster.yaml',
    bytes: bytesOf(loaded, found.source.name),
    isThere,
    name: found.name,
    object: found.object,
  };
}

function bytesOf(loaded: Loaded, file = ''): Buffer {
  return loaded.bytesOf(file) ?? Buffer.alloc(0);
}
