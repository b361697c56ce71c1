import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { KINDS, type Kind } from '../../src/api/index.ts';
import { Problems } from '../../src/problem/index.ts';
import { checkStructure } from '../../src/validate/index.ts';
import { Float, isMap, type MapValue } from '../../src/yaml/index.ts';
import { isRightToAjv } from '../support/ajv.ts';

interface Facts {
  cluster: MapValue;
  group: MapValue;
  cases: {
    name: string;
    rejected?: boolean;
    spec?: MapValue;
    clusterSpec?: MapValue;
    annotations?: MapValue;
  }[];
}

describe.each(['tikv-group', 'tidb-group', 'cluster-tikv', 'cluster-tidb'])('%s', (file) => {
  const text = readFileSync(new URL(`../../fixtures/conformance/${file}.yaml`, import.meta.url), 'utf8');
  const facts = parse(text, fractionsAsFloats) as Facts;

  test.each(facts.cases.filter(({ rejected }) => !rejected))(
    '$name',
    ({ spec = {}, clusterSpec = {}, annotations = {} }) => {
      const group = merge(facts.group, { spec, metadata: { annotations } });
      const cluster = merge(facts.cluster, { spec: clusterSpec });
      expect([...messages(group), ...messages(cluster)]).toEqual([]);
    },
  );
});

function messages(object: MapValue): string[] {
  const kind = KINDS.find((name) => name === object.kind) as Kind;
  const problems = new Problems();
  const id = { apiVersion: '', kind, name: 'mine', namespace: '' };
  checkStructure({ object, origin: { id, locate: () => ({}) } }, kind, problems);
  expect(isRightToAjv(kind, object)).toBe(problems.all.length === 0);
  return problems.all.map(({ message }) => message);
}

function fractionsAsFloats(_: unknown, value: unknown): unknown {
  return typeof value === 'number' && !Number.isInteger(value) ? new Float(value) : value;
}

/** A null removes a field, a list or a config replaces what was there. */
function merge(base: MapValue, patch: MapValue): MapValue {
  const merged = { ...base };
  for (const [key, value] of Object.entries(patch)) {
    const old = merged[key] ?? null;
    if (value === null) delete merged[key];
    else merged[key] = isMap(value) && isMap(old) && key !== 'config' ? merge(old, value) : value;
  }
  return merged;
}
