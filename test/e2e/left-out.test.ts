import { describe, expect, test } from 'vitest';
import { CLUSTER, configMap, TIKV_GROUP } from '../support/basic.ts';
import { build, EXPAND } from '../support/kustomize.ts';
import { readYaml, titleOf } from '../support/read-yaml.ts';
import { inTurn } from '../support/runs.ts';
import { type Files, Sandbox } from '../support/sandbox.ts';
import { describeWith, GIT, KPT, KUSTOMIZES } from '../support/tools.ts';

const SOUND: Files = { 'cluster.yaml': CLUSTER, 'group.yaml': TIKV_GROUP };

/** What stands beside manifests in people's repositories. */
const OTHERS: readonly [path: string, text: string, left: string, why: string][] = [
  ['package.json', '{"name": "shop", "version": "1.0.0"}', 'package.json', 'belongs to npm'],
  ['web/package-lock.json', '{"lockfileVersion": 3}', 'web/package-lock.json', 'belongs to npm'],
  ['pnpm-lock.yaml', 'lockfileVersion: 9', 'pnpm-lock.yaml', 'belongs to pnpm'],
  ['tsconfig.base.json', '{"extends": "x", // comment\n}', 'tsconfig.base.json', 'belongs to TypeScript'],
  ['compose.yaml', 'services: {}', 'compose.yaml', 'belongs to Docker Compose'],
  ['docker-compose.dev.yml', 'services: {}', 'docker-compose.dev.yml', 'belongs to Docker Compose'],
  ['mkdocs.yml', 'site_name: x', 'mkdocs.yml', 'belongs to the tool of that name'],
  ['chart/Chart.yaml', 'apiVersion: v2\nname: a\nversion: 1.0.0', 'chart/', 'it is a Helm chart'],
];

const CHART: Files = {
  'chart/values.yaml': 'replicas: 3\n',
  'chart/templates/deployment.yaml': '{{- if .Values.on }}\nkind: Deployment\n{{ end }}\n',
};

const COMMANDS: readonly (readonly string[])[] = [
  ['validate'],
  ['render'],
  ['list'],
  ['graph'],
  ['diff', 'in/cluster.yaml'],
];

function under(directory: string, files: Files): Files {
  return Object.fromEntries(Object.entries(files).map(([path, text]) => [`${directory}/${path}`, text]));
}

const LISTED = Object.fromEntries(OTHERS.map(([path, text]) => [path, `${text}\n`]));

describe.each(COMMANDS)('%s %s', (...command) => {
  test('leaves out what is never a manifest, and says what and why', () => {
    const sandbox = new Sandbox(under('in', { ...SOUND, ...LISTED, ...CHART }));
    const plain = new Sandbox(under('in', SOUND)).groups([...command, 'in']);
    const { status, stdout, stderr } = sandbox.groups([...command, 'in']);
    expect({ status, stdout }).toEqual({ status: plain.status, stdout: plain.stdout });
    const notes = stderr.split('\n');
    for (const [, , left, why] of OTHERS) {
      expect(notes).toContainEqual(
        expect.stringMatching(new RegExp(`^note: left out: .*"in/${left}".* ${why}`)),
      );
    }
  });

  test('leaves out what --ignore says, of each directory', () => {
    const more = {
      'old/cluster.yaml': CLUSTER,
      'a/b/draft.yaml': 'nonsense',
      'kept.draft.yaml': configMap('a'),
    };
    const sandbox = new Sandbox(under('in', { ...SOUND, ...more }));
    const ignore = ['--ignore', 'old/', '--ignore', '*draft.yaml', '--ignore', '!/kept.*'];
    const plain = new Sandbox(under('in', { ...SOUND, 'kept.draft.yaml': configMap('a') }));
    const { status, stdout, stderr } = sandbox.groups([...command, ...ignore, 'in']);
    const expected = plain.groups([...command, 'in']);
    expect({ status, stdout }).toEqual({ status: expected.status, stdout: expected.stdout });
    expect(stderr).toBe('note: left out: "in/a/b/draft.yaml", "in/old/", because --ignore says so\n');
  });
});

test('a file that is named on the command line is read, whatever its name is', () => {
  const { status, stdout } = new Sandbox(LISTED).groups(['validate', 'package.json']);
  expect(status).toBe(1);
  expect(stdout).toContain('[not-a-resource]');
});

