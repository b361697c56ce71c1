import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { describe, expect, onTestFinished, test } from 'vitest';
import { stringify } from 'yaml';
import { KINDS } from '../../src/api/index.ts';
import { SCHEMAS_URL, schemaFile } from '../../src/api/texts.ts';
import { CLUSTER, configMap, stream, TIDB_GROUP, TIKV_GROUP } from '../support/basic.ts';
import { readProject } from '../support/ci.ts';
import { LanguageServer } from '../support/language-server.ts';
import { sample } from '../support/sample.ts';
import { Sandbox } from '../support/sandbox.ts';
import { describeWith, YAML_LANGUAGE_SERVER } from '../support/tools.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const ALL = pathToFileURL(`${ROOT}schemas/all.json`).href;

describe('the schemas of the repository', () => {
  test('are what the command prints, under the address that they give themselves', () => {
    const sandbox = new Sandbox();
    for (const kind of KINDS) {
      const text = readProject(`schemas/${schemaFile(kind)}`);
      expect(JSON.parse(text).$id).toBe(`${SCHEMAS_URL}/${schemaFile(kind)}`);
      if (kind === 'TiKVGroup') expect(sandbox.groups(['schema', kind]).stdout).toBe(text);
    }
    expect(sandbox.groups(['schema']).stdout).toBe(readProject('schemas/all.json'));
    const { repository }: { repository: { url: string } } = JSON.parse(readProject('package.json'));
    const name = repository.url.replace(/^git\+https:\/\/github\.com\/|\.git$/g, '');
    expect(SCHEMAS_URL).toBe(`https://raw.githubusercontent.com/${name}/main/schemas`);
  });

  test('are found by those who look for the schema of a kind in a directory', () => {
    const sandbox = new Sandbox({ 'in.yaml': `${configMap('a')}---\n${CLUSTER}` });
    sandbox.copy('schemas', 'schemas');
    const { stdout } = sandbox.groups(['validate', '--schemas', 'schemas', 'in.yaml']);
    expect(stdout).not.toContain('TidbCluster');
  });

  test('have an entry in a catalog as SchemaStore has one', () => {
    const { $schema, version, schemas, ...others } = JSON.parse(readProject('schemas/catalog.json'));
    expect({ $schema, version, others }).toEqual({
      $schema: 'https://json.schemastore.org/schema-catalog.json',
      version: 1,
      others: {},
    });
    for (const { name, description, url, fileMatch, ...more } of schemas) {
      for (const text of [name, description, ...fileMatch]) expect(text).toMatch(/^\S.*\S$/);
      expect(url).toBe(`${SCHEMAS_URL}/all.json`);
      expect(new Set(fileMatch).size).toBe(fileMatch.length);
      expect(more).toEqual({});
    }
  });
});

