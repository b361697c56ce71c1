/**
 * As much of an API server as kubectl needs to be followed: objects in memory, found by name or label, patched, applied
 * and deleted. It knows no types beyond their names, owns no fields and runs no controllers but for the removal of what
 * an object owned. Prints its address once it listens; standard input has the manifests to begin with.
 */
import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import { parse, parseAllDocuments } from 'yaml';
import { isMap, type MapValue, type Value } from '../../src/list/index.ts';
import { type Operation, patched } from './json-patch.ts';
import { at } from './read-yaml.ts';

/** `apiVersion`, plural and kind. */
const KINDS: readonly (readonly [apiVersion: string, plural: string, kind: string])[] = [
  ['v1', 'configmaps', 'ConfigMap'],
  ['v1', 'persistentvolumeclaims', 'PersistentVolumeClaim'],
  ['v1', 'pods', 'Pod'],
  ['v1', 'services', 'Service'],
  ['apps/v1', 'deployments', 'Deployment'],
  ['apps/v1', 'statefulsets', 'StatefulSet'],
  ['argoproj.io/v1alpha1', 'applications', 'Application'],
  ['argoproj.io/v1alpha1', 'applicationsets', 'ApplicationSet'],
  ['kustomize.toolkit.fluxcd.io/v1', 'kustomizations', 'Kustomization'],
  ['pingcap.com/v1alpha1', 'tidbclusters', 'TidbCluster'],
  ['source.toolkit.fluxcd.io/v1', 'gitrepositories', 'GitRepository'],
  ['source.toolkit.fluxcd.io/v1', 'ocirepositories', 'OCIRepository'],
];

interface Place {
  readonly apiVersion: string;
  readonly kind: string;
  readonly namespace: string;
  readonly name: string | undefined;
}

interface Answer {
  readonly status: number;
  readonly body: unknown;
}

let objects: MapValue[] = [];
for (const document of parseAllDocuments(readFileSync(0, 'utf8'))) {
  const object: Value = document.toJS();
  if (isMap(object)) create(object);
}

function create(object: MapValue): MapValue {
  const { metadata } = object;
  const whole = { ...object, metadata: { uid: uidOf(object), resourceVersion: '1', ...asMap(metadata) } };
  objects.push(whole);
  return whole;
}

const server = createServer((request, response) => {
  read(request)
    .then((body) => answer(request, body))
    .catch((error: unknown) => failure(500, 'InternalError', `${error}`))
    .then(({ status, body }) => {
      response.writeHead(status, { 'Content-Type': 'application/json' });
      response.end(JSON.stringify(body));
    });
});
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  if (typeof address === 'object') console.log(`http://127.0.0.1:${address?.port}`);
});

async function read(request: IncomingMessage): Promise<string> {
  const pieces: Buffer[] = [];
  for await (const piece of request) pieces.push(piece);
  return Buffer.concat(pieces).toString();
}

function answer({ method, url = '', headers }: IncomingMessage, body: string): Answer {
  const { pathname, searchParams } = new URL(url, 'http://localhost');
  const told = discovery(pathname);
  if (told !== undefined) return { status: 200, body: told };
  const place = placeOf(pathname);
  if (place === undefined) return failure(404, 'NotFound', `there is no ${pathname}`);
  const found = objects.filter((object) => isAt(object, place, searchParams.get('labelSelector') ?? ''));
  const [object] = found;
  if (method === 'GET' && place.name === undefined) {
    return ok({ apiVersion: place.apiVersion, kind: `${place.kind}List`, metadata: {}, items: found });
  }
  if (method === 'POST') return ok(create({ ...parse(body) }), 201);
  const type = `${headers['content-type']}`;
  const isApplied = type.startsWith('application/apply-patch');
  if (object === undefined) {
    if (method === 'PATCH' && isApplied) return ok(create({ ...parse(body) }), 201);
    return failure(404, 'NotFound', `${place.kind} "${place.name}" not found`);
  }
  if (method === 'GET') return ok(object);
  if (method === 'PATCH') {
    const next = patchedBy(object, parse(body));
    if (searchParams.get('dryRun') === null) objects = objects.map((one) => (one === object ? next : one));
    return ok(next);
  }
  if (method === 'DELETE') {
    remove(object, at(parse(body || '{}'), 'propagationPolicy') === 'Orphan');
    return ok({ kind: 'Status', apiVersion: 'v1', status: 'Success' });
  }
  return failure(405, 'MethodNotAllowed', `${method}`);
}

