import { isAbsolute, join, normalize } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Item } from '../../src/list/index.ts';
import { Problems } from '../../src/problem/index.ts';
import { FileNames } from '../../src/render/file-names.ts';
import { runs } from '../support/runs.ts';

interface Resource {
  readonly kind: string;
  readonly name: string;
  readonly namespace: string;
}

/** The files of resources, and the fields that problems are about. */
function namesOf(resources: readonly Resource[]) {
  const problems = new Problems();
  const names = new FileNames(problems);
  const files = resources.map(({ kind, name, namespace }) => {
    const origin = Item.of({ apiVersion: 'v1', kind, metadata: { name, namespace } });
    return names.take({ kind, name, namespace, origin });
  });
  const fields = problems.all.map(({ path = [] }) => path.join('.'));
  return { files, fields, codes: new Set(problems.all.map(({ code }) => code)) };
}

test.each<[resource: Resource, file: string]>([
  [{ kind: 'ConfigMap', name: 'settings', namespace: 'db' }, 'db/configmap_settings.yaml'],
  [{ kind: 'Namespace', name: 'db', namespace: '' }, 'namespace_db.yaml'],
  [{ kind: 'ClusterRole', name: 'system:node-reader', namespace: '' }, 'clusterrole_system_node-reader.yaml'],
  [
    { kind: 'ClusterRoleBinding', name: 'Me@example.com', namespace: '' },
    'clusterrolebinding_Me_example.com.yaml',
  ],
  [{ kind: 'Job', name: '', namespace: 'db' }, 'db/job_.yaml'],
  [{ kind: 'ConfigMap', name: 'a'.repeat(240), namespace: 'db' }, `db/configmap_${'a'.repeat(240)}.yaml`],
])('%o goes to %s', (resource, file) => {
  expect(namesOf([resource])).toMatchObject({ files: [file], fields: [] });
});

test.each<[what: string, change: Partial<Resource>, field: string]>([
  ['a namespace that leads out', { namespace: '../../escaped' }, 'metadata.namespace'],
  ['a namespace that is a path', { namespace: '/etc' }, 'metadata.namespace'],
  ['a namespace that is the directory itself', { namespace: '.' }, 'metadata.namespace'],
  ['a namespace of another drive', { namespace: 'c:' }, 'metadata.namespace'],
  ['a namespace in upper case', { namespace: 'DB' }, 'metadata.namespace'],
  ['a namespace that is a device', { namespace: 'aux' }, 'metadata.namespace'],
  ['a namespace of 64 characters', { namespace: 'a'.repeat(64) }, 'metadata.namespace'],
  ['a hidden namespace', { namespace: '.git' }, 'metadata.namespace'],
  ['a kind that leads out', { kind: '../../x' }, 'kind'],
  ['a kind with a NUL', { kind: 'Config\0Map' }, 'kind'],
  ['a kind of two lines', { kind: 'ConfigMap\nx' }, 'kind'],
  ['a kind without letters', { kind: '' }, 'kind'],
  ['a name that leads out', { name: '../x' }, 'metadata.name'],
  ['a name with a backslash', { name: 'a\\b' }, 'metadata.name'],
  ['a name with a NUL', { name: 'a\0b' }, 'metadata.name'],
  ['a name with a letter of another alphabet', { name: 'ﬁle' }, 'metadata.name'],
  ['a name that makes too long a file name', { name: 'a'.repeat(241) }, 'metadata.name'],
])('%s is an error at its field', (_, change, field) => {
  const { files, fields, codes } = namesOf([
    { kind: 'ConfigMap', name: 'settings', namespace: 'db', ...change },
  ]);
  expect({ files, fields, codes: [...codes] }).toEqual({
    files: [undefined],
    fields: [field],
    codes: ['file-name'],
  });
});

test('names that differ by upper and lower case alone, or not at all, are told apart by numbers', () => {
  const role = (name: string) => ({ kind: 'ClusterRole', name, namespace: '' });
  const { files } = namesOf([
    role('reader'),
    role('Reader'),
    role('reader-2'),
    role('READER'),
    role('a:b'),
    role('a@b'),
  ]);
  expect(files).toEqual([
    'clusterrole_reader.yaml',
    'clusterrole_Reader-2.yaml',
    'clusterrole_reader-2-2.yaml',
    'clusterrole_READER-3.yaml',
    'clusterrole_a_b.yaml',
    'clusterrole_a_b-2.yaml',
  ]);
});

test('no name leads out of the directory, is there twice on any file system, or is longer than one takes', () => {
  const bad = [
    '..',
    '.',
    '/',
    '\\',
    '\0',
    '\n',
    ' ',
    ':',
    'C:',
    'con',
    'é',
    '\u2028',
    '%2e',
    '~',
    '-',
    '_',
    '@',
    'A',
    'a',
    '9',
  ];
  const text = fc.oneof(
    fc.array(fc.constantFrom(...bad), { maxLength: 6 }).map((parts) => parts.join('')),
    fc.string({ unit: 'binary', maxLength: 300 }),
    fc.stringMatching(/^[a-z][a-z0-9-]{0,10}$/),
  );
  const resources = fc.array(fc.record({ kind: text, name: text, namespace: text }), { maxLength: 8 });
  fc.assert(
    fc.property(resources, (all) => {
      const { files, fields } = namesOf(all);
      const made = files.filter((file) => file !== undefined);
      expect(new Set(made.map((file) => file.toLowerCase())).size).toBe(made.length);
      expect(made.length < all.length).toBe(fields.length > 0);
      for (const file of made) {
        expect(file).toMatch(/^(?:[a-z0-9][a-z0-9-]{0,62}\/)?[a-z][a-z0-9-]*_[\w.-]*\.yaml$/);
        expect(isAbsolute(file)).toBe(false);
        expect(normalize(join('out', file))).toBe(join('out', file));
        for (const part of file.split('/')) expect(part.length).toBeLessThanOrEqual(255);
      }
    }),
    { numRuns: runs(3000) },
  );
});
