import { type Field, formatPath, type Message, type Path, type Spot } from '../problem/index.ts';
import type { ReportConfig } from './report.ts';

/**
 * Adds the problems of a config to the field that holds it. In a map the problem belongs to the field itself; in a text
 * it belongs to the field of the text, and a spot in it.
 */
export function reportAt(at: Field, config: unknown): ReportConfig {
  return ({ code, path, predicate, line, column, isOfWhole, isOfKey }) => {
    const after = (subject: string): Message =>
      typeof predicate === 'string'
        ? `${subject} ${predicate}`
        : (written) => `${subject} ${predicate(written)}`;
    if (path.length === 0) {
      const spot = line === undefined || column === undefined ? undefined : { line, column };
      at.say(code, after(at.name), 'value', spot);
    } else if (typeof config === 'string') {
      const subject = isOfWhole ? 'the config' : `\`${formatPath(path)}\``;
      const said = typeof predicate === 'string' ? predicate : predicate(writtenIn(config, path));
      at.say(code, `${at.name}: ${subject} ${said}`, 'value', spotOf(config, path));
    } else {
      const field = at.to(...path);
      field.say(code, after(field.name), isOfKey ? 'key' : 'value');
    }
  };
}

/**
 * Where a key stands in a text of TOML that is right, as people write it: `key = value` lines below `[table]` headings.
 * Of a key in an inline table, that table's. Undefined if it is written in some other way.
 */
export function spotOf(text: string, path: Path): Spot | undefined {
  let place: Place | undefined = placesIn(text);
  let spot: Spot | undefined;
  for (const key of keysOf(path)) {
    place = place.below.get(key);
    if (place === undefined) break;
    spot = place.spot ?? spot;
  }
  return spot;
}

/** A number or a boolean of a text as it was written: `0x1F`. Undefined where it is not found, and of anything else. */
export function writtenIn(text: string, path: Path): string | undefined {
  let place: Place | undefined = placesIn(text);
  for (const step of path) place = place?.below.get(String(step));
  return /^\s*([\w+.:-]+)\s*(?:#|$)/.exec(place?.value ?? '')?.[1];
}

/** A key of a text, the first spot where it stands, and what stands behind it on its line. */
interface Place {
  spot?: Spot;
  value?: string;
  readonly below: Map<string, Place>;
}

/** The text that was asked for last: there may be a problem with each of its keys. */
let last: { readonly text: string; readonly places: Place } | undefined;

function placesIn(text: string): Place {
  if (last?.text !== text) last = { text, places: readPlaces(text) };
  return last.places;
}

function readPlaces(text: string): Place {
  const root: Place = { below: new Map() };
  let table = root;
  text.split('\n').forEach((content, index) => {
    const [matched = '', indent = '', heading, key] = LINE.exec(content) ?? [];
    const written = heading ?? key;
    if (written === undefined) return;
    const place = splitKey(written).reduce(placeBelow, heading === undefined ? table : root);
    if (heading !== undefined) table = place;
    else place.value ??= content.slice(matched.length);
    place.spot ??= { line: index + 1, column: indent.length + 1 };
  });
  return root;
}

function placeBelow(above: Place, key: string): Place {
  const known = above.below.get(key);
  if (known !== undefined) return known;
  const place: Place = { below: new Map() };
  above.below.set(key, place);
  return place;
}

const KEY = String.raw`(?:[\w-]+|"[^"\\]*"|'[^']*')`;
const KEYS = String.raw`${KEY}(?:\s*\.\s*${KEY})*`;
const LINE = new RegExp(String.raw`^(\s*)(?:\[{1,2}\s*(${KEYS})\s*\]{1,2}|(${KEYS})\s*=)`);

const EACH_KEY = new RegExp(KEY, 'g');

function splitKey(written: string): string[] {
  const keys = written.match(EACH_KEY) ?? [];
  return keys.map((key) => key.replace(/^(["'])(.*)\1$/, '$2'));
}

/** The keys of a path up to its first list: items have no lines of their own. */
function keysOf(path: Path): string[] {
  const keys: string[] = [];
  for (const step of path) {
    if (typeof step === 'number') break;
    keys.push(step);
  }
  return keys;
}
