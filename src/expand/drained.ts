import { DRAIN, DRAIN_TO, type DrainSpec, type ServerSpec, switchOf } from '../api/index.ts';
import type { MapValue } from '../yaml/index.ts';
import type { Member } from './member.ts';

/** What drains the servers of a component before they go. Loaded only where some are drained. */
export interface Drainer<Spec extends ServerSpec> {
  /** Whether it can; else somebody is told why. */
  canDrain(member: Member<Spec>, drained: Drained): boolean;
  /** What a group has more for that, beside its own workloads. */
  resources(member: Member<Spec>, drained: Drained): MapValue[];
}

/** How a group is drained. */
export interface Drained extends Pick<DrainSpec, 'deleteClaims' | 'image' | 'timeout'> {
  /** So many servers stay. */
  readonly to: number;
  /** Whether somebody has asked for it, in the group or the function config. */
  readonly isAsked: boolean;
}

/** What a group says itself of a drain. */
export interface WrittenDrain {
  readonly isOn: boolean | undefined;
  /** Undefined where it says nothing, or no number. */
  readonly to: number | undefined;
}

export function writtenDrain(annotations: { readonly [key: string]: string } = {}): WrittenDrain {
  const to = annotations[DRAIN_TO] ?? '';
  return { isOn: switchOf(annotations[DRAIN]), to: /^\d{1,9}$/.test(to) ? Number(to) : undefined };
}

/**
 * How a group is drained, if it is. Nobody knows which servers go where an annotation leaves some of the pods out, and a
 * component of a TidbCluster is TiDB Operator's to drain.
 */
export function drainedAs(member: Member, settings: DrainSpec): Drained | undefined {
  const { annotations, component, rollout, spec, within } = member;
  const { isOn, to } = writtenDrain(annotations);
  const isAsked = isOn ?? (to !== undefined || settings.enabled === true);
  const isDrained = isAsked || (isOn !== false && settings.enabled !== false && rollout === 'Safe');
  const slots = annotations[`${component}.tidb.pingcap.com/delete-slots`] ?? '[]';
  if (!isDrained || within !== undefined || /\d/.test(slots)) return undefined;
  return { ...settings, to: to ?? spec.replicas, isAsked };
}
