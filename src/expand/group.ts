import type { ComponentName, GroupSpec, ServerSpec } from '../api/index.ts';
import type { MapValue } from '../yaml/index.ts';
import { configMap, type Files } from './config-map.ts';
import { type Drainer, drainedAs } from './drained.ts';
import { type Helper, serverImage } from './image.ts';
import { type ExpandInput, type Group, type Member, memberOf } from './member.ts';
import type { Generated } from './pod.ts';
import { type SafeParts, scriptTexts } from './rollout.ts';
import { statefulSet } from './stateful-set.ts';
import { asStored } from './stored.ts';

/** What the spec of a component has, as far as every expansion looks at it. */
export interface ExpandedSpec extends ServerSpec {
  readonly slowLogTailer?: Partial<Helper>;
}

/** What the workloads of a component's group have of its own. */
export interface Expansion<Spec extends ExpandedSpec> {
  readonly component: ComponentName;
  /** Whether its servers reload their files by themselves, so that a change of them restarts no pods. */
  readonly readsFilesAnew?: true;
  /** What the pods read from a ConfigMap; there is none without a file. `written` is the group's spec as it was read. */
  files(member: Member<Spec>, written: Spec, image: string): Files;
  /** The pods; `configMap` is the name of what holds the files. */
  pod(member: Member<Spec>, image: string, configMap: string): Generated;
  claims(member: Member<Spec>): MapValue[];
  services(member: Member<Spec>): MapValue[];
}

/** What makes a rolling update of a component's group safe. */
export interface Safety<Spec extends ExpandedSpec> {
  parts(member: Member<Spec>, image: string): SafeParts;
}

/**
 * The workloads of a group: ConfigMap, Services and StatefulSet, in this order; then what drains it. `safety` is for one
 * that is rendered `Safe`; undefined where nothing makes a rolling update safe.
 */
export function expandAs<Spec extends ExpandedSpec>(
  expansion: Expansion<Spec>,
  input: ExpandInput<Group<Spec & GroupSpec>>,
  safety?: Safety<Spec>,
  drainer?: Drainer<Spec>,
): MapValue[] {
  const plain = memberOf<Spec>(expansion.component, input);
  const image = serverImage(plain);
  const safe = plain.rollout === 'Safe' ? safety?.parts(plain, image) : undefined;
  const asked = drainer && input.drain && drainedAs(plain, input.drain);
  const drained = asked && drainer?.canDrain(plain, asked) ? asked : undefined;
  const member: Member<Spec> = {
    ...plain,
    ...(safe && { safe }),
    ...(drained?.deleteClaims && { deletesClaims: true }),
  };
  const files = expansion.files(member, input.group.object.spec, image);
  const readsAnew = expansion.readsFilesAnew ?? false;
  const { name, resource } = configMap(member, files, scriptTexts(member.safe), readsAnew);
  const set = statefulSet(member, expansion.pod(member, image, name), expansion.claims(member));
  const all = [
    ...(Object.keys(files).length > 0 ? [resource] : []),
    ...expansion.services(member),
    ...(set === undefined ? [] : [set]),
    ...(drained === undefined ? [] : (drainer?.resources(member, drained) ?? [])),
  ];
  return all.map(asStored);
}
