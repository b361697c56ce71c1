/**
 * As much of an API server as kubectl needs to be followed: objects in memory, found by name or label, patched, applied
 * and deleted. It knows types only by name, tracks no field owners, and runs no controller except one that deletes what a
 * deleted object owned. Prints its address once it listens; reads the first manifests from standard input.
 */
import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import { parse, parseAllDocuments } from 'yaml';
import { isMap, type MapValue, type Value } from '../../src/yaml/index.ts';
import { discovery, KINDS } from './api-discovery.ts';
import { type Operation, patched } from './json-patch.ts';
import { at } from './read-yaml.ts';

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

function create(object: MapValue, isDry = false): MapValue {
  const { metadata } = object;
  const whole = { ...object, metadata: { uid: uidOf(object), resourceVersion: '1', ...asMap(metadata) } };
  if (!isDry) objects.push(whole);
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
  const isDry = searchParams.has('dryRun');
  const isApplied = method === 'PATCH' && headers['content-type']?.startsWith('application/apply-patch');
  if (method === 'POST' || (object === undefined && isApplied)) return ok(create(parse(body), isDry), 201);
  if (object === undefined) {
    return failure(404, 'NotFound', `${place.kind} "${place.name}" not found`);
  }
  if (method === 'GET') return ok(object);
  if (method === 'PATCH') {
    const next = patchedBy(object, parse(body));
    if (!isDry) objects = objects.map((one) => (one === object ? next : one));
    return ok(next);
  }
  if (method === 'DELETE') {
    remove(object, at(parse(body || '{}'), 'propagationPolicy') === 'Orphan');
    return ok({ kind: 'Status', apiVersion: 'v1', status: 'Success' });
  }
  return failure(405, 'MethodNotAllowed', `${method}`);
}

/** Without lists, a strategic merge and an apply are both a merge of maps, and are treated as one. */
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

/** The objects that it owned are deleted too, or stay without an owner. */
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
