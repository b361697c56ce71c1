import { CONFIG_API_VERSION, CONFIG_KIND } from '../api/index.ts';
import { FileReader } from '../io/index.ts';
import { EVERYTHING, type Item, openStream } from '../list/index.ts';
import type { Problems } from '../problem/index.ts';
import { DEFAULT_SETTINGS, type FunctionConfig, readFunctionConfig, type Settings } from '../render/index.ts';
import { meantKinds } from '../validate/index.ts';
import { sameValue } from '../yaml/index.ts';
import { realOfGiven } from './inside.ts';
import { type PipelineConfig, pipelineConfigs } from './kptfile.ts';
import { Misuse, reasonOf } from './misuse.ts';

/** The settings of a command that was given a function config by name. */
export async function settingsIn(file: string, problems: Problems): Promise<Settings> {
  const before = problems.errorCount;
  const items = await openStream(file, bytesOf(file), EVERYTHING, problems);
  if (problems.errorCount > before) return DEFAULT_SETTINGS;
  const [config, ...more] = items;
  if (config === undefined || more.length > 0) {
    throw new Misuse(
      `"${file}" must contain one function config, but has ${more.length > 0 ? items.length : 'no'} resources; name another file`,
    );
  }
  return readFunctionConfig(config, problems).settings;
}

/** A function config among the resources, or in a Kptfile among them, and where it is. */
interface Said {
  readonly settings: Settings;
  readonly where: Item;
}

/**
 * What the resources say: the function configs among them, and what the pipeline of a Kptfile gives this function. A
 * Kptfile that gives it nothing counts beside one that does, where it means the defaults.
 */
async function saidAmong(items: readonly Item[], read: Reader, problems: Problems): Promise<Said[]> {
  const said: Said[] = [];
  for (const item of items) {
    if (item.apiVersion !== CONFIG_API_VERSION) continue;
    const { settings } = read(item);
    if (item.kind === CONFIG_KIND) said.push({ settings, where: item });
  }
  const pipelines = await pipelineConfigs(items, 'mutators', read, problems);
  return pipelines.some(({ isWritten }) => isWritten) ? [...said, ...pipelines.map(asSaid)] : said;
}

type Reader = (item: Item) => FunctionConfig;

/**
 * Reads each config once, so that its problems are said once: it may be among the resources and in a Kptfile. One that
 * is nearly one is reported as a resource.
 */
function readerOf(problems: Problems): Reader {
  const read = new Map<Item, FunctionConfig>();
  return (item) => {
    const isReported = meantKinds(item.apiVersion, item.kind).length > 0;
    const config = read.get(item) ?? readFunctionConfig(isReported ? undefined : item, problems);
    read.set(item, config);
    return config;
  };
}

function asSaid({ kptfile, settings }: PipelineConfig): Said {
  return { settings, where: kptfile };
}

function agreed(said: readonly Said[]): Settings | undefined {
  const [first = { settings: DEFAULT_SETTINGS }, ...others] = said;
  const agree = others.every(({ settings }) => sameValue({ ...first.settings }, { ...settings }));
  return agree ? first.settings : undefined;
}

/** The settings for a render: those that the resources say, where they agree. */
export async function settingsToRender(items: readonly Item[], problems: Problems): Promise<Settings> {
  const before = problems.errorCount;
  const said = await saidAmong(items, readerOf(problems), problems);
  const settings = agreed(said);
  if (settings !== undefined) return settings;
  // Problems in one of them come first.
  if (problems.errorCount > before) return DEFAULT_SETTINGS;
  const files = said.map(({ where }) => `"${where.source.name ?? where.name}"`);
  throw new Misuse(
    `the function configs among the resources contradict each other: ${[...new Set(files)].join(', ')}; choose one with --config`,
  );
}

/**
 * The same for a look at them, which can do with the defaults where configs do not agree. Where none says how to
 * render, a validator of a Kptfile counts.
 */
export async function settingsToValidate(items: readonly Item[], problems: Problems): Promise<Settings> {
  const read = readerOf(problems);
  const said = await saidAmong(items, read, problems);
  const validators = await pipelineConfigs(items, 'validators', read, problems);
  return agreed(said.length > 0 ? said : validators.map(asSaid)) ?? DEFAULT_SETTINGS;
}

export function bytesOf(file: string): Buffer {
  try {
    return new FileReader().read(realOfGiven(file));
  } catch (error) {
    if (error instanceof Misuse) throw error;
    throw new Misuse(`"${file}" must be readable, but ${reasonOf(error)}`);
  }
}
