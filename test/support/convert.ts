import { READ_NAMES } from '../../src/cli/load.ts';
import { openStream } from '../../src/list/index.ts';
import { formatPath, type Problem, Problems } from '../../src/problem/index.ts';
import { convertResources } from '../../src/render/index.ts';
import type { MapValue } from '../../src/yaml/index.ts';
import { writeMap } from '../../src/yaml-write/index.ts';
import { readYaml } from './read-yaml.ts';

/** What becomes of manifests, and what is said of that. */
export interface Conversion {
  readonly texts: readonly string[];
  readonly resources: readonly MapValue[];
  readonly problems: readonly Problem[];
}

export async function convertText(text: string): Promise<Conversion> {
  const problems = new Problems();
  const items = await openStream('input.yaml', Buffer.from(text), READ_NAMES, problems);
  const manifests = (await convertResources(items, problems)) ?? [];
  const texts = manifests.map((manifest) => Buffer.from(manifest.text).toString());
  return { texts, resources: texts.flatMap((one) => readYaml(one)), problems: problems.all };
}

export function convertValues(...resources: readonly MapValue[]): Promise<Conversion> {
  return convertText(resources.map((resource) => writeMap(resource)).join('---\n'));
}

/** `convert-lost TidbCluster spec.pd.mode`. */
export function saidOf({ problems }: Pick<Conversion, 'problems'>, start = 'convert-'): string[] {
  return problems
    .filter(({ code }) => code.startsWith(start))
    .map(({ code, origin, path = [] }) => `${code} ${origin?.id.kind} ${formatPath(path)}`);
}