test('a file with another name is still an error, even if it is no manifest', () => {
  const files = { ...SOUND, 'groups.yml': TIKV_GROUP.replace('kind:', 'knd:') };
  const { status, stdout } = new Sandbox(files).groups(['validate', '.']);
  expect(status).toBe(1);
  expect(stdout).toContain('groups.yml:1:1: error: must be a Kubernetes resource, but has no `kind`');
});

test('a directory of which nothing is left says why', () => {
  const sandbox = new Sandbox({ ...SOUND, '.krmignore': '*.yaml\n' });
  expect(sandbox.groups(['render', '.'])).toMatchObject({
    status: 2,
    stderr:
      'error: "." must contain manifests, but "cluster.yaml" is left out, because ".krmignore" says so\n',
  });
});

test('an earlier render counts, whatever somebody puts beside it', () => {
  const sandbox = new Sandbox(under('in', SOUND));
  expect(sandbox.groups(['render', '-o', 'out', 'in']).status).toBe(0);
  sandbox.write({ 'out/.krmignore': '*\n' });
  sandbox.remove('in/group.yaml');
  const { status, stderr } = sandbox.groups(['render', '-o', 'out', 'in']);
  expect(status).toBe(1);
  expect(stderr).toContain('[danger-unconfirmed]');
});

describe('patches and other files of a kustomization', () => {
  const PATCH =
    'apiVersion: pingcap.com/v1alpha1\nkind: TiKVGroup\nmetadata: {name: hot, namespace: db}\nspec: {replicas: 5}\n';
  const FILES: Files = {
    'base/kustomization.yaml': 'resources: [cluster.yaml, group.yaml]\n',
    ...under('base', SOUND),
    'overlay/kustomization.yaml': `resources: [../base]
patches:
- path: more.yaml
- path: ops.yaml
  target: {kind: TiKVGroup}
patchesStrategicMerge: [again.yaml]
replacements: [{path: replacements.yaml}]
configurations: [fields.yaml]
configMapGenerator:
- name: settings
  files: [data.json, other=more-data.yaml]
transformers: [expand.yaml]
`,
    'overlay/more.yaml': PATCH,
    'overlay/again.yaml': PATCH.replace('5', '7'),
    'overlay/ops.yaml': '- {op: add, path: /metadata/labels, value: {a: b}}\n',
    'overlay/replacements.yaml':
      '- source: {kind: TidbCluster, fieldPath: spec.version}\n  targets:\n  - select: {kind: TiKVGroup}\n    fieldPaths: [spec.version]\n    options: {create: true}\n',
    'overlay/fields.yaml': 'images: [{path: spec/image, kind: TiKVGroup}]\n',
    'overlay/data.json': '{"a": 1}\n',
    'overlay/more-data.yaml': 'b: 2\n',
    'overlay/expand.yaml': EXPAND,
  };

  describeWith(inTurn(KUSTOMIZES, 0), 'that it builds', (kustomize) => {
    test('do not fail a validation of the directories', () => {
      const sandbox = new Sandbox(FILES);
      expect(build(sandbox, kustomize, 'overlay').status).toBe(0);
      const { status, stdout, stderr } = sandbox.groups(['validate', '--strict', '.']);
      expect({ status, stdout }).toEqual({ status: 0, stdout: 'no problems in 3 resources\n' });
      expect(stderr.trimEnd().split('\n')).toEqual(
        [
          '"overlay/again.yaml", "overlay/more.yaml", "overlay/ops.yaml", because "overlay/kustomization.yaml" uses it as a patch',
          '"overlay/data.json", "overlay/more-data.yaml", because "overlay/kustomization.yaml" uses it as the data of a generator',
          '"overlay/fields.yaml", because "overlay/kustomization.yaml" uses it as configuration',
          '"overlay/replacements.yaml", because "overlay/kustomization.yaml" uses it as replacements',
        ].map((text) => `note: left out: ${text}`),
      );
    });
  });

  test('fail a render, which would otherwise lose what they say', () => {
    const { status, stdout, stderr } = new Sandbox(FILES).groups(['render', '.']);
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toContain('overlay/ops.yaml');
  });

  test('are resources where a kustomization has them as resources, too', () => {
    const files = {
      ...SOUND,
      'kustomization.yaml': 'resources: [group.yaml]\npatches: [{path: group.yaml}]\n',
    };
    expect(new Sandbox(files).groups(['validate', '.'])).toMatchObject({
      status: 0,
      stdout: 'no problems in 2 resources\n',
      stderr: '',
    });
  });
});

