import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { openStream } from '../../src/list/index.ts';
import { formatPath, type Path, Problems } from '../../src/problem/index.ts';
import { INTEREST, render } from '../../src/render/index.ts';
import { everyField } from '../support/every-field.ts';
import { asOperated } from '../support/operator-judge.ts';
import { inTurn } from '../support/runs.ts';
import { sample, sampleAt } from '../support/sample.ts';
import { OPERATOR_CRDS, OPERATOR_JUDGE } from '../support/tools.ts';

const facts = readFileSync(new URL('../../fixtures/facts/tidbcluster-fields.txt', import.meta.url), 'utf8');

const own = [...facts.matchAll(/^(spec\.\S+): /gm)].map(
  ([, path = '']): Path =>
    path.split('.').flatMap((step) => (step.endsWith('[]') ? [step.slice(0, -2), 0] : [step])),
);
const ofKubernetes = [...everyField(['TidbCluster'])].flatMap(({ path, isKubernetes }) =>
  isKubernetes ? [path] : [],
);

/** One value of each type, and numbers in every spelling. */
const VALUES = ['1', '-1', '1.5', '6.0', '6e+01', '1e+21', '"1"', 'true', 'null', '[1]', '[{}]', '{a: 1.5}'];

/** TidbClusters that are right but for what may be wrong with one value, as YAML in flow style. */
function manifests(path: Path): { path: Path; text: string }[] {
  const object = sampleAt('TidbCluster', path, (holder, name) => {
    holder[name] = '(value)';
  });
  const text = JSON.stringify({ ...object, metadata: { name: 'basic', namespace: 'db' } });
  return VALUES.map((value) => ({ path, text: text.replace('"(value)"', value) }));
}

async function errorsIn(text: string): Promise<string[]> {
  const problems = new Problems();
  await render(await openStream('a.yaml', Buffer.from(text), INTEREST, problems), problems);
  return problems.all.flatMap(({ severity, code, path = [] }) =>
    severity === 'error' ? [`${code} ${formatPath(path)}`] : [],
  );
}

describe.skipIf(OPERATOR_JUDGE.path === undefined || OPERATOR_CRDS.path === undefined)('the facts', () => {
  test('name the fields of pods that the operator does not know', () => {
    const facts = readFileSync(
      new URL('../../fixtures/facts/operator-newer-fields.txt', import.meta.url),
      'utf8',
    );
    const fields = [...everyField(['TidbCluster'])];
    const texts = fields.map(({ path, schema }) => {
      const object = sampleAt('TidbCluster', path, (holder, name) => {
        holder[name] = sample(schema);
      });
      return JSON.stringify({ ...object, metadata: { name: 'basic', namespace: 'db' } });
    });
    const dropped = asOperated(texts).flatMap(({ pruned = [] }, index) => {
      const path = formatPath(fields[index]?.path ?? []);
      // What is below such a field goes with it.
      return pruned.includes(path) ? [path] : [];
    });
    const names = dropped.map((path) => path.split('.').at(-1)).sort();
    expect(names).toEqual([...facts.matchAll(/^\w+\.(\w+)$/gm)].map(([, field]) => field).sort());
  });
});

describe.skipIf(OPERATOR_JUDGE.path === undefined || OPERATOR_CRDS.path === undefined)(
  'a TidbCluster with any value in any field',
  () => {
    test.each([
      ["TiDB Operator's own", own],
      ['that Kubernetes defines', ofKubernetes],
    ])(
      'is wrong where nobody takes it, and its types are right where all do: fields %s',
      async (_, fields) => {
        expect(fields.length).toBeGreaterThan(300);
        const cases = inTurn(fields, 0, 4).flatMap(manifests);
        const verdicts = asOperated(cases.map(({ text }) => text));
        const missed: object[] = [];
        const wrong: object[] = [];
        for (const [index, { path, text }] of cases.entries()) {
          const { refusedBy, why, pruned = [] } = verdicts[index] ?? {};
          const errors = await errorsIn(text);
          // At a microservice of PD without an image the operator breaks down, of which a warning speaks.
          if (why?.includes('nil pointer') && text.includes('"pdms"')) continue;
          if (refusedBy !== undefined) {
            if (errors.length === 0) missed.push({ text, why });
            continue;
          }
          // What the operator's schema does not know is held to that of a newer Kubernetes.
          const isOfType = (error: string) => error.startsWith(`field-type ${formatPath(path)}`);
          if (pruned.length === 0 && errors.some(isOfType)) wrong.push({ text, errors });
        }
        expect(missed).toEqual([]);
        expect(wrong).toEqual([]);
      },
    );
  },
);
