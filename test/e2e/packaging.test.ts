import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { FUNCTIONS } from '../../scripts/generate/function-definition.ts';
import { definitions, KINDS } from '../../src/api/index.ts';
import { readProject } from '../support/ci.ts';
import { Sandbox } from '../support/sandbox.ts';
import { describeWith, FUNCTION_DEFINITIONS, GIT, KREW, KREW_VALIDATION, KUBECTL } from '../support/tools.ts';

const PACKAGE: {
  version: string;
  license: string;
  bin: Record<string, string>;
  repository: { url: string };
} = JSON.parse(readProject('package.json'));
const HOME = PACKAGE.repository.url.replace(/^git\+|\.git$/g, '');

describeWith([GIT], 'the repository', (git) => {
  test('has one address, wherever a file names it', () => {
    const pages = execFileSync(git, ['grep', '-hIoE', ADDRESS, '--', ':!test'], { encoding: 'utf8' })
      .trim()
      .split('\n');
    expect(pages.length).toBeGreaterThan(20);
    const owner = HOME.replace(/^https:\/\/github\.com\/|\/tidb-groups$/g, '');
    expect(new Set(pages.map((page) => page.split('/').at(-2)))).toEqual(new Set([owner]));
  });
});

/** What has the owner of a repository before its name: pages, raw files, images. */
const ADDRESS = '(github\\.com|raw\\.githubusercontent\\.com|ghcr\\.io)/[A-Za-z0-9_-]+/tidb-groups';

describe.each(FUNCTIONS)("the catalog's entry of $name", ({ name, kind, tag, description }) => {
  const metadata = parse(readProject(`functions/${name}/metadata.yaml`));

  test('has the fields that the catalog of kpt wants, and no others', () => {
    const { sourceURL, examplePackageURLs, ...others } = metadata;
    expect(others).toEqual({
      image: HOME.replace('https://github.com/', 'ghcr.io/'),
      description,
      tags: [tag],
      license: PACKAGE.license,
      hidden: false,
    });
    const prefix = `${HOME}/tree/main/`;
    for (const url of [sourceURL, ...examplePackageURLs]) {
      expect(url.slice(0, prefix.length)).toBe(prefix);
      expect(existsSync(`${url.slice(prefix.length)}/README.md`)).toBe(true);
    }
    expect(KINDS).toContain(kind);
  });

  test('has a README with the sections of the catalog', () => {
    const page = readProject(`functions/${name}/README.md`);
    expect(page.startsWith(`# ${name}\n\n## Overview\n`)).toBe(true);
    for (const section of ['## Usage', '### FunctionConfig', '## Examples']) {
      expect(page).toContain(`\n${section}\n`);
    }
  });

  describeWith([FUNCTION_DEFINITIONS], "read by kustomize's framework", (program) => {
    const definition = readProject(`functions/${name}/function-definition.generated.yaml`);
    const judged = (configs: readonly object[]): string[] => {
      const input = JSON.stringify({ definition, kind, configs: configs.map((one) => JSON.stringify(one)) });
      const { status, stdout, stderr } = new Sandbox().run(program, [], { input });
      expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
      return JSON.parse(stdout);
    };
    const config = (spec: object) => ({
      apiVersion: 'groups.pingcap.com/v1alpha1',
      kind,
      metadata: { name },
      spec,
    });
    const { properties = {} } = definitions().ExpandTidbGroupsSpec ?? {};

    test('has no field that it does not know, and takes a config', () => {
      expect(judged([config({}), config({ strict: true, tikvWave: 2, drain: { timeout: '3h' } })])).toEqual([
        '',
        '',
      ]);
    });

    test('refuses a wrong type in every setting, and names it', () => {
      const fields = Object.keys(properties);
      expect(fields.length).toBeGreaterThan(10);
      const said = judged(fields.map((field) => config({ [field]: [1] })));
      for (const [index, field] of fields.entries()) expect(said[index]).toContain(`spec.${field}`);
    });

    test('points to pages that there are', () => {
      const { versions } = parse(definition).spec;
      const prefix = `${HOME}/blob/v${PACKAGE.version}/`;
      for (const { usage, examples } of versions) {
        for (const url of [usage, ...examples]) {
          expect(url.slice(0, prefix.length)).toBe(prefix);
          expect(existsSync(url.slice(prefix.length))).toBe(true);
        }
      }
    });
  });
});

