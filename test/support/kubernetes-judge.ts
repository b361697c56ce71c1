import { spawnSync } from 'node:child_process';
import { isMap, type MapValue, type Value } from '../../src/yaml/index.ts';
import { KUBERNETES_JUDGE } from './tools.ts';

/** What the API server does to a resource before it stores it, as paths such as `.spec.ports[port=80,protocol="TCP"].name`. */
export interface Difference {
  /** Why it cannot be read. */
  readonly refused?: string;
  readonly added: readonly string[];
  /** A different value, or an addition to what is compared as a whole. */
  readonly changed: readonly string[];
  readonly dropped: readonly string[];
}

/** A reason why the API server refuses something. */
export interface Refusal {
  /** '' if it is about no single field. */
  readonly field: string;
  readonly message: string;
}

/** The result of applying a resource. */
export interface Taken {
  /** Absent if it is accepted. */
  readonly refused?: readonly Refusal[];
  /** As stored, without its status and without fields that differ between servers. */
  readonly stored?: MapValue;
}

/** A resource that is applied over an earlier version of itself. */
export interface Update {
  readonly old: MapValue;
  readonly new: MapValue;
  /** As Flux and kpt do, or as kubectl and Argo CD do. */
  readonly apply: 'server-side' | 'client-side';
}

export interface Updated {
  /** The result for the earlier version; if that is refused, nothing else is set. */
  readonly before: Taken;
  readonly after: Taken;
  /** What the StatefulSet controller does, if it is a StatefulSet and accepted. */
  readonly pods?: {
    /** Pods that are stopped and started again. */
    readonly restarted: readonly string[];
    readonly stopped: readonly string[];
    readonly started: readonly string[];
    /** Why a pod or a claim is refused. */
    readonly refused?: readonly Refusal[];
  };
}

/** The pod that the StatefulSet controller makes of a StatefulSet. */
export interface Made {
  /** Fields of the pod, `claim NAME: spec…` of a claim, or `StatefulSet: spec…` of the StatefulSet itself. */
  readonly refused?: readonly Refusal[];
  readonly pod?: MapValue;
}

/** A CustomResourceDefinition, and resources of its kinds that are created under it. */
export interface UnderDefinition {
  readonly definition: object;
  readonly resources: readonly object[];
}

export interface CreatedUnder {
  /** Why the definition is refused; `resources` is then empty. */
  readonly refused?: readonly Refusal[];
  readonly resources: readonly {
    readonly refused?: readonly Refusal[];
    /** The fields that are dropped. */
    readonly unknown?: readonly string[];
  }[];
}

// Each sends all to one process: to start the program takes longer than to answer.

export function asStored(resources: readonly MapValue[]): Difference[] {
  return ask('as-stored', resources.map(withClaimStatus));
}

/** The result of creating resources. */
export function created(resources: readonly MapValue[]): Taken[] {
  return ask('create', resources);
}

export function updated(updates: readonly Update[]): Updated[] {
  return ask('update', updates);
}

export function podsOf(statefulSets: readonly MapValue[]): Made[] {
  return ask('pods', statefulSets);
}

/** The result of creating custom resources. */
export function createdUnder(questions: readonly UnderDefinition[]): CreatedUnder[] {
  return ask('schema', questions);
}

/** Whether the scheduler takes each node for the pod beside it, by the pod's node selector and required affinity. */
export function mayRunOn(
  questions: readonly { readonly pod: MapValue; readonly node: MapValue }[],
): boolean[] {
  return ask('nodes', questions);
}

/** Fields whose empty value is stored, as `Type.field`. */
export function keptEmpty(): string[] {
  return lines('kept-empty');
}

/** All fields of some kinds, as `Type.field TYPE DEFAULT`. */
export function kubernetesFields(): string[] {
  return lines('fields');
}

/** A path without the keys of list items: `.spec.ports[].name`. */
export function inGeneral(path: string): string {
  return path.replaceAll(/\[[^\]]*\]/g, '[]');
}

/** The API server gives a claim template a status too, which nobody writes and no engine compares. */
function withClaimStatus(resource: MapValue): MapValue {
  const { spec } = resource;
  if (!isMap(spec) || !Array.isArray(spec.volumeClaimTemplates)) return resource;
  const claims = spec.volumeClaimTemplates.map(
    (claim): Value => (isMap(claim) ? { ...claim, status: { phase: 'Pending' } } : claim),
  );
  return { ...resource, spec: { ...spec, volumeClaimTemplates: claims } };
}

function ask<Answer>(command: string, questions: readonly object[]): Answer[] {
  const input = JSON.stringify(questions, (_, value) => (typeof value === 'bigint' ? Number(value) : value));
  return JSON.parse(judge(command, input));
}

function lines(command: string): string[] {
  return judge(command, '').trim().split('\n');
}

function judge(command: string, input: string): string {
  const { status, stdout, stderr } = spawnSync(KUBERNETES_JUDGE.path ?? '', [command], {
    input,
    encoding: 'utf8',
    maxBuffer: 2 ** 30,
  });
  if (status !== 0) throw new Error(stderr);
  return stdout;
}
