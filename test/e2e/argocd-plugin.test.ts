import { chmodSync, readdirSync, statSync, symlinkSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { environment, PLUGIN, readArgocdExample, SCRIPT } from '../support/argocd.ts';
import { CLUSTER, stream, TIDB_GROUP, TIKV_GROUP, tikvGroup } from '../support/basic.ts';
import { EXPAND } from '../support/kustomize.ts';
import { readYaml, titleOf } from '../support/read-yaml.ts';
import { inTurn } from '../support/runs.ts';
import { type Ran, Sandbox } from '../support/sandbox.ts';
import {
  ANOTHER_USER,
  describeWith,
  KUBECTL,
  KUSTOMIZE_4,
  KUSTOMIZE_5,
  type Tool,
} from '../support/tools.ts';

const { generate, parameters } = PLUGIN.spec;

/** Annotations that kustomize, kpt and this project write for each other, and that never reach a cluster. */
const FOR_TOOLS =
  /internal\.config\.|kustomize\.config\.|\bconfig\.k8s\.io\/id|config\.kubernetes\.io\/(?:path|index|id|function|local-config)|^kind: (?:Ti..Group|Kptfile|ExpandTidbGroups)$/m;

/** The sidecar: a PATH with only these programs, and a repository laid out as Argo CD sends it. */
class Sidecar {
  readonly sandbox = new Sandbox();

  constructor(programs: Readonly<Record<string, string>>) {
    this.sandbox.write({ 'bin/README': '', 'generate.sh': SCRIPT.text });
    for (const [name, path] of Object.entries(programs)) symlinkSync(path, this.sandbox.path(`bin/${name}`));
  }

  generate(set: Readonly<Record<string, string>> = {}, cwd = 'repository'): Ran {
    for (const path of readdirSync(this.sandbox.root, { recursive: true, encoding: 'utf8' })) {
      const isProgram = path.startsWith('bin/');
      const file = this.sandbox.path(path);
      if (!isProgram) chmodSync(file, statSync(file).isDirectory() ? 0o755 : 0o644);
    }
    const [program = '', ...options] = generate.command;
    const args = options.map((option) =>
      option === SCRIPT.path ? this.sandbox.path('generate.sh') : option,
    );
    return this.sandbox.run(program === 'sh' ? '/bin/sh' : program, args, {
      cwd,
      env: { ...environment(set), PATH: this.sandbox.path('bin') },
      ...(ANOTHER_USER.path !== undefined && { user: 999 }),
    });
  }
}

const NODE = { env: '/usr/bin/env', node: process.execPath };

function withGroups(kustomize: string): Sidecar {
  const sidecar = new Sidecar({ ...NODE, kustomize });
  addGroups(sidecar);
  return sidecar;
}

/** The executable and its code cache, in a directory that every user may read. */
function addGroups({ sandbox }: Sidecar): void {
  for (const ending of ['.cache', '']) {
    sandbox.copy(`dist/tidb-groups${ending}`, `bin/tidb-groups${ending}`);
  }
  chmodSync(sandbox.path('bin/tidb-groups'), 0o755);
}

const KUSTOMIZATION = {
  'repository/kustomization.yaml': 'resources: [resources.yaml]\ntransformers: [expand.yaml]\n',
  'repository/expand.yaml': EXPAND,
  'repository/resources.yaml': stream(CLUSTER, TIKV_GROUP, TIDB_GROUP),
};

describe('plugin.yaml', () => {
  test('names the plugin that the Applications name, and every parameter that its command takes', () => {
    for (const file of ['application', 'fleet', 'hydrated']) {
      expect(readArgocdExample(`applications/${file}.yaml`)).toContain(`plugin:\n`);
      expect(readArgocdExample(`applications/${file}.yaml`)).toContain(`name: ${PLUGIN.metadata.name}\n`);
    }
    const taken = [...SCRIPT.text.matchAll(/\bPARAM_(\w+)/g)].map(([, name = '']) => name);
    expect(parameters.static.map(({ name }) => name.toUpperCase()).sort()).toEqual(
      [...new Set(taken)].sort(),
    );
  });

  test('has a short command, because Argo CD begins every error with it', () => {
    expect(generate.command.join(' ').length).toBeLessThan(40);
    const dockerfile = readArgocdExample('plugin/Dockerfile');
    expect(dockerfile).toContain(`\nCOPY generate.sh ${SCRIPT.path}\n`);
  });

  test('announces the defaults that its command has, as those are not handed to it', () => {
    for (const { name, string } of parameters.static) {
      expect(SCRIPT.text).toContain(`\${PARAM_${name.toUpperCase()}:-${string}}`);
    }
  });
});

describeWith(inTurn([KUSTOMIZE_5, KUSTOMIZE_4], 0), "Argo CD's plugin", (kustomize) => {
  test.each(['prod', 'staging'])(
    'gives the manifests of the overlay %s, clean, from files without run bits',
    (overlay) => {
      const sidecar = withGroups(kustomize);
      sidecar.sandbox.copy('examples/kustomize', 'repository');
      const expected = {
        status: 0,
        stdout: sidecar.sandbox.read(`repository/expected/${overlay}.yaml`),
        stderr: expect.stringMatching(/^no problems in \d+ resources\n$/),
      };
      expect(sidecar.generate({ directory: `overlays/${overlay}` })).toEqual(expected);
      // A separate Application, as the ApplicationSet generates it.
      expect(sidecar.generate({ strict: 'true' }, `repository/overlays/${overlay}`)).toEqual(expected);
      expect(expected.stdout).not.toMatch(FOR_TOOLS);
    },
  );

  test.each(['kustomization.yml', 'Kustomization'])('knows a kustomization by the name %s', (name) => {
    const sidecar = withGroups(kustomize);
    const { 'repository/kustomization.yaml': text, ...files } = KUSTOMIZATION;
    sidecar.sandbox.write({ ...files, [`repository/${name}`]: text });
    const { status, stdout } = sidecar.generate();
    expect(status).toBe(0);
    expect(readYaml(stdout).map(titleOf)).toContain('StatefulSet db/hot-tikv');
  });

  const cut = (text: string, share: number) => text.slice(0, Math.floor(text.length * share));
  test.each<[what: string, files: Readonly<Record<string, string>>, says: string]>([
    [
      'a group that is wrong',
      { 'repository/resources.yaml': stream(CLUSTER, tikvGroup('hot', 'nobody')) },
      '"nobody"',
    ],
    [
      'a file that is cut off',
      { 'repository/resources.yaml': cut(stream(CLUSTER, TIKV_GROUP), 0.9) },
      'Error',
    ],
    [
      'a function that is not listed',
      { 'repository/kustomization.yaml': 'resources: [resources.yaml]\n' },
      '[group-not-expanded]',
    ],
    ['a kustomization without resources', { 'repository/kustomization.yaml': 'resources: []\n' }, ''],
    [
      'a file that is not there',
      { 'repository/kustomization.yaml': 'resources: [other.yaml]\n' },
      'other.yaml',
    ],
    [
      'a function that is kept in the repository, and has lost its run bit',
      {
        'repository/expand.yaml': EXPAND.replace('path: tidb-groups', 'path: ./start'),
        'repository/start': '#!/bin/sh\nexec tidb-groups\n',
      },
      'permission denied',
    ],
  ])('fails and prints no manifests: %s', (_, files, says) => {
    const sidecar = withGroups(kustomize);
    sidecar.sandbox.write({ ...KUSTOMIZATION, ...files });
    const { status, stdout, stderr } = sidecar.generate();
    expect(status).not.toBe(0);
    expect(stdout).toBe('');
    expect(stderr).toContain(says);
  });

  test.each(['kustomize', 'tidb-groups', 'node'])(
    'fails and prints no manifests: %s is missing',
    (missing) => {
      const sidecar = withGroups(kustomize);
      sidecar.sandbox.write(KUSTOMIZATION);
      sidecar.sandbox.remove(`bin/${missing}`);
      const { status, stdout } = sidecar.generate();
      expect(status).not.toBe(0);
      expect(stdout).toBe('');
    },
  );

  test.each([
    ['prints half and fails', 'head -c "$half" whole; exit 1'],
    ['prints half and is killed', 'head -c "$half" whole; kill -KILL $$'],
    ['prints half and says that all is well', 'head -c "$half" whole'],
    ['prints nothing and says that all is well', ':'],
    ['passes the function over', 'cat resources.yaml'],
  ])('fails and prints no manifests: a kustomize that %s', (_, script) => {
    const sidecar = withGroups(kustomize);
    const { sandbox } = sidecar;
    sandbox.write(KUSTOMIZATION);
    const { stdout } = sidecar.generate();
    sandbox.write({ 'repository/whole': stdout });
    sandbox.remove('bin/kustomize');
    sandbox.write({
      'bin/kustomize': `#!/bin/sh\nPATH=/usr/bin:/bin\nhalf=$(($(wc -c <whole) / 2))\n${script}\n`,
    });
    chmodSync(sandbox.path('bin/kustomize'), 0o755);
    const ran = sidecar.generate();
    expect(ran.status).not.toBe(0);
    expect(ran.stdout).toBe('');
  });
});

describe("Argo CD's plugin, where there is no kustomization", () => {
  function plain(files: Readonly<Record<string, string>> = {}): Sidecar {
    const sidecar = new Sidecar(NODE);
    addGroups(sidecar);
    sidecar.sandbox.write(files);
    return sidecar;
  }

  test('gives the manifests of a directory', () => {
    const sidecar = plain();
    sidecar.sandbox.copy('examples/plain', 'repository');
    const stdout = sidecar.sandbox.read('repository/expected/manifests.yaml');
    expect(sidecar.generate({ directory: 'manifests' })).toEqual({ status: 0, stdout, stderr: '' });
  });

  test('gives the manifests of a kpt package, and none that is for tools', () => {
    const sidecar = plain();
    sidecar.sandbox.copy('examples/kpt', 'repository');
    const { status, stdout } = sidecar.generate({ directory: 'package' });
    expect(status).toBe(0);
    const kinds = readYaml(stdout).map(({ kind }) => kind);
    expect(kinds).toContain('StatefulSet');
    expect(kinds).not.toContain('Kptfile');
    expect(stdout).not.toMatch(FOR_TOOLS);
  });

  const early = TIKV_GROUP.replace('cluster:\n    name:', 'clusterName:');
  test.each<
    [
      what: string,
      files: Readonly<Record<string, string>>,
      set: Readonly<Record<string, string>>,
      says: string,
    ]
  >([
    [
      'a file that is cut off',
      { 'repository/a.yaml': `${stream(CLUSTER, TIKV_GROUP)}  config: {a: [` },
      {},
      '[broken-yaml]',
    ],
    [
      'a group that is wrong',
      { 'repository/a.yaml': stream(CLUSTER, tikvGroup('hot', 'nobody')) },
      {},
      '"nobody"',
    ],
    ['nothing', { 'repository/README.md': '' }, {}, 'must contain manifests'],
    ['comments', { 'repository/a.yaml': '# nothing\n' }, {}, '[no-resources]'],
    [
      'a directory that is not there',
      { 'repository/a.yaml': CLUSTER },
      { directory: 'b' },
      'must name a directory, relative to the path of the Application, but there is no "b"',
    ],
    [
      'a parameter that is neither true nor false',
      { 'repository/a.yaml': CLUSTER },
      { strict: 'yes' },
      'must be true or false, but is "yes"',
    ],
    [
      'a warning, where the Application is strict',
      { 'repository/a.yaml': stream(CLUSTER, early) },
      { strict: 'true' },
      'spec.clusterName',
    ],
  ])('fails and prints no manifests: %s', (_, files, set, says) => {
    const { status, stdout, stderr } = plain(files).generate(set);
    expect(status).not.toBe(0);
    expect(stdout).toBe('');
    expect(stderr).toContain(says);
  });
});

/** The ways that the page shows to patch the installed manifests; both merge as Kubernetes does. */
const PATCHED: readonly { readonly with: Tool; readonly script: string }[] = [
  { with: KUSTOMIZE_5, script: '"$TOOL" build .' },
  {
    with: KUBECTL,
    script: `
patch() { "$TOOL" patch --local --filename "$1" --patch-file "$2" --output yaml; }
patch configmap.yaml settings.yaml
echo ---
patch deployment.yaml repo-server-patch.yaml`,
  },
];

for (const { with: tool, script } of PATCHED) {
  describeWith([tool], 'the patches of the installation', (path) => {
    test('put the sidecar next to the repo-server, with the volumes that both have', () => {
      const sandbox = new Sandbox();
      sandbox.copy('examples/argocd/install', '.');
      const [settings = '', server = ''] = INSTALLED.split('---\n');
      sandbox.write({ 'install.yaml': INSTALLED, 'configmap.yaml': settings, 'deployment.yaml': server });
      const { status, stdout } = sandbox.run('sh', ['-eu', '-c', script], { env: { TOOL: path } });
      expect(status).toBe(0);
      const [config, patched] = readYaml(stdout);
      expect(config).toMatchObject({
        data: { 'application.resourceTrackingMethod': 'annotation', kept: 'yes' },
      });
      const { metadata, spec } = (patched as unknown as Server).spec.template;
      expect(metadata.annotations).toEqual({
        'kubectl.kubernetes.io/default-container': 'argocd-repo-server',
      });
      const { containers, volumes } = spec;
      expect(containers.map(({ name }) => name).sort()).toEqual(['argocd-repo-server', 'tidb-groups']);
      const sidecar = containers.find(({ name }) => name === 'tidb-groups');
      expect(sidecar?.command).toEqual(['/var/run/argocd/argocd-cmp-server']);
      const mounted = sidecar?.volumeMounts.map(({ name }) => name) ?? [];
      expect(mounted).toHaveLength(3);
      expect(volumes.map(({ name }) => name)).toEqual(expect.arrayContaining(mounted));
    });
  });
}

interface Server {
  readonly spec: {
    readonly template: {
      readonly metadata: { readonly annotations: Readonly<Record<string, string>> };
      readonly spec: {
        readonly containers: readonly {
          readonly name: string;
          readonly command: readonly string[];
          readonly volumeMounts: readonly { readonly name: string }[];
        }[];
        readonly volumes: readonly { readonly name: string }[];
      };
    };
  };
}

/** The part of Argo CD's installation manifests that the patches change. */
const INSTALLED = `apiVersion: v1
kind: ConfigMap
metadata:
  name: argocd-cm
data:
  kept: "yes"
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: argocd-repo-server
spec:
  template:
    spec:
      containers:
      - name: argocd-repo-server
        image: example.com/argocd:v3
      volumes:
      - name: var-files
        emptyDir: {}
      - name: plugins
        emptyDir: {}
`;
