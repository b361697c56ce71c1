import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { build } from 'esbuild';
import { describe, expect, test } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { type Definitions, definitions, KINDS, refName, type Schema } from '../../src/api/index.ts';
import { schema } from '../../src/api/texts.ts';
import { byKind, COMPONENTS } from '../../src/components/index.ts';

import { GROUP_CRDS } from '../support/group-crds.ts';
import { sample } from '../support/sample.ts';

describe.each(KINDS)('the schema of %s', (kind) => {
  const document = JSON.parse(schema(kind)) as Schema & { definitions: Definitions };

  test('holds every definition that it refers to, and no other', () => {
    const named = [...schema(kind).matchAll(/"\$ref": "([^"]+)"/g)].map(([, ref = '']) => refName(ref));
    expect([...new Set(named)].sort()).toEqual(Object.keys(document.definitions).sort());
  });

  test('says of every field what it is for', () => {
    const bare = Object.entries(document.definitions).flatMap(([name, { properties = {} }]) =>
      Object.entries(properties).flatMap(([field, { description }]) =>
        description ? [] : [`${name}.${field}`],
      ),
    );
    expect(bare.filter((name) => !UNDESCRIBED.test(name))).toEqual([]);
  });

  test('is one that a validator can use', () => {
    const ajv = new Ajv({ allowUnionTypes: true, validateFormats: false });
    const validate = ajv.compile(document);
    expect(validate(sample({ $ref: `#/definitions/${kind}` }))).toBe(true);
    expect(validate([])).toBe(false);
  });
});

/** What the published Kubernetes types do not have yet, or have without a word. */
const UNDESCRIBED =
  /^PodDNSConfigOption.value$|^(ContainerRestart|FileKey|ImageVolume|PodCertificate)|\.(fileKeyRef|image|podCertificate|request|restartPolicyRules|seLinuxChangePolicy|stopSignal|supplementalGroupsPolicy)$/;

describe('the CRDs', () => {
  const documents = parseAllDocuments(GROUP_CRDS).map((document) => document.toJS());

  test('are those of all kinds of groups', () => {
    expect(documents.map(({ metadata }) => metadata.name)).toEqual(
      Object.keys(byKind).map((kind) => `${kind.toLowerCase()}s.pingcap.com`),
    );
  });

  test.each(documents)('$spec.names.kind fits the annotation that kubectl apply makes of it', (document) => {
    expect(JSON.stringify(document).length).toBeLessThan(256 * 1024);
  });

  test.each(documents)('$spec.names.kind is structural', ({ spec }) => {
    const faults = [...structuralFaults(spec.versions[0].schema.openAPIV3Schema, '')];
    expect(faults).toEqual([]);
  });

  test.each(documents)('$spec.names.kind has each field of the type', ({ spec }) => {
    const { properties } = spec.versions[0].schema.openAPIV3Schema;
    expect(Object.keys(properties.spec.properties)).toEqual(
      Object.keys(definitions()[`${spec.names.kind}Spec`]?.properties ?? {}),
    );
    expect(properties.spec.properties.requests.additionalProperties['x-kubernetes-int-or-string']).toBe(true);
    const { configs } = COMPONENTS.find(({ group }) => group?.kind === spec.names.kind) ?? { configs: [] };
    for (const { path } of configs) {
      const config = path.reduce((field, name) => field.properties[name], properties.spec);
      expect(config).toMatchObject({ 'x-kubernetes-preserve-unknown-fields': true });
    }
    expect(properties.spec.properties.replicas).toMatchObject({
      type: 'integer',
      format: 'int32',
      minimum: 0,
    });
    expect(spec.versions[0].subresources).toEqual({ status: {} });
  });
});

/** What the API server refuses in a schema of a CRD. */
function* structuralFaults(node: Record<string, unknown>, path: string): Generator<string> {
  const open = node['x-kubernetes-preserve-unknown-fields'] === true;
  if (node.type === undefined && !open && node['x-kubernetes-int-or-string'] !== true)
    yield `${path}: no type`;
  for (const keyword of ['$ref', 'const', 'propertyNames', 'definitions', 'x-kubernetes', 'x-kept-empty']) {
    if (keyword in node) yield `${path}: ${keyword}`;
  }
  if (typeof node.additionalProperties === 'boolean') yield `${path}: additionalProperties`;
  if (node.properties !== undefined && node.additionalProperties !== undefined) yield `${path}: both`;
  if (node.type === 'array' && node.items === undefined) yield `${path}: no items`;
  for (const [name, property] of Object.entries(
    (node.properties ?? {}) as Record<string, Record<string, unknown>>,
  )) {
    yield* structuralFaults(property, `${path}.${name}`);
  }
  for (const key of ['items', 'additionalProperties']) {
    const inner = node[key];
    if (typeof inner === 'object' && inner !== null)
      yield* structuralFaults(inner as Record<string, unknown>, `${path}[]`);
  }
}

test('an ordinary run loads none of the texts', async () => {
  const { metafile } = await build({
    entryPoints: ['src/validate/index.ts'],
    bundle: true,
    write: false,
    metafile: true,
    platform: 'node',
    logLevel: 'silent',
  });
  const inputs = Object.keys(metafile.inputs);
  expect(inputs).toContain('src/api/generated/definitions.generated.ts');
  expect(inputs).not.toContain('src/api/generated/descriptions.generated.ts');
  expect(inputs).not.toContain('src/api/texts.ts');
});

test('the function definition checks the function config with the same fields', () => {
  const text = readFileSync('functions/expand-tidb-groups/function-definition.generated.yaml', 'utf8');
  const { spec } = parse(text);
  const fields = spec.versions[0].schema.openAPIV3Schema.properties.spec.properties;
  expect(Object.keys(fields)).toEqual(Object.keys(definitions().ExpandTidbGroupsSpec?.properties ?? {}));
});
