import { load, YAML11_SCHEMA } from 'js-yaml';
import type { Resource } from './resource.ts';

/**
 * How a list is written: `block` is what kpt sends; only a full parser can read the others.
 * `anchor` differs from `block` in one resource, which uses an anchor and an alias.
 */
export type Style = 'block' | 'anchor' | 'crlf' | 'json';

/** The text of a ResourceList, piece by piece, because 50,000 resources do not fit a string comfortably. */
export function* resourceList(resources: Iterable<Resource>, style: Style): Generator<string> {
  if (style === 'json') yield* asJson(resources);
  else if (style === 'crlf') yield* asCrlf(asBlock(resources));
  else if (style === 'anchor') yield* asBlock(withAnchor(resources));
  else yield* asBlock(resources);
}

const FUNCTION_CONFIG = `apiVersion: groups.pingcap.com/v1alpha1
kind: ExpandTidbGroups
metadata:
  name: groups
  annotations:
    config.kubernetes.io/index: '0'
    internal.config.kubernetes.io/index: '0'
    internal.config.kubernetes.io/seqindent: 'compact'
spec: {}
`;

function* asBlock(resources: Iterable<Resource>): Generator<string> {
  yield 'apiVersion: config.kubernetes.io/v1\nkind: ResourceList\nitems:\n';
  let index = 0;
  for (const resource of resources) {
    const comment = resource.comment === undefined ? '' : `# ${resource.comment}\n`;
    yield `- ${indented(`${comment}${annotated(resource, index)}`).trimStart()}`;
    index++;
  }
  yield `functionConfig:\n${indented(FUNCTION_CONFIG)}`;
}

/** What kpt adds to every resource: its origin, and markers that let kpt restore its comments. */
function annotated({ head, file, tail }: Resource, index: number): string {
  return `${head}    config.kubernetes.io/index: '0'
    config.kubernetes.io/path: '${file}'
    internal.config.kubernetes.io/index: '0'
    internal.config.kubernetes.io/path: '${file}'
    internal.config.kubernetes.io/seqindent: 'compact'
    internal.config.kubernetes.io/annotations-migration-resource-id: '${index}'
    internal.config.kubernetes.io/id: '${index + 1}'
    config.k8s.io/id: '${index + 1}'
${tail}`;
}

function indented(text: string): string {
  return text.replaceAll(/^(?=.)/gm, '  ');
}

function* withAnchor(resources: Iterable<Resource>): Generator<Resource> {
  let done = false;
  for (const resource of resources) {
    if (done || resource.kind !== 'ConfigMap') yield resource;
    else {
      done = true;
      const tail = resource.tail.replace('enabled: "on"', 'enabled: &shared "on"');
      yield { ...resource, tail: `${tail}  fallback: *shared\n` };
    }
  }
}

function* asCrlf(pieces: Iterable<string>): Generator<string> {
  for (const piece of pieces) yield piece.replaceAll('\n', '\r\n');
}

function* asJson(resources: Iterable<Resource>): Generator<string> {
  yield '{"apiVersion":"config.kubernetes.io/v1","kind":"ResourceList","items":[';
  let index = 0;
  for (const resource of resources) {
    yield `${index === 0 ? '' : ','}${toJson(annotated(resource, index))}`;
    index++;
  }
  yield `],"functionConfig":${toJson(FUNCTION_CONFIG)}}\n`;
}

/** Parsed as YAML 1.1, as Kubernetes does: `0644` is octal. */
function toJson(text: string): string {
  return JSON.stringify(load(text, { schema: YAML11_SCHEMA }));
}
