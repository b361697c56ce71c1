import { describe, expect, it } from 'vitest';
import { formatPath } from '../../src/problem/index.ts';
import { type Case, readFixture, type render, renderCase, type Table } from '../support/table.ts';

const tikv = readFixture<Table>('conformance/tikv-group.yaml');
const tidb = readFixture<Table>('conformance/tidb-group.yaml');

/** What is wrong, and what is said about it, as `code at path: message`. */
interface Wrong extends Omit<Case, 'changes'> {
  readonly of?: Table;
  readonly says: readonly string[];
}

function said({ problems }: ReturnType<typeof render>): string[] {
  return problems.map(
    ({ code, severity, path = [], message }) => `${severity} ${code} at ${formatPath(path)}: ${message}`,
  );
}

const NO_VERSION =
  'error version-missing at spec.version: there is no version, neither in `spec.version` here nor in that of the TidbCluster; write one of them';

const VERSIONS: Wrong[] = [
  { name: 'no version anywhere', clusterSpec: { version: null }, says: [NO_VERSION] },
  { name: 'an empty version in the cluster', clusterSpec: { version: '' }, says: [NO_VERSION] },
  {
    name: 'a base image without a version',
    spec: { baseImage: 'registry.example.com:5000/tikv' },
    clusterSpec: { version: null },
    says: [NO_VERSION],
  },
  {
    name: 'an image without a tag',
    spec: { image: 'mine/tikv' },
    clusterSpec: { version: null },
    says: [NO_VERSION],
  },
  { name: 'an image with a tag', spec: { image: 'mine/tikv:v8' }, clusterSpec: { version: null }, says: [] },
  {
    name: 'an image with a digest',
    spec: { image: 'mine/tikv@sha256:0' },
    clusterSpec: { version: null },
    says: [],
  },
  { name: 'an empty version of its own', spec: { version: '' }, clusterSpec: { version: null }, says: [] },
  {
    name: 'an image that a version hides',
    spec: { image: 'mine/tikv:v8' },
    says: [
      'warning no-effect at spec.image: `spec.image` "mine/tikv:v8" has no effect: the server runs "pingcap/tikv:v8.5.7"; write `spec.baseImage` and `spec.version` instead',
    ],
  },
];

const VARIABLES: Wrong[] = [
  {
    name: 'a variable that is generated',
    spec: { env: [{ name: 'A' }, { name: 'TZ', value: 'PST' }] },
    says: [
      'warning no-effect at spec.env[1]: the variable "TZ" has no effect, because a generated one replaces it; remove it, or set it in `spec.additionalContainers`',
    ],
  },
];

const TWICE: Wrong[] = [
  {
    name: 'what the user has twice, which validation reports',
    spec: {
      additionalVolumes: [{ name: 'config' }, { name: 'config' }],
      initContainers: [
        { name: 'tikv', image: 'x:1' },
        { name: 'tikv', image: 'x:1' },
      ],
    },
    says: [],
  },
  {
    name: 'an init container called as a generated one',
    spec: {
      initContainers: [
        { name: 'x', image: 'x:1' },
        { name: 'tikv', image: 'x:1' },
      ],
    },
    says: [
      'error name-duplicate at spec.initContainers[1].name: the pod would have two containers "tikv"; give this one another name',
    ],
  },
  {
    name: 'a volume called as a generated one',
    spec: { additionalVolumes: [{ name: 'config', emptyDir: {} }] },
    says: [
      'error name-duplicate at spec.additionalVolumes[0].name: the pod would have two volumes "config"; give this one another name',
    ],
  },
  {
    name: 'a mount over a generated one',
    spec: {
      additionalVolumeMounts: [{ name: 'x', mountPath: '/var/lib/tikv' }],
      additionalVolumes: [{ name: 'x', emptyDir: {} }],
    },
    says: [
      'error name-duplicate at spec.additionalVolumeMounts[0].mountPath: the container "tikv" would have two mounts at "/var/lib/tikv"; mount one of them elsewhere',
    ],
  },
];

