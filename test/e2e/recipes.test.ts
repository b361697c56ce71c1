import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { Cluster } from '../support/cluster.ts';
import { blocksOf, follow } from '../support/page.ts';
import { inTurn } from '../support/runs.ts';
import { Sandbox } from '../support/sandbox.ts';
import {
  BASH,
  GIT,
  KPT,
  KUBECTL,
  KUSTOMIZE_4,
  KUSTOMIZE_5,
  PRE_COMMIT,
  type Tool,
} from '../support/tools.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** Pages whose commands tests of their own follow. */
const FOLLOWED_ELSEWHERE = ['convert.md', 'diff.md', 'moving.md', 'gitops.md', 'operations.md'];

/** Replaces a program that cannot run here with one that records its arguments. */
const STAND_INS = ['docker', 'flux'];

/** What of Argo CD runs before a recipe begins. */
const RUNNING = `apiVersion: apps/v1
kind: Deployment
metadata: {name: argocd-repo-server, namespace: argocd}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: argocd-cm, namespace: argocd}
`;

const RECIPES: readonly { page: string; needs: readonly Tool[]; asks: readonly string[] }[] = [
  { page: 'start.md', needs: [KUSTOMIZE_5, KPT, GIT], asks: [] },
  ...inTurn([KUSTOMIZE_5, KUSTOMIZE_4], 0).map((kustomize) => ({
    page: 'kustomize.md',
    needs: [kustomize],
    asks: [],
  })),
  { page: 'kpt.md', needs: [KPT, GIT], asks: [] },
  { page: 'editors.md', needs: [], asks: [] },
  {
    page: 'argocd.md',
    needs: [KUSTOMIZE_5],
    asks: [
      'docker build -t registry.example/tidb-groups:v0.1.0 ',
      'docker build --build-arg TIDB_GROUPS_IMAGE=registry.example/tidb-groups:v0.1.0 -t registry.example/tidb-groups-argocd:v0.1.0 plugin',
      'docker push registry.example/tidb-groups-argocd:v0.1.0',
      'kubectl --namespace argocd patch deployment argocd-repo-server --patch-file install/repo-server-patch.yaml',
      'kubectl --namespace argocd patch configmap argocd-cm --patch-file install/settings.yaml',
      'kubectl apply --filename applications/application.yaml',
      'kubectl apply --filename applications/fleet.yaml',
      'kubectl apply --filename applications/hydrated.yaml',
      'kubectl --namespace argocd annotate --overwrite application tidb-prod argocd.argoproj.io/hydrate=hard',
    ],
  },
  {
    page: 'flux.md',
    needs: [KUSTOMIZE_5, GIT],
    asks: [
      'flux push artifact oci://registry.example/tidb/prod:',
      'flux tag artifact oci://registry.example/tidb/prod:',
      'kubectl apply --filename ',
      'kubectl apply --filename ',
      'kubectl apply --filename ',
    ],
  },
  {
    page: 'ci.md',
    needs: [KUSTOMIZE_5, GIT],
    asks: [
      'docker build -t registry.example/tidb-groups:v0.1.0 ',
      'docker build --build-arg TIDB_GROUPS_IMAGE=registry.example/tidb-groups:v0.1.0 -t registry.example/tidb-groups-ci:v0.1.0 ',
      'docker push registry.example/tidb-groups-ci:v0.1.0',
    ],
  },
  { page: 'pre-commit.md', needs: [KUSTOMIZE_5, GIT, PRE_COMMIT], asks: [] },
];

console.log(
  `not run here: Argo CD, and ${STAND_INS.join(', ')}, in whose place programs note what they were asked for`,
);

describe.each(inTurn(RECIPES, 0, 3))('the recipe $page', ({ page, needs, asks }) => {
  const missing = [BASH, ...needs].filter(({ path }) => path === undefined);

  test.skipIf(missing.length > 0)(
    `can be followed word by word, with ${needs.map(({ name }) => name).join(', ')}`,
    async () => {
      const sandbox = new Sandbox({ 'here/.keep': '', asked: '' });
      sandbox.remove('here/.keep');
      for (const { path = '' } of needs.filter((tool) => tool !== GIT)) {
        const name = (path.split('/').at(-1) ?? '').replace(/^kustomize-.*/, 'kustomize');
        sandbox.addProgram(name, `exec '${path}' "$@"\n`);
      }
      const noted = sandbox.path('asked');
      const note = (name: string) => `echo "${name} $*" >>'${noted}'\n`;
      for (const name of STAND_INS) sandbox.addProgram(name, note(name));
      const cluster = KUBECTL.path === undefined ? undefined : await Cluster.start(KUBECTL.path, RUNNING);
      sandbox.addProgram('kubectl', `${note('kubectl')}${cluster?.kubectl ?? ''}`);
      follow(page, sandbox, { TIDB_GROUPS: ROOT, HOME: sandbox.path('.') });
      const asked = sandbox.read('asked').split('\n').filter(Boolean);
      expect(asked).toEqual(asks.map((text) => expect.stringContaining(text)));
    },
  );
});

describe('the pages', () => {
  const pages = readdirSync(`${ROOT}docs`).filter((name) => name.endsWith('.md'));
  const links = (text: string) =>
    [...text.replace(/^```[\s\S]*?^```$/gm, '').matchAll(/\]\(([^)\s]+)\)/g)].map(([, to = '']) => to);

  test('are in the index where they are recipes, and every page that has commands is followed', () => {
    const index = links(readFileSync(`${ROOT}docs/README.md`, 'utf8'));
    for (const { page } of RECIPES) expect(index).toContain(page);
    const withCommands = pages.filter((page) => blocksOf(page).some(({ language }) => language === 'shell'));
    const followed = new Set([...RECIPES.map(({ page }) => page), ...FOLLOWED_ELSEWHERE]);
    expect(withCommands.filter((page) => !followed.has(page))).toEqual([]);
  });

  test('lead nowhere but to what is there', () => {
    for (const page of pages) {
      for (const link of links(readFileSync(`${ROOT}docs/${page}`, 'utf8'))) {
        if (/^https?:|^#/.test(link)) continue;
        const target = new URL(link.replace(/#.*$/, ''), `file://${ROOT}docs/`);
        expect(readableAt(target), `${page}: ${link}`).toBe(true);
      }
    }
  });
});

function readableAt(url: URL): boolean {
  try {
    readFileSync(url);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EISDIR';
  }
}
