/** What kubectl asks an API server for before it does anything. */

/** `apiVersion`, plural and kind. */
export const KINDS: readonly (readonly [apiVersion: string, plural: string, kind: string])[] = [
  ['v1', 'configmaps', 'ConfigMap'],
  ['v1', 'persistentvolumeclaims', 'PersistentVolumeClaim'],
  ['v1', 'pods', 'Pod'],
  ['v1', 'services', 'Service'],
  ['apps/v1', 'controllerrevisions', 'ControllerRevision'],
  ['apps/v1', 'deployments', 'Deployment'],
  ['apps/v1', 'statefulsets', 'StatefulSet'],
  ['argoproj.io/v1alpha1', 'applications', 'Application'],
  ['argoproj.io/v1alpha1', 'applicationsets', 'ApplicationSet'],
  ['batch/v1', 'jobs', 'Job'],
  ['kustomize.toolkit.fluxcd.io/v1', 'kustomizations', 'Kustomization'],
  ['policy/v1', 'poddisruptionbudgets', 'PodDisruptionBudget'],
  ['pingcap.com/v1alpha1', 'tidbclusters', 'TidbCluster'],
  ['source.toolkit.fluxcd.io/v1', 'gitrepositories', 'GitRepository'],
  ['source.toolkit.fluxcd.io/v1', 'ocirepositories', 'OCIRepository'],
];

/** What an API server says of itself; undefined for a path of objects. */
export function discovery(path: string): unknown {
  const groups = [...new Set(KINDS.map(([version]) => version))].filter((version) => version !== 'v1');
  if (path === '/version') return { major: '1', minor: '32', gitVersion: 'v1.32.0' };
  if (path === '/api') return { kind: 'APIVersions', versions: ['v1'] };
  if (path === '/apis') {
    const versions = groups.map((groupVersion) => {
      const [name, version] = groupVersion.split('/');
      return { name, versions: [{ groupVersion, version }], preferredVersion: { groupVersion, version } };
    });
    return { kind: 'APIGroupList', apiVersion: 'v1', groups: versions };
  }
  if (path === '/openapi/v3') {
    const paths = ['v1', ...groups].map((version) => [
      prefixOf(version).slice(1),
      { serverRelativeURL: `/openapi/v3${prefixOf(version)}` },
    ]);
    return { paths: Object.fromEntries(paths) };
  }
  const version = ['v1', ...groups].find((one) => path.replace('/openapi/v3', '') === prefixOf(one));
  if (version === undefined) return undefined;
  const kinds = KINDS.filter(([one]) => one === version);
  if (path.startsWith('/openapi'))
    return openapi(
      version,
      kinds.map(([, plural, kind]) => [plural, kind]),
    );
  const resources = kinds.map(([, name, kind]) => ({
    ...{ name, singularName: kind.toLowerCase(), kind, namespaced: true },
    verbs: ['create', 'delete', 'get', 'list', 'patch'],
  }));
  return { kind: 'APIResourceList', apiVersion: 'v1', groupVersion: version, resources };
}

/** Declares that the server checks for unknown fields. This one does not do so. */
function openapi(apiVersion: string, kinds: readonly (readonly [plural: string, kind: string])[]): unknown {
  const [group, version] = apiVersion.includes('/') ? apiVersion.split('/') : ['', apiVersion];
  const paths = kinds.map(([plural, kind]) => [
    `${prefixOf(apiVersion)}/namespaces/{namespace}/${plural}/{name}`,
    {
      patch: {
        parameters: [{ name: 'fieldValidation', in: 'query', schema: { type: 'string' } }],
        'x-kubernetes-group-version-kind': { group, version, kind },
        responses: { 200: { description: 'OK' } },
      },
    },
  ]);
  return { openapi: '3.0.0', info: { title: '', version: '' }, paths: Object.fromEntries(paths) };
}

function prefixOf(apiVersion: string): string {
  return apiVersion === 'v1' ? '/api/v1' : `/apis/${apiVersion}`;
}
