import type { ComponentName, Config, GroupSpec, ServerSpec } from '../api/index.ts';
import type { MapValue } from '../list/index.ts';
import { configMap } from './config-map.ts';
import { type Helper, serverImage } from './image.ts';
import { type ExpandInput, type Group, type Member, memberOf } from './member.ts';
import type { Generated } from './pod.ts';
import { statefulSet } from './stateful-set.ts';
import { asStored } from './stored.ts';

/** What the spec of a component has, as far as every expansion looks at it. */
export interface ExpandedSpec extends ServerSpec {
  readonly config?: Config;
  readonly slowLogTailer?: Partial<Helper>;
}

/** What the workloads of a component's group have of its own. */
export interface Expansion<Spec extends ExpandedSpec> {
  readonly component: ComponentName;
  /** The text of the server's config; `config` is the group's own, as it was read. */
  configText(member: Member<Spec>, config: Config | undefined): string;
  startScript(member: Member<Spec>): string;
  /** The pods; `configMap` is what holds the two above. */
  pod(member: Member<Spec>, image: string, configMap: string): Generated;
  claims(member: Member<Spec>): MapValue[];
  services(member: Member<Spec>): MapValue[];
}

/** The workloads of a group: ConfigMap, Services and StatefulSet, in this order. */
export function expandAs<Spec extends ExpandedSpec>(
  expansion: Expansion<Spec>,
  input: ExpandInput<Group<Spec & GroupSpec>>,
): MapValue[] {
  const member = memberOf<Spec>(expansion.component, input);
  const image = serverImage(member);
  const text = expansion.configText(member, input.group.object.spec.config);
  const files = configMap(member, text, expansion.startScript(member));
  const set = statefulSet(member, expansion.pod(member, image, files.name), expansion.claims(member));
  const all = [files.resource, ...expansion.services(member), ...(set === undefined ? [] : [set])];
  return all.map(asStored);
}
