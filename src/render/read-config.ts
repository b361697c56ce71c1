import {
  CONFIG_API_VERSION,
  CONFIG_KIND,
  definitionOf,
  type ExpandTidbGroupsSpec,
  fieldOf,
  type Kind,
  type Rules,
  refName,
  type Schema,
  VALIDATOR_KIND,
} from '../api/index.ts';
import { withoutNulls } from '../expand/index.ts';
import type { Item } from '../list/index.ts';
import type { Path, Problems, Subject } from '../problem/index.ts';
import { checkDuplicates, checkKind, checkPart, checkStructure, isMeantAsConfig } from '../validate/index.ts';
import { isMap, type MapValue, setOwn, type Value } from '../yaml/index.ts';
import { checkConfig } from './check-config.ts';
import { DEFAULT_SETTINGS, type Settings } from './settings.ts';

export interface FunctionConfig {
  readonly settings: Settings;
  readonly onlyValidates: boolean;
}

/**
 * Reads the function config: of kind ExpandTidbGroups or ValidateTidbGroups, or a ConfigMap that holds the same
 * settings as strings, as kpt's `configMap` makes it. Without a config all settings have their defaults.
 */
export function readFunctionConfig(item: Item | undefined, problems: Problems): FunctionConfig {
  if (item === undefined) return { settings: DEFAULT_SETTINGS, onlyValidates: false };
  const { apiVersion, kind, object } = item;
  const config: Subject<MapValue> = { object, origin: item };
  checkDuplicates(item, item.duplicateKeys(), problems);
  if (apiVersion === CONFIG_API_VERSION && (kind === CONFIG_KIND || kind === VALIDATOR_KIND)) {
    const settings = readSettings(config, kind, problems);
    return { settings, onlyValidates: kind === VALIDATOR_KIND };
  }
  if (apiVersion === 'v1' && kind === 'ConfigMap') {
    return { settings: readTexts(config, ['data'], object.data, problems), onlyValidates: false };
  }
  // Among the resources it is reported as one of them.
  if (isMeantAsConfig(apiVersion, kind)) {
    checkKind(item, problems);
    return { settings: DEFAULT_SETTINGS, onlyValidates: false };
  }
  const message = `the function config must be of kind "${CONFIG_KIND}" or "${VALIDATOR_KIND}" (\`apiVersion: ${CONFIG_API_VERSION}\`) or a "ConfigMap" (\`apiVersion: v1\`), but is of kind "${kind}" (\`apiVersion: ${apiVersion}\`)`;
  problems.add('config-kind', item, ['kind'], message);
  return { settings: DEFAULT_SETTINGS, onlyValidates: false };
}

function readSettings(config: Subject<MapValue>, kind: Kind, problems: Problems): Settings {
  const before = problems.errorCount;
  checkStructure(config, kind, problems);
  return settingsOf(config.object.spec, config, ['spec'], before, problems);
}

/** Settings as strings, which stand at a path of a resource. */
export function readTexts(
  config: Subject<MapValue>,
  path: Path,
  texts: Value | undefined,
  problems: Problems,
): Settings {
  const spec = isMap(texts) ? withTypes(texts) : texts;
  const before = problems.errorCount;
  if (spec !== undefined && spec !== null) checkPart(config, path, spec, SPEC, CONFIG_KIND, problems);
  return settingsOf(spec, config, path, before, problems);
}

const SPEC = 'ExpandTidbGroupsSpec';

/**
 * Texts as what each setting's type makes of them; one that its type cannot take stays a text. `drain.image` is the
 * `image` of `drain`, and `monitoring.labels.release` the label `release`.
 */
function withTypes(texts: MapValue): MapValue {
  const spec: MapValue = {};
  for (const [key, text] of Object.entries(texts)) put(spec, definitionOf(SPEC), key.split('.'), text);
  return spec;
}

/** Puts a text to where the steps of its key lead, as far as there is such a map. */
function put(
  map: MapValue,
  schema: Rules | undefined,
  [name = '', ...rest]: readonly string[],
  text: Value,
): void {
  const property = propertyOf(schema, name);
  const part = rest.length === 0 ? undefined : definitionOf(refName(property.$ref ?? ''));
  if (part === undefined) {
    setOwn(map, [name, ...rest].join('.'), typedIf(text, rest.length === 0 ? property : {}));
    return;
  }
  const inner = Object.hasOwn(map, name) ? map[name] : {};
  const below = inner !== undefined && isMap(inner) ? inner : {};
  setOwn(map, name, below);
  if (part.fields === undefined) setOwn(below, rest.join('.'), text);
  else put(below, part, rest, text);
}

function propertyOf(rules: Rules = {}, name: string): Schema {
  return fieldOf(rules, name) ?? {};
}

function typedIf(text: Value, schema: Schema): Value {
  return typeof text === 'string' ? typed(text, schema) : text;
}

function typed(text: string, { type }: Schema = {}): Value {
  if (type === 'boolean' && /^(true|false)$/i.test(text)) return text.toLowerCase() === 'true';
  if (type === 'integer' && /^-?\d{1,15}$/.test(text)) return Number(text);
  return text;
}

/** The settings that a config says at a path, where it has had no more errors than `before`. */
function settingsOf(
  spec: Value | undefined,
  { origin }: Subject<MapValue>,
  path: Path,
  before: number,
  problems: Problems,
): Settings {
  const isSound = problems.errorCount === before;
  const written = spec === undefined ? undefined : withoutNulls(spec);
  if (written === undefined || !isMap(written) || !isSettings(written, isSound)) return DEFAULT_SETTINGS;
  checkConfig(written, origin, path, problems);
  return { ...DEFAULT_SETTINGS, ...written };
}

/** What is sound has passed the schema that is made from the very type. */
function isSettings(_: MapValue, isSound: boolean): _ is MapValue & ExpandTidbGroupsSpec {
  return isSound;
}
