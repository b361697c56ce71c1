import { expect, test } from 'vitest';
import { formatPath } from '../../src/problem/index.ts';
import type { MapValue, Value } from '../../src/yaml/index.ts';
import { updated } from '../support/kubernetes-judge.ts';
import { type PodCase, podCases } from '../support/pod-fields.ts';
import { JOINED, problemsOfEach } from '../support/pod-problems.ts';
import { render } from '../support/table.ts';
import { describeWith, KUBERNETES_JUDGE } from '../support/tools.ts';

/** Lists in which an entry is there twice, of all that pods, claims and Services are made from. */
const CASES = [...podCases()].filter(({ group, path }) => {
  const list = path.reduce<Value | undefined>((value, step) => Object(value)[step], group);
  return Array.isArray(list) && list.length === 2 && JSON.stringify(list[0]) === JSON.stringify(list[1]);
});

describeWith([KUBERNETES_JUDGE], 'a list with an entry twice', () => {
  test('is an error where server-side apply refuses it', async () => {
    const told = await problemsOfEach(CASES.map(({ group }) => group));
    const made = CASES.map((one) => resourcesOf(one));
    const all = made.flat();
    const answers = updated(all.map((resource) => ({ old: resource, new: resource, apply: 'server-side' })));
    const refused = new Set(
      all.filter((_, index) => JSON.stringify(answers[index]).includes('duplicate entries')),
    );
    const isRefused = made.map((its) => its.some((one) => refused.has(one)));
    const isError = told.map((problems) => problems.some(({ severity }) => severity === 'error'));
    const fields = (isTold: boolean) =>
      CASES.filter((_, index) => isRefused[index] && isError[index] === isTold).map(
        ({ path, role }) => `${role} ${formatPath(path)}`,
      );
    expect(fields(false)).toEqual([]);
    expect(new Set(fields(true)).size).toBeGreaterThan(20);
  }, 60_000);
});

function resourcesOf({ group }: PodCase): MapValue[] {
  return render(group as MapValue & Parameters<typeof render>[0], JOINED).resources.filter(
    ({ kind }) => kind === 'StatefulSet' || kind === 'Service',
  );
}