/** A strategic merge and an apply are taken for what they are where no list is in them: a merge of maps. */
function patchedBy(object: MapValue, patch: Value | Operation[]): MapValue {
  if (isOperations(patch)) return patched(object, patch);
  return asMap(merged(object, patch));
}

function isOperations(patch: Value | Operation[]): patch is Operation[] {
  return Array.isArray(patch);
}

function merged(value: Value | undefined, patch: Value): Value {
  if (!isMap(patch)) return patch;
  const kept = Object.entries(asMap(value)).filter(([key]) => patch[key] !== null);
  const changed = Object.entries(patch).filter(([key, inner]) => inner !== null && !key.startsWith('$'));
  const inner = changed.map(([key, next]): [string, Value] => [key, merged(asMap(value)[key], next)]);
  return { ...Object.fromEntries(kept), ...Object.fromEntries(inner) };
}

/** What it owned goes with it, or stays without an owner. */
function remove(object: MapValue, isOrphaning: boolean): void {
  objects = objects.filter((one) => one !== object);
  for (const owned of objects.filter((one) => ownersOf(one).includes(at(object, 'metadata', 'uid')))) {
    if (!isOrphaning) remove(owned, false);
    else delete asMap(owned.metadata).ownerReferences;
  }
}

function ownersOf(object: MapValue): unknown[] {
  const owners = at(object, 'metadata', 'ownerReferences');
  return Array.isArray(owners) ? owners.map((owner) => at(owner, 'uid')) : [];
}

function uidOf(object: MapValue): string {
  return `${object.kind}/${at(object, 'metadata', 'namespace')}/${at(object, 'metadata', 'name')}`;
}

function isAt(object: MapValue, { apiVersion, kind, namespace, name }: Place, selector: string): boolean {
  const labels = asMap(at(object, 'metadata', 'labels'));
  const isSelected = selector
    .split(',')
    .filter(Boolean)
    .every((part) => {
      const [key = '', value] = part.split('=');
      return labels[key] === value;
    });
  return (
    object.apiVersion === apiVersion &&
    object.kind === kind &&
    at(object, 'metadata', 'namespace') === namespace &&
    (name === undefined || at(object, 'metadata', 'name') === name) &&
    isSelected
  );
}

function placeOf(path: string): Place | undefined {
  const { core, named, namespace, plural, name } =
    /^\/(?:api\/(?<core>v1)|apis\/(?<named>[^/]+\/[^/]+))\/namespaces\/(?<namespace>[^/]+)\/(?<plural>[^/]+)(?:\/(?<name>[^/]+))?$/.exec(
      path,
    )?.groups ?? {};
  const apiVersion = core ?? named;
  const found = KINDS.find(([version, resources]) => version === apiVersion && resources === plural);
  if (found === undefined || namespace === undefined) return undefined;
  return { apiVersion: found[0], kind: found[2], namespace, name };
}

function discovery(path: string): unknown {
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

/** That the server itself looks for fields that it does not know, which this one does not. */
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

function asMap(value: Value | undefined): MapValue {
  return isMap(value) ? value : {};
}

function ok(body: unknown, status = 200): Answer {
  return { status, body };
}

function failure(code: number, reason: string, message: string): Answer {
  return {
    status: code,
    body: { kind: 'Status', apiVersion: 'v1', status: 'Failure', code, reason, message },
  };
}
