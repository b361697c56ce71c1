import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { COMPONENT_NAMES, definitionOf, fieldNamesOf } from '../../src/api/index.ts';
import { GROUP_COMPONENTS, isComponentName } from '../../src/components/index.ts';
import { V2 } from '../../src/components/v2.generated.ts';
import { CLUSTER, INHERITED, OF_GROUPS } from '../../src/convert/index.ts';
import { isMap, type MapValue, mapAt } from '../../src/yaml/index.ts';
import { type Conversion, convertValues } from '../support/convert.ts';
import { readYaml } from '../support/read-yaml.ts';
import { partOf, runs } from '../support/runs.ts';
import { describeWith, KUBERNETES_JUDGE } from '../support/tools.ts';
import { refusedByV2 } from '../support/v2-definitions.ts';
import { isSilent, type Setting, SITE, settings, titleOf } from '../support/v2-fields.ts';
import { refusedPods } from '../support/v2-pod.ts';

const ALL = settings();
const SETTINGS = partOf(ALL);

/** Not right by itself, or as the sample has it. */
const NOT_ALONE = new RegExp(
  `\\bspec\\.(?:\\w+(?:\\[0\\])?\\.)*(?:${[
    'additionalVolumeMounts',
    'autoscale\\.min',
    'claims',
    'dnsPolicy="None"',
    'pdAddresses',
    'service\\.\\w+(?:NodePort|TrafficPolicy)',
    'slowLogVolumeName',
    'zones\\[0\\]\\.replicas',
  ].join('|')})`,
);

test('there is a rule for every field of every type, and no other', () => {
  const fieldsOf = (type: string) => fieldNamesOf(definitionOf(type) ?? {}).sort();
  const ofCluster = new Set([...Object.keys(INHERITED), ...Object.keys(CLUSTER), ...COMPONENT_NAMES]);
  expect([...ofCluster].sort()).toEqual(fieldsOf('TidbClusterSpec'));
  for (const { name, group } of GROUP_COMPONENTS) {
    const rules = [...Object.keys(OF_GROUPS), ...Object.keys(V2[name]?.rules ?? {})].sort();
    expect(rules, group.kind).toEqual(fieldsOf(`${group.kind}Spec`));
  }
});

/** All of the site, with some settings in it. */
function siteWith(some: readonly Setting[], without?: Setting): MapValue[] {
  return SITE.map((resource) =>
    some
      .filter(({ kind }) => kind === resource.kind)
      .reduce((changed, setting) => setting.apply(changed, setting !== without), resource),
  );
}

/** Only what the setting is about: of a section or a group not the other sections. */
function partWith(setting: Setting, isSet: boolean): MapValue[] {
  const part = siteWith([setting], isSet ? undefined : setting).filter(
    ({ kind }) => kind === 'TidbCluster' || kind === setting.kind,
  );
  const [cluster = {}, ...groups] = part;
  const [, section = ''] = setting.path.map(String);
  if (groups.length === 0 && !isComponentName(section)) return part;
  const kept = Object.entries(mapAt(cluster, 'spec')).filter(
    ([name]) => !isComponentName(name) || name === section || name === 'pd',
  );
  return [{ ...cluster, spec: Object.fromEntries(kept) }, ...groups];
}

/** Whether it, or what it is in, was named; or the only entry of it. */
function isNamed({ kind, path, value }: Setting, { problems }: Conversion): boolean {
  const deepest = path.length + (isMap(value) && Object.keys(value).length === 1 ? 1 : 0);
  return problems.some(
    ({ origin, path: named = [] }) =>
      origin?.id.kind === kind &&
      named.length > 1 &&
      named.length <= deepest &&
      path.every((step, index) => index >= named.length || step === named[index]),
  );
}

function errorsOf({ problems }: Conversion): string[] {
  return problems.filter(({ severity }) => severity === 'error').map(({ code }) => code);
}

describe('every value of every field', () => {
  const silent: string[] = [];
  const documents = new Set<string>();
  const refused: string[] = [];
  let named = 0;

  beforeAll(async () => {
    for (const setting of SETTINGS) {
      const conversion = await convertValues(...partWith(setting, true));
      if (errorsOf(conversion).length > 0) {
        refused.push(titleOf(setting));
        continue;
      }
      for (const text of conversion.texts) documents.add(text);
      if (isNamed(setting, conversion)) named++;
      if (isNamed(setting, conversion) || isSilent(setting)) continue;
      const { texts } = await convertValues(...partWith(setting, false));
      if (JSON.stringify(texts) === JSON.stringify(conversion.texts)) silent.push(titleOf(setting));
    }
  });

  test('is converted, or named', () => {
    expect(ALL.length).toBeGreaterThan(500);
    expect(refused.filter((title) => !NOT_ALONE.test(title))).toEqual([]);
    expect(silent).toEqual([]);
  });

  describeWith([KUBERNETES_JUDGE], 'by the API server', () => {
    test('is what TiDB Operator v2 takes', () => {
      const converted = SETTINGS.length - named - refused.length;
      expect(converted).toBeGreaterThan(SETTINGS.length / 2);
      expect(documents.size).toBeGreaterThan(converted * 0.75);
      const resources = [...documents].flatMap((text) => readYaml(text));
      expect(refusedByV2(resources)).toEqual([]);
      expect([...new Set(refusedPods(resources))]).toEqual([]);
    });
  });
});

describeWith([KUBERNETES_JUDGE], 'any settings together', () => {
  test('are converted the same each time, taken, and none is lost silently', async () => {
    const all: string[] = [];
    let sound = 0;
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray(ALL, { minLength: 3, maxLength: 12 }), async (any) => {
        // Who says what the cluster says too loses nothing without it.
        const some = [...new Map(any.map((setting) => [setting.path.at(-1), setting])).values()];
        const conversion = await convertValues(...siteWith(some));
        expect((await convertValues(...siteWith(some))).texts).toEqual(conversion.texts);
        if (errorsOf(conversion).length > 0) {
          expect(conversion.texts).toEqual([]);
          return;
        }
        sound++;
        all.push(...conversion.texts);
        for (const setting of some) {
          if (isNamed(setting, conversion) || isSilent(setting)) continue;
          const { texts } = await convertValues(...siteWith(some, setting));
          expect(texts, titleOf(setting)).not.toEqual(conversion.texts);
        }
      }),
      { numRuns: runs(96) },
    );
    expect(sound).toBeGreaterThan(1);
    const resources = all.flatMap((text) => readYaml(text));
    expect(refusedByV2(resources)).toEqual([]);
    expect(refusedPods(resources)).toEqual([]);
  });
});
