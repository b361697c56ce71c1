import { type Item, isAnyList, metadataOf } from '../list/index.ts';
import type { Path, Problems } from '../problem/index.ts';
import { isMap, type MapValue, type Value } from '../yaml/index.ts';
import { INTEREST } from './interest.ts';

/**
 * Reports what this project is about inside a list that is itself an item of a list. A function is given resources;
 * whoever applies what it gives back takes that list for what is in it.
 */
export function checkNested(list: Item, problems: Problems): void {
  const { apiVersion, kind } = list;
  if (INTEREST.reads(apiVersion, kind.slice(0, -'List'.length)))
    report(list, ['kind'], `this ${kind}`, problems);
  else walk(list, list.object, [], problems);
}

function walk(list: Item, { items }: MapValue, path: Path, problems: Problems): void {
  if (!Array.isArray(items)) return;
  for (const [index, item] of items.entries()) {
    if (!isMap(item)) continue;
    const at = [...path, 'items', index];
    const kind = textOf(item.kind);
    const title = `the ${kind} "${textOf(metadataOf(item).name)}" in this ${list.kind}`;
    if (INTEREST.reads(textOf(item.apiVersion), kind)) report(list, [...at, 'kind'], title, problems);
    else if (isAnyList(kind)) walk(list, item, at, problems);
  }
}

function report(list: Item, path: Path, title: string, problems: Problems): void {
  const message = `${title} would be skipped, because it is in a list that is itself an item; write each resource as a separate document or item`;
  problems.add('nested-list', list, path, message);
}

function textOf(value: Value | undefined): string {
  return typeof value === 'string' ? value : '';
}
