import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { generatorOf } from '../../scripts/generate/generator.ts';
import { type Check, checkBy, checksOf } from '../support/crd.ts';
import { blocksOf } from '../support/page.ts';
import { inTurn } from '../support/runs.ts';
import { Sandbox } from '../support/sandbox.ts';
import {
  ARGO_CD_3_3,
  ARGO_CD_3_5,
  CHECK_JSONSCHEMA,
  describeWith,
  FLUX_KUSTOMIZE,
  FLUX_SOURCE,
  GIT,
  KUSTOMIZE_5,
  PRE_COMMIT,
  type Tool,
} from '../support/tools.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

interface Resource {
  readonly apiVersion?: unknown;
  readonly kind?: unknown;
  readonly metadata?: { readonly name?: unknown };
}

/** Whole resources with their place: of the files of the examples, and of what pages show. */
const RESOURCES: { readonly place: string; readonly title: string; readonly resource: Resource }[] = [
  ...readdirSync(`${ROOT}examples`, { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.ya?ml$/.test(path))
    .map((path) => ({ place: `examples/${path}`, text: readFileSync(`${ROOT}examples/${path}`, 'utf8') })),
  ...readdirSync(`${ROOT}docs`)
    .filter((name) => name.endsWith('.md'))
    .flatMap((page) =>
      blocksOf(page)
        .filter(({ language }) => language === 'yaml')
        .map(({ text }) => ({ place: `docs/${page}`, text })),
    ),
].flatMap(({ place, text }) =>
  parseAllDocuments(text).flatMap((document) => {
    const resource: Resource | null = document.toJS();
    return resource === null ? [] : [{ place, title: `${resource.apiVersion} ${resource.kind}`, resource }];
  }),
);

/** What is for a program, and for no cluster: no CRD has it. */
const FOR_PROGRAMS = ['argoproj.io/v1alpha1 ConfigManagementPlugin'];

const ENGINES: readonly { readonly of: Tool; readonly crds: string; readonly group: RegExp }[] = [
  { of: ARGO_CD_3_3, crds: 'crds', group: /^argoproj\.io\// },
  { of: ARGO_CD_3_5, crds: 'crds', group: /^argoproj\.io\// },
  { of: FLUX_KUSTOMIZE, crds: 'bases', group: /^kustomize\.toolkit\.fluxcd\.io\// },
  { of: FLUX_SOURCE, crds: 'bases', group: /^source\.toolkit\.fluxcd\.io\// },
];

for (const { of, crds, group } of inTurn(ENGINES, 1, 4)) {
  describeWith([of], 'what examples and pages give to it', (directory) => {
    const checks = checksOf(`${directory}/${crds}`);
    const given = RESOURCES.filter(({ title }) => group.test(title) && !FOR_PROGRAMS.includes(title));

    test.each(given)('is what its CRD takes: $title of $place', ({ title, resource }) => {
      expect(checks.get(title)?.(resource)).toEqual([]);
    });

    test('is not nothing, and would not pass with one field more', () => {
      expect(given).not.toEqual([]);
      for (const { title, resource } of given) {
        expect(checks.get(title)?.({ ...resource, spec: { nobody: 1 } })).toContainEqual(
          expect.stringContaining('{"additionalProperty":"nobody"}'),
        );
      }
    });
  });
}

const KUBERNETES_CHECKS: Readonly<Record<string, () => Check>> = {
  'apps/v1 Deployment': kubernetesCheck('apps/v1', 'Deployment'),
  'v1 ConfigMap': kubernetesCheck('core/v1', 'ConfigMap'),
};

describe.skipIf(KUSTOMIZE_5.path === undefined)('the patches of the installation', () => {
  describeWith(inTurn([ARGO_CD_3_3, ARGO_CD_3_5], 1), 'on its own install.yaml', (directory) => {
    test('change the repo-server and argocd-cm, into what Kubernetes takes, and nothing else', () => {
      const sandbox = new Sandbox();
      sandbox.copy('examples/argocd/install', 'install');
      const before = { 'before/kustomization.yaml': 'namespace: argocd\nresources: [install.yaml]\n' };
      const install = readFileSync(`${directory}/install.yaml`, 'utf8');
      sandbox.write({ ...before, 'before/install.yaml': install, 'install/install.yaml': install });
      const [was, is] = ['before', 'install'].map((path) => {
        const { status, stdout, stderr } = sandbox.run(KUSTOMIZE_5.path ?? '', ['build', path]);
        expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
        return stdout.split(/^---\n/m);
      });
      const changed = (is ?? []).filter((text) => !was?.includes(text));
      expect(is).toHaveLength(was?.length ?? 0);
      const names = changed.map((text) => {
        const resource: Resource = parse(text);
        const { apiVersion, kind, metadata } = resource;
        expect(KUBERNETES_CHECKS[`${apiVersion} ${kind}`]?.()(resource)).toEqual([]);
        return `${kind} ${metadata?.name}`;
      });
      expect(names.sort()).toEqual(['ConfigMap argocd-cm', 'Deployment argocd-repo-server']);
    });
  });
});

/** A check by Kubernetes' own types, made when it is first asked for, because that takes seconds. */
function kubernetesCheck(file: string, kind: string): () => Check {
  let check: Check | undefined;
  return () => {
    check ??= checkBy(generatorOf(ROOT, `node_modules/kubernetes-types/${file}.d.ts`).createSchema(kind));
    return check;
  };
}

describeWith([CHECK_JSONSCHEMA], 'the pipeline for GitLab', (checkJsonschema) => {
  const check = (text: string) => {
    const sandbox = new Sandbox({ '.gitlab-ci.yml': text });
    return sandbox.run(checkJsonschema, ['--builtin-schema', 'vendor.gitlab-ci', '.gitlab-ci.yml']);
  };
  const text = readFileSync(`${ROOT}examples/gitlab/.gitlab-ci.yml`, 'utf8');

  test("is as GitLab's schema wants it", () => {
    expect(check(text)).toEqual({ status: 0, stdout: 'ok -- validation done\n', stderr: '' });
    expect(check(text.replace('stage: publish', 'stages: publish'))).toMatchObject({ status: 1 });
  });
});

describe.skipIf(GIT.path === undefined)('the hooks', () => {
  describeWith([PRE_COMMIT], '.pre-commit-config.yaml', (preCommit) => {
    test('is as pre-commit wants it', () => {
      const sandbox = new Sandbox();
      sandbox.copy('examples/pre-commit', '.');
      const validate = () => sandbox.run(preCommit, ['validate-config', '.pre-commit-config.yaml']);
      expect(validate()).toEqual({ status: 0, stdout: '', stderr: '' });
      const text = sandbox.read('.pre-commit-config.yaml');
      sandbox.write({ '.pre-commit-config.yaml': text.replace('language: system', 'language: systen') });
      expect(validate().status).not.toBe(0);
    });
  });
});