/** What Artifact Hub says that a listed image must have, and how it reads the rest. */
test('the image has the labels that Artifact Hub wants', () => {
  const labels = new Map(
    [...readProject('Dockerfile').matchAll(/ ((?:org|io)\.[a-z.-]+)="([^"]*)"/g)].map(
      ([, key = '', value = '']) => [key, value],
    ),
  );
  for (const key of ['org.opencontainers.image.created', 'org.opencontainers.image.description']) {
    expect(labels.get(key)).toMatch(/./);
  }
  const readme = labels.get('io.artifacthub.package.readme-url') ?? '';
  expect(readme).toMatch(/^https:\/\/raw\.githubusercontent\.com\/\$REPOSITORY\//);
  expect(existsSync(readme.replace(/^.*\$\{COMMIT:-main\}\//, ''))).toBe(true);
  expect(labels.get('io.artifacthub.package.license')).toBe(PACKAGE.license);
  const { jobs } = parse(readProject('.github/workflows/release.yaml'));
  const { with: push } = jobs.image.steps.find(({ id }: { id?: string }) => id === 'push');
  const given = [...push['build-args'].matchAll(/^([A-Z]+)=/gm)].map(([, key]) => key);
  expect(given.sort()).toEqual(['COMMIT', 'CREATED', 'REPOSITORY', 'VERSION']);
});

describeWith([KUBECTL], 'a plugin of it', (kubectl) => {
  test('is what the npm package installs, and does as the executable does', () => {
    expect(PACKAGE.bin).toEqual({
      'kubectl-tidb_groups': 'dist/tidb-groups',
      'tidb-groups': 'dist/tidb-groups',
    });
    const sandbox = new Sandbox();
    sandbox.addProgram('kubectl-tidb_groups', 'exec tidb-groups "$@"\n');
    const args = ['explain', 'store-scale-in'];
    expect(sandbox.run(kubectl, ['tidb-groups', ...args])).toEqual(sandbox.groups(args));
  });
});

describeWith([KREW_VALIDATION], "krew's own code", (validate) => {
  const PLATFORMS = ['darwin-amd64', 'darwin-arm64', 'linux-amd64', 'linux-arm64'];
  /** A directory with stand-ins for the executables of a release. */
  const released = () => {
    const sandbox = new Sandbox();
    const script = '#!/bin/sh\nexec tidb-groups "$@"\n';
    sandbox.write(Object.fromEntries(PLATFORMS.map((platform) => [`tidb-groups-${platform}`, script])));
    execFileSync(process.execPath, ['--import', 'tsx', 'scripts/build/krew.ts', sandbox.path('.')]);
    return sandbox;
  };

  test('takes the entry of a release, which is the same twice', () => {
    const sandbox = released();
    const { status, stderr } = sandbox.run(validate, ['-manifest', 'tidb-groups.yaml', '-skip-install']);
    expect(stderr).toContain('structural validation OK');
    expect(status).toBe(0);
    expect(parse(sandbox.read('tidb-groups.yaml')).spec.platforms).toHaveLength(PLATFORMS.length);
    expect(released().read('tidb-groups.yaml')).toBe(sandbox.read('tidb-groups.yaml'));
  });

  test.skipIf(KREW.path === undefined || KUBECTL.path === undefined)(
    'installs it, and kubectl runs it',
    () => {
      const sandbox = released();
      const [platform = ''] = PLATFORMS.filter((name) =>
        name.endsWith(`linux-${process.arch.replace('x64', 'amd64')}`),
      );
      const archive = `kubectl-tidb_groups-${platform}.tar.gz`;
      const env = { KREW_ROOT: sandbox.path('krew'), HOME: sandbox.path('.') };
      const install = ['install', '--manifest=tidb-groups.yaml', `--archive=${archive}`];
      expect(sandbox.run(KREW.path ?? '', install, { env }).status).toBe(0);
      sandbox.addProgram(
        'kubectl-tidb_groups',
        `exec '${sandbox.path('krew/bin/kubectl-tidb_groups')}' "$@"\n`,
      );
      const args = ['explain', 'store-scale-in'];
      expect(sandbox.run(KUBECTL.path ?? '', ['tidb-groups', ...args])).toEqual(sandbox.groups(args));
      const { version } = PACKAGE;
      expect(existsSync(sandbox.path(`krew/store/tidb-groups/v${version}/LICENSE`))).toBe(true);
    },
  );
});