test('the CRDs of the repository are what the command prints, and a kustomization lists them', () => {
  const files = readdirSync(`${ROOT}crds`).filter((name) => name.endsWith('.generated.yaml'));
  const documents = files.map((name) => readProject(`crds/${name}`).replace(/^#.*\n/, ''));
  const printed = new Sandbox().groups(['crds']).stdout.split('---\n');
  expect(documents.sort()).toEqual(printed.sort());
  const kustomization = readProject('crds/kustomization.yaml');
  for (const name of files) expect(kustomization).toContain(`- ${name}\n`);
});

describeWith([YAML_LANGUAGE_SERVER], 'an editor', (program) => {
  const withAll = () =>
    LanguageServer.start(program, {
      validate: true,
      completion: true,
      // Kubernetes reads modes such as 0755 as octal.
      yamlVersion: '1.1',
      schemaStore: { enable: false },
      schemas: { [ALL]: '*.yaml' },
    });
  const lines = (found: Awaited<ReturnType<LanguageServer['open']>>) =>
    found.map(({ range, message }) => `${range.start.line}: ${message}`);

  test('finds nothing in a file with a document of each kind, and of others', async () => {
    const documents = KINDS.map((kind) => stringify(sample({ $ref: `#/definitions/${kind}` })));
    const server = await withAll();
    expect(lines(await server.open('file:///all.yaml', stream(...documents, configMap('a'))))).toEqual([]);
  });

  test('finds nothing in the manifests of the examples', async () => {
    const server = await withAll();
    // Patches are not whole resources.
    const files = readdirSync(`${ROOT}examples`, { recursive: true, encoding: 'utf8' }).filter(
      (path) =>
        /^(?:kpt|kustomize\/base|mixed|operator|plain|repository|validator)\/.*\.yaml$/.test(path) &&
        /pingcap\.com\//.test(readProject(`examples/${path}`)),
    );
    expect(files.length).toBeGreaterThan(20);
    const documents = files.map((path) => `# ${path}\n${readProject(`examples/${path}`)}`);
    expect(lines(await server.open('file:///examples.yaml', documents.join('---\n')))).toEqual([]);
  });

  test('finds a mistake in the document that has it, at its line', async () => {
    const server = await withAll();
    const mistakes: readonly [was: string, is: string, says: RegExp][] = [
      ['  replicas: 3', '  replicas: many', /Incorrect type/],
      ['  replicas: 3', '  replica: 3\n  replicas: 3', /Property replica is not allowed/],
    ];
    const other = stream(CLUSTER, configMap('a'), TIDB_GROUP);
    const above = other.split('\n').length;
    for (const [index, [was, is, says]] of mistakes.entries()) {
      expect(TIKV_GROUP).toContain(`${was}\n`);
      const text = `${other}---\n${TIKV_GROUP.replace(was, is)}`;
      const found = await server.open(`file:///mistake-${index}.yaml`, text);
      const line = above + TIKV_GROUP.split('\n').indexOf(was);
      expect(found.map(({ range }) => range.start.line)).toEqual([line]);
      expect(found[0]?.message).toMatch(says);
    }
  });

  test('offers the kinds, and the fields of the kind with what they are for', async () => {
    const server = await withAll();
    const uri = 'file:///offers.yaml';
    await server.open(uri, `${CLUSTER}---\napiVersion: pingcap.com/v1alpha1\nkind: \n`);
    const kindLine = CLUSTER.split('\n').length + 1;
    const kinds = (await server.complete(uri, kindLine, 6)).map(({ label }) => label);
    for (const kind of KINDS) expect(kinds).toContain(kind);
    const other = 'file:///fields.yaml';
    await server.open(other, `${CLUSTER}---\n${TIKV_GROUP.trimEnd()}\n  \n`);
    const last = CLUSTER.split('\n').length + TIKV_GROUP.split('\n').length - 1;
    const offered = await server.complete(other, last, 2);
    const field = offered.find(({ label }) => label === 'storageClassName');
    expect(JSON.stringify(field?.documentation)).toMatch(/class/i);
    // A TiKVGroup has no Service; a TiDBGroup has.
    expect(offered.map(({ label }) => label)).not.toContain('service');
  });

  test('reads the schema that a file names, as the README says', async () => {
    const sandbox = new Sandbox();
    sandbox.write({ '.schemas/all.json': sandbox.groups(['schema']).stdout });
    const server = await LanguageServer.start(program, { validate: true, schemaStore: { enable: false } });
    const line = '# yaml-language-server: $schema=.schemas/all.json\n';
    expect(readFileSync(`${ROOT}README.md`, 'utf8')).toContain(line);
    const uri = pathToFileURL(sandbox.path('groups.yaml')).href;
    const found = await server.open(uri, `${line}${TIKV_GROUP.replace('replicas: 3', 'replicas: x')}`);
    expect(lines(found)).toEqual([expect.stringContaining('Incorrect type')]);
  });

  test('finds the schema of a file by its name in the catalog', async () => {
    const catalog = createServer((request, response) => {
      const text = readProject(`schemas/${request.url?.slice(1)}`);
      response.end(text.replaceAll(`${SCHEMAS_URL}/`, `http://${request.headers.host}/`));
    });
    onTestFinished(() => void catalog.close());
    await new Promise<void>((listening) => catalog.listen(0, '127.0.0.1', () => listening()));
    const address = catalog.address();
    const port = typeof address === 'object' ? address?.port : undefined;
    const url = `http://127.0.0.1:${port}/catalog.json`;
    const server = await LanguageServer.start(program, {
      validate: true,
      schemaStore: { enable: true, url },
    });
    const text = TIKV_GROUP.replace('replicas: 3', 'replicas: x');
    // It reads the catalog while it already answers, so the first answer may be without it.
    await expect
      .poll(async () => lines(await server.open('file:///hot.tidb-groups.yaml', text)), { timeout: 20_000 })
      .toEqual([expect.stringContaining('Incorrect type')]);
    expect(await server.open('file:///hot.yaml', text)).toEqual([]);
  });
});
