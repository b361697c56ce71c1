import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { definitions, KINDS, type Kind, refTo, type Schema } from '../../src/api/index.ts';
import { formatPath, type Path, type Problem, Problems } from '../../src/problem/index.ts';
import { checkStructure } from '../../src/validate/index.ts';
import type { MapValue, Value } from '../../src/yaml/index.ts';
import { isRightToAjv } from '../support/ajv.ts';
import { everyField, type Field } from '../support/every-field.ts';
import { resolve, sample, sampleAt } from '../support/sample.ts';

const facts = readFileSync(new URL('../../fixtures/facts/tidbcluster-fields.txt', import.meta.url), 'utf8');
const clusterFields = [...facts.matchAll(/^(spec\.\S+): /gm)].map(([, path = '']) =>
  field('TidbCluster', path),
);
const groupFields = [...facts.matchAll(/^spec\.(tikv|tidb)(\.\S+): /gm)].map(([, component, rest]) =>
  field(component === 'tikv' ? 'TiKVGroup' : 'TiDBGroup', `spec${rest}`),
);

const newer = readFileSync(
  new URL('../../fixtures/facts/operator-newer-fields.txt', import.meta.url),
  'utf8',
);
const NEWER = new Set([...newer.matchAll(/^\w+\.(\w+)$/gm)].map(([, field = '']) => field));

const kubernetesFields = [...everyField(KINDS)].filter(({ isKubernetes }) => isKubernetes);

function field(kind: Kind, text: string): Omit<Field, 'isKubernetes'> {
  const path = text.split('.').flatMap((step) => (step.endsWith('[]') ? [step.slice(0, -2), 0] : [step]));
  let schema: Schema = { $ref: refTo(kind) };
  for (const step of path) {
    const { properties = {}, items } = resolve(schema);
    schema = (typeof step === 'number' ? items : properties[step]) ?? {};
  }
  return { kind, path, schema };
}

describe.each([
  ['of a TidbCluster', clusterFields],
  ['of a group', groupFields],
  ['of the types that Kubernetes defines', kubernetesFields],
])('every field %s', (_, fields) => {
  test('is there', () => {
    for (const { path, schema } of fields) expect(schema, formatPath(path)).not.toEqual({});
  });

  test('is right as the schema has it', () => {
    for (const { kind, path, schema } of fields) {
      const object = sampleAt(kind, path, (holder, name) => {
        holder[name] = sample(schema);
      });
      expect(problemsOf(kind, object), formatPath(path)).toEqual([]);
    }
  });

  test('is one problem with a value of another type', () => {
    for (const { kind, path, schema } of fields) {
      const object = sampleAt(kind, path, (holder, name) => {
        holder[name] = ofOtherType(schema);
      });
      const found = problemsOf(kind, object).map(({ code, path: at = [] }) => `${code} ${formatPath(at)}`);
      expect(found).toEqual([`field-type ${formatPath(path)}`]);
    }
  });

  test('is one problem, with the right advice, when its name is mistyped', () => {
    for (const { kind, path } of fields) {
      const typo: Path = [...path.slice(0, -1), `${path.at(-1)}x`];
      const object = sampleAt(kind, path, (holder, name) => {
        holder[`${name}x`] = holder[name] ?? 'text';
        delete holder[name];
      });
      const all = problemsOf(kind, object);
      // What is only warned of does not stand for what is missing.
      const isMissing = ({ code, path: at = [] }: Problem) =>
        kind === 'TidbCluster' && code === 'field-missing' && formatPath(at) === formatPath(path);
      const found = all.filter((problem) => !isMissing(problem));
      expect(found.map(({ code, path: at = [] }) => `${code} ${formatPath(at)}`)).toEqual([
        `${kind === 'TidbCluster' ? 'field-unknown-operator' : 'field-unknown'} ${formatPath(typo)}`,
      ]);
      expect(found[0]?.message).toContain(`did you mean \`${path.at(-1)}\`?`);
    }
  });
});

function problemsOf(kind: Kind, object: MapValue): readonly Problem[] {
  const problems = new Problems();
  const id = { apiVersion: '', kind, name: 'mine', namespace: '' };
  checkStructure({ object, origin: { id, locate: () => ({}) } }, kind, problems);
  const found = problems.all.filter((problem) => !isNewer(problem));
  expect(isRightToAjv(kind, object), `ajv about ${JSON.stringify(object)}`).toBe(found.length === 0);
  return found;
}

/** Of a TidbCluster's fields that Kubernetes has and the operator has not a warning speaks, however right they are. */
function isNewer({ code, path = [] }: Problem): boolean {
  return code === 'field-unknown-operator' && NEWER.has(String(path.at(-1)));
}

function ofOtherType(schema: Schema): Value {
  const { type } = resolve(schema);
  if (Array.isArray(type)) return [];
  return type === 'string' ? 1 : 'text';
}

test('no field of the types that Kubernetes defines is left out', () => {
  const types = Object.values(definitions()).filter((definition) => definition['x-kubernetes']);
  const count = types.reduce((sum, { properties = {} }) => sum + Object.keys(properties).length, 0);
  expect(kubernetesFields.length).toBe(count);
});
