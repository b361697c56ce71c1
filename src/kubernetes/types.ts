import type { Value } from '../yaml/index.ts';
import { FIELDS } from './fields.generated.ts';

/** What Kubernetes knows of a field. */
export interface Field {
  /** Whether an empty value is stored; otherwise it is the same as none. */
  readonly isKept: boolean;
  /** The lists and maps around each value, from the outside in. */
  readonly around: readonly ('list' | 'map')[];
  /** The type of each value: of one with fields its name, else what it is, such as `string` or `quantity`. */
  readonly type: string;
  /** What is stored where nothing is written. */
  readonly default: Value | undefined;
}

type Fields = ReadonlyMap<string, Field>;

let types: ReadonlyMap<string, Fields> | undefined;

/** The fields of a type; undefined if it has none. */
export function fieldsOf(type: string): Fields | undefined {
  types ??= read(FIELDS);
  return types.get(type);
}

function read(text: string): Map<string, Map<string, Field>> {
  const all = new Map<string, Map<string, Field>>();
  for (const line of text.trim().split('\n')) {
    const [path = '', written = '', ...rest] = line.split(' ');
    const [type = '', name = ''] = path.split('.');
    const fields = all.get(type) ?? new Map<string, Field>();
    all.set(type, fields.set(name, fieldOf(written, rest.join(' '))));
  }
  return all;
}

function fieldOf(written: string, standard: string): Field {
  const [, kept, around = '', type = ''] = /^(\*?)((?:\[\]|\{\})*)(.*)/s.exec(written) ?? [];
  return {
    isKept: kept === '*',
    around: (around.match(/../g) ?? []).map((pair) => (pair === '[]' ? 'list' : 'map')),
    type,
    default: standard === '' ? undefined : JSON.parse(standard),
  };
}