/** Layouts of packages, with what is left out of each. */
const PACKAGES: readonly (readonly [what: string, files: Files])[] = [
  ['a file', { '.krmignore': 'draft.yaml\n', 'draft.yaml': configMap('draft') }],
  ['a file anywhere', { '.krmignore': 'draft.yaml\n', 'a/draft.yaml': configMap('draft') }],
  ['a directory', { '.krmignore': 'old\n', 'old/a.yaml': configMap('a'), 'old/b/c.yaml': configMap('c') }],
  [
    'all but one',
    { '.krmignore': 'd*.yaml\n!d2.yaml\n', 'd1.yaml': configMap('d1'), 'd2.yaml': configMap('d2') },
  ],
  ['a package below', { '.krmignore': 'sub\n', 'sub/Kptfile': '', 'sub/a.yaml': configMap('a') }],
  [
    'a package below that',
    { '.krmignore': 'x\n', 'x/sub/Kptfile': '', 'x/sub/a.yaml': configMap('a'), 'x/b.yaml': configMap('b') },
  ],
  [
    'what a package below says',
    {
      'sub/Kptfile': '',
      'sub/.krmignore': 'a.yaml\n',
      'sub/a.yaml': configMap('a'),
      'a.yaml': configMap('a2'),
    },
  ],
  [
    'what a directory that is no package says',
    { 'sub/.krmignore': 'a.yaml\n', 'sub/a.yaml': configMap('a') },
  ],
  [
    'a package with rules of the one above',
    { '.krmignore': 'a.yaml\n', 'sub/Kptfile': '', 'sub/a.yaml': configMap('a') },
  ],
];

describeWith([KPT], 'a package with a .krmignore', (kpt) => {
  test.each(PACKAGES)('has the same resources for us as for its pipeline: %s', (_, files) => {
    const sandbox = new Sandbox();
    sandbox.write({ 'note.sh': `#!/bin/sh\nexec tee -a '${sandbox.path('seen')}'\n` });
    const kptfile = `apiVersion: kpt.dev/v1\nkind: Kptfile\nmetadata: {name: p}\npipeline:\n  mutators:\n  - exec: sh ${sandbox.path('note.sh')}\n`;
    const all = { Kptfile: '', 'always.yaml': configMap('always'), ...files };
    for (const [path, text] of Object.entries(all)) {
      sandbox.write({ [`p/${path}`]: path.endsWith('Kptfile') ? kptfile : text });
    }
    expect(sandbox.run(kpt, ['fn', 'render', '--allow-exec', 'p']).status).toBe(0);
    const seen = new Set(
      [...sandbox.read('seen').matchAll(/^ {4}name: (\w+)$/gm)].map(([, name = '']) => name),
    );
    const ours = readYaml(sandbox.groups(['render', 'p']).stdout).map(titleOf);
    expect(ours.map((title) => title.replace(/^ConfigMap (?:\w+\/)?/, '')).sort()).toEqual(
      [...seen].filter((name) => name !== 'p').sort(),
    );
  });
});

describe.skipIf(GIT.path === undefined)('a revision', () => {
  test.each([...PACKAGES, ['what is never a manifest', { ...LISTED, ...CHART }] as const])(
    'leaves out what a directory leaves out: %s',
    (_, files) => {
      const sandbox = new Sandbox({
        ...under('in', { ...SOUND, ...files }),
        'none/a.yaml': configMap('none'),
      });
      const git = (...args: string[]) =>
        sandbox.run('git', ['-c', 'user.name=a', '-c', 'user.email=a@b', ...args]);
      git('init', '--quiet');
      git('add', '.');
      expect(git('commit', '--quiet', '-m', 'x').status).toBe(0);
      const ignore = ['--ignore', 'b.yaml'];
      const fromDisk = sandbox.groups(['diff', ...ignore, 'none', 'in']);
      const fromGit = sandbox.groups(['diff', ...ignore, 'none', 'git:HEAD:in']);
      expect(fromGit.stderr.replaceAll('git:HEAD:in', 'in').split('\n').sort()).toEqual(
        fromDisk.stderr.split('\n').sort(),
      );
      expect({ ...fromGit, stderr: '' }).toEqual({ ...fromDisk, stderr: '' });
    },
  );
});

test('an empty pattern is wrong usage', () => {
  expect(new Sandbox(SOUND).groups(['validate', '--ignore', '', '.'])).toMatchObject({
    status: 2,
    stdout: '',
  });
});
