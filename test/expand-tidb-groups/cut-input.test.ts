import { expect, test } from 'vitest';
import { parseDocument } from 'yaml';
import { run } from '../../functions/expand-tidb-groups/run.ts';
import { isMap } from '../../src/yaml/index.ts';
import { CLUSTER, configMap, resourceList, TIDB_GROUP, TIKV_GROUP } from '../support/basic.ts';

const LIST = resourceList(
  CLUSTER,
  configMap('a', '  text: "one\n\n    two"\n  flow: {a: [1, "b"]}\n'),
  TIKV_GROUP,
  TIDB_GROUP,
);

/** The items of a list, or undefined if it cannot be read. */
function itemsOf(text: string): unknown[] | undefined {
  const document = parseDocument(text, { intAsBigInt: false });
  const list: unknown = document.errors.length > 0 ? undefined : document.toJS();
  const items = isMap(list) ? (list.items ?? []) : undefined;
  return Array.isArray(items) ? items : undefined;
}

test.each([
  { name: 'in block style', text: LIST },
  { name: 'with Windows line ends', text: LIST.replaceAll('\n', '\r\n') },
  { name: 'as JSON', text: JSON.stringify(parseDocument(LIST).toJS()) },
])('a list $name that is cut anywhere is an error, or the list that is left', async ({ text }) => {
  for (let length = 0; length < text.length; length += 3) {
    const input = text.slice(0, length);
    const { output, messages, failed } = await run(Buffer.from(input));
    const out = Buffer.concat([...output].map((piece) => Buffer.from(piece))).toString();
    if (failed) expect(messages.length).toBeGreaterThan(0);
    if (out === '') expect(failed).toBe(true);
    else {
      const before = itemsOf(input)?.filter((item) => isMap(item) && item.kind === 'ConfigMap') ?? [];
      expect(itemsOf(out)).toEqual(expect.arrayContaining(before));
    }
  }
});
