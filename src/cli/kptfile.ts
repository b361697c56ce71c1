import { posix } from 'node:path';
import { isKptfile, PATH } from '../krm/index.ts';
import { EVERYTHING, type Item, openStream } from '../list/index.ts';
import { formatPath, type Path, Problems } from '../problem/index.ts';
import { type FunctionConfig, readTexts, type Settings } from '../render/index.ts';
import { isMap, type MapValue, type Value } from '../yaml/index.ts';
import { STDIN } from './files.ts';

/** Where a Kptfile lists functions: those that change the package, and those that only look at it. */
export type Stage = 'mutators' | 'validators';

/** What a Kptfile says to this function. */
export interface PipelineConfig {
  readonly kptfile: Item;
  readonly settings: Settings;
  /** Whether the Kptfile gives it a config; without one it has its defaults. */
  readonly isWritten: boolean;
}

/** The settings that this function has in the pipelines of the Kptfiles among resources. `read` reads a config. */
export async function pipelineConfigs(
  items: readonly Item[],
  stage: Stage,
  read: (item: Item) => FunctionConfig,
  problems: Problems,
): Promise<PipelineConfig[]> {
  const configs: PipelineConfig[] = [];
  for (const kptfile of items) {
    if (!isKptfile(kptfile)) continue;
    for (const [index, entry] of entriesOf(kptfile, stage).entries()) {
      if (!isMap(entry) || !isThisFunction(entry)) continue;
      const path = ['pipeline', stage, index];
      const named = await itemNamed(kptfile, entry.configPath, path, items, problems);
      const config = named === undefined ? textsOf(kptfile, entry, path, problems) : read(named);
      const isWritten =
        named !== undefined || (isMap(entry.configMap) && Object.keys(entry.configMap).length > 0);
      // A mutator that only validates renders nothing.
      if (stage === 'mutators' && config.onlyValidates) continue;
      configs.push({ kptfile, settings: config.settings, isWritten });
    }
  }
  return configs;
}

function entriesOf({ object }: Item, stage: Stage): readonly Value[] {
  const entries = isMap(object.pipeline) ? object.pipeline[stage] : undefined;
  return Array.isArray(entries) ? entries : [];
}

/** With arguments the executable is no function; of an image, tag and digest do not matter. */
function isThisFunction({ exec, image }: MapValue): boolean {
  return (
    (typeof exec === 'string' && /^\s*(["']?)(?:[^"'\s]*\/)?tidb-groups\1\s*$/.test(exec)) ||
    (typeof image === 'string' && /^(?:.*\/)?tidb-groups(?::[^/@]*)?(?:@[^/]*)?$/.test(image))
  );
}

function textsOf(kptfile: Item, { configMap }: MapValue, path: Path, problems: Problems): FunctionConfig {
  const checked = { object: kptfile.object, origin: kptfile, written: kptfile.written.bind(kptfile) };
  const settings = readTexts(checked, [...path, 'configMap'], configMap, problems);
  return { settings, onlyValidates: false };
}

async function itemNamed(
  kptfile: Item,
  file: Value | undefined,
  path: Path,
  items: readonly Item[],
  problems: Problems,
): Promise<Item | undefined> {
  if (typeof file !== 'string' || file === '') return undefined;
  const field = [...path, 'configPath'];
  const [item, ...more] = itemsIn(kptfile, file, items);
  if (item !== undefined && more.length === 0) return item.isRead ? item : await readWhole(item);
  const message =
    item === undefined
      ? `\`${formatPath(field)}\` must name a file of the package, but "${file}" was not read; correct it, or read the whole package`
      : `\`${formatPath(field)}\` must name a file with one function config, but "${file}" has ${more.length + 1} resources; move the others to another file`;
  problems.add('config-not-found', kptfile, field, message);
  return undefined;
}

/** The resources of a file that a Kptfile names as seen from its own. */
function itemsIn(kptfile: Item, name: string, items: readonly Item[]): Item[] {
  const own = fileOf(kptfile);
  const directory = own.slice(0, Math.max(own.lastIndexOf('/'), own.lastIndexOf(':')) + 1);
  const file = posix.normalize(`${directory}${posix.normalize(name)}`);
  return items.filter((item) => posix.normalize(fileOf(item)) === file);
}

/** A resource of which only the name has been read. */
async function readWhole({ source, index }: Item): Promise<Item | undefined> {
  const text = Buffer.from(source.text(0, source.length));
  const items = await openStream(source.name ?? '', text, EVERYTHING, new Problems());
  return items.find((item) => item.index === index);
}

/** Of a stream, the file that kpt has taken a resource from. */
function fileOf(item: Item): string {
  const path = item.isRead ? item.annotation(PATH) : undefined;
  const { name = '' } = item.source;
  return (name === STDIN ? path : name.replaceAll('\\', '/')) ?? '';
}
