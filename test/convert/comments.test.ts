import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Document, isMap, isPair, isScalar, isSeq, visit } from 'yaml';
import type { Path, Problem } from '../../src/problem/index.ts';
import type { MapValue } from '../../src/yaml/index.ts';
import { convertText } from '../support/convert.ts';
import { runs } from '../support/runs.ts';
import { isSilent, SITE, settings } from '../support/v2-fields.ts';

const SETTINGS = settings().filter((setting) => !isSilent(setting));

/** Of fields that become something else, which no comment of theirs is about. */
const WITHOUT =
  /\.(?:enableDashboardInternalProxy|disableClientAuthn|tokenBasedAuthEnabled|separateSlowLog)$/;

/** A resource with a comment above each key and one behind each value, by what they say, and where they stand. */
function commented(resource: MapValue, start: number): { text: string; comments: Map<string, Path> } {
  const document = new Document(JSON.parse(JSON.stringify(resource)));
  const comments = new Map<string, Path>();
  const next = (path: Path) => {
    const says = ` c${start + comments.size}.`;
    comments.set(says, path);
    return says;
  };
  visit(document, {
    Pair: (_, { key, value }, ancestors) => {
      if (!isScalar(key) || !isScalar(value)) return;
      // Above the first key of an item a comment would stand behind the dash.
      const [list, map] = ancestors.slice(-2);
      const isFirst = isSeq(list) && isMap(map) && map.items[0]?.key === key;
      const steps = ancestors.filter(isPair).map((pair) => String(isScalar(pair.key) ? pair.key.value : ''));
      const path = [...steps, String(key.value)];
      if (!isFirst) key.commentBefore = next(path);
      value.comment = next(path);
    },
  });
  return { text: document.toString({ lineWidth: 0 }), comments };
}

/** Whether a problem names what stands there; of lists no matter which item. */
function isNamed(kind: string, path: Path, problems: readonly Problem[]): boolean {
  return problems.some(({ origin, path: all = [] }) => {
    const named = all.filter((step) => typeof step === 'string');
    return origin?.id.kind === kind && named.length > 1 && named.every((step, index) => step === path[index]);
  });
}

test('a comment is where its field is', async () => {
  let kept = 0;
  await fc.assert(
    fc.asyncProperty(fc.shuffledSubarray(SETTINGS, { minLength: 3, maxLength: 12 }), async (some) => {
      let count = 0;
      const parts = SITE.map((resource) => {
        const its = some.filter(({ kind }) => kind === resource.kind);
        const part = commented(
          its.reduce((changed, setting) => setting.apply(changed, true), resource),
          count,
        );
        count += part.comments.size;
        return { ...part, kind: String(resource.kind) };
      });
      const { texts, problems } = await convertText(parts.map(({ text }) => text).join('---\n'));
      const output = texts.join('');
      if (output === '') return;
      const gone = parts.flatMap(({ kind, comments }) =>
        [...comments]
          .filter(([says, path]) => !isNamed(kind, path, problems) && !output.includes(`#${says}`))
          .map(([, path]) => `${kind} ${path.join('.')}`),
      );
      expect(gone.filter((path) => !WITHOUT.test(path))).toEqual([]);
      kept += count - gone.length;
    }),
    { numRuns: runs(160) },
  );
  expect(kept).toBeGreaterThan(500);
});
