import { type Item, type ItemList, NO_CHANGES, openList, writeList } from '../../src/list/index.ts';
import { openCarefully } from '../../src/list/open-carefully.ts';
import { Problems } from '../../src/problem/index.ts';
import { isMap, type Value } from '../../src/yaml/index.ts';
import { editedValue } from '../../src/yaml-write/edit-value.ts';
import type { Edit } from '../../src/yaml-write/index.ts';
import { seeded } from '../bench/inputs/random.ts';
import { EVERYTHING, Found, same, textOf } from './check.ts';

const TEXTS = ['true', 'a: b', 'one\ntwo\n', "it's", '', '0644', '{x}'] as const;

/** An edit must make the changes that it describes, and no others. */
export async function checkEdits(bytes: Buffer, seed: number): Promise<void> {
  const random = seeded(seed);
  const list = await openList(undefined, bytes, EVERYTHING, new Problems());
  const item = list?.items[random.below(list.items.length)];
  if (list === undefined || item === undefined) return;
  // The fast path keeps broken YAML in parts that it does not parse, but the output may need the careful reader.
  if (openCarefully(undefined, bytes.toString(), EVERYTHING, new Problems()) === undefined) return;
  const text = random.pick(TEXTS);
  const edit = random.pick<Edit>([
    { path: ['metadata', 'annotations'], set: { 'example.com/a': text, 'example.com/b': 'b' } },
    { path: ['metadata', 'annotations'], remove: [someKey(item, random.below(100))] },
    { path: ['metadata'], set: { name: text } },
    { path: ['spec'], set: { config: text } },
  ]);
  const want = editedValue(item.object, [edit]);
  const out = textOf(writeList(list, { ...NO_CHANGES, edits: new Map([[item, [edit]]]) }, undefined));
  const after = await openList(undefined, Buffer.from(out), EVERYTHING, new Problems());
  if (after === undefined) throw new Found('an edit breaks the list', `${JSON.stringify(edit)}\n${out}`);
  compare(list, after, item, want, `${JSON.stringify(edit)}\n${out}`);
}

function someKey({ object: { metadata } }: Item, chosen: number): string {
  const annotations = isMap(metadata ?? null) && isMap(metadata) ? metadata.annotations : undefined;
  const keys = Object.keys(annotations ?? {});
  return keys[chosen % (keys.length || 1)] ?? 'none';
}

function compare(before: ItemList, after: ItemList, edited: Item, want: Value, detail: string): void {
  if (before.items.length !== after.items.length) throw new Found('an edit makes or loses items', detail);
  before.items.forEach((item, index) => {
    const now = after.items[index]?.object ?? null;
    if (item === edited) same('an edit does something else', now, want, detail);
    else same('an edit changes another item', now, item.object);
  });
  same(
    'an edit changes the config',
    after.functionConfig?.object ?? null,
    before.functionConfig?.object ?? null,
  );
}