const MERGES: Wrong[] = [
  {
    name: 'a second handler in a probe',
    of: tidb,
    spec: {
      additionalContainers: [{ name: 'tidb', image: 'x:1', readinessProbe: { httpGet: { port: 10080 } } }],
    },
    says: [
      'error container-merge at spec.additionalContainers[0].readinessProbe: `readinessProbe` would have `httpGet` and `tcpSocket`, because it is merged into the generated one; write one of that kind only',
    ],
  },
  {
    name: 'a value beside a source',
    spec: {
      additionalContainers: [
        { name: 's', image: 's:1' },
        { name: 'tikv', image: 'x:1', env: [{ name: 'NAMESPACE', value: 'x' }] },
      ],
    },
    says: [
      'error container-merge at spec.additionalContainers[1].env: the variable "NAMESPACE" would have `fieldRef` and `value`, because it is merged into the generated one; write one of that kind only',
    ],
  },
];

const OTHERS: Wrong[] = [
  {
    name: 'mounts of volumes that are not there',
    spec: {
      additionalVolumeMounts: [
        { name: 'gone', mountPath: '/a' },
        { name: 'gone', mountPath: '/b' },
        { name: 'config', mountPath: '/c' },
        { name: 'tikv-raft', mountPath: '/d' },
      ],
      storageVolumes: [{ name: 'raft', storageSize: '1Gi' }],
      initContainers: [{ name: 'i', image: 'i:1', volumeMounts: [{ name: 'lost', mountPath: '/a' }] }],
    },
    says: [
      'error volume-not-found at spec.additionalVolumeMounts[0].name: the pod has no volume "gone" to mount; add it to `spec.additionalVolumes`',
      'error volume-not-found at spec.initContainers[0].volumeMounts[0].name: the pod has no volume "lost" to mount; add it to `spec.additionalVolumes`',
    ],
  },
  {
    name: 'arguments that version 2 of the start script leaves out',
    of: tidb,
    spec: { arguments: ['-x'] },
    clusterSpec: { startScriptVersion: 'v2' },
    says: [
      'warning no-effect at spec.arguments: `spec.arguments` has no effect, because the TidbCluster has `spec.startScriptVersion` "v2"; write the settings in `spec.config`',
    ],
  },
  {
    name: 'a config that is no TOML',
    spec: { config: '[log\n' },
    says: [
      expect.stringMatching(
        /^error config-not-toml at spec\.config: `spec\.config` must be TOML: line 1, column 5/,
      ),
    ],
  },
  {
    name: 'a config whose certificates are others',
    spec: { config: { security: { 'ca-path': '/mine' } } },
    clusterSpec: { tlsCluster: { enabled: true } },
    says: [expect.stringMatching(/^warning config-overwritten at spec\.config\.security\.ca-path: /)],
  },
  {
    name: 'a probe whose file is no name',
    of: tidb,
    spec: { customizedStartupProbe: { image: 'p:1', binaryName: 'Probe_1' } },
    says: [
      expect.stringMatching(
        /^error name-not-dns at spec\.customizedStartupProbe\.binaryName: "Probe_1" also names/,
      ),
    ],
  },
  {
    name: 'a storage volume whose name is too long',
    spec: { storageVolumes: [{ name: 'v'.repeat(59), storageSize: '1Gi' }] },
    says: [
      expect.stringMatching(
        /^error name-not-dns at spec\.storageVolumes\[0\]\.name: the volume would be called "tikv-v+", /,
      ),
    ],
  },
];

describe.each([
  { what: 'versions', cases: VERSIONS },
  { what: 'variables', cases: VARIABLES },
  { what: 'what is there twice', cases: TWICE },
  { what: 'containers merged into generated ones', cases: MERGES },
  { what: 'other fields', cases: OTHERS },
])('problems of $what', ({ cases }) => {
  it.each(cases)('$name', ({ of = tikv, says, ...one }) => {
    expect(said(renderCase(of, one))).toEqual(says);
  });
});
