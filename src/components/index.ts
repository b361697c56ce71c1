/** What is known of each component of a TiDB cluster, one folder each; the registry of them is generated. */
import type { ComponentName, GroupKind } from '../api/index.ts';
import type { Section } from './any-spec.ts';
import type { Component, GroupComponent } from './component.ts';
import { byKind, byName } from './registry.generated.ts';

export type { AnyResources, AnySpec, Section } from './any-spec.ts';
export type {
  Component,
  GeneratedPort,
  GroupComponent,
  Keeps,
  LogVolumeField,
  ServerLayer,
} from './component.ts';
export type { Flag, LabelSyntax } from './config-facts.ts';
export { configPlaces } from './config-places.ts';
export { dataDirectories, dataMounts } from './directories.ts';
export { isExclusive, isOfTiFlash } from './exclusive-labels.ts';
export { loadExpansions } from './expansions.ts';
export { asGroup, expandGroup, type GroupOf, running } from './group.ts';
export { EXCLUSIVE_GROUP_LABEL, GROUP_LABEL, groupLabelsOf, type StoreLabel } from './group-label.ts';
export { expandQuietly } from './quietly.ts';
export { byKind, byName } from './registry.generated.ts';
export { SCALED_IN } from './scaled-in.ts';
export type { GroupInV2, InV2, ResourcesInV2, Rule } from './v2.ts';

const DISCOVERY = 'discovery' as const;
const MICROSERVICES = 'pdms';

/** In the order in which TiDB Operator goes through them. */
export const COMPONENTS: readonly Component[] = Object.values(byName);

/** Those that can be groups, in the same order. */
export const GROUP_COMPONENTS: readonly GroupComponent[] = Object.values(byKind);

export function isGroupComponent(component: Component): component is GroupComponent {
  return component.group !== undefined;
}

export function isComponentName(field: string): field is ComponentName {
  return Object.hasOwn(byName, field);
}

/** The sections of a TidbCluster's spec that describe pods, in the order of their names; of `pdms` there are many. */
export const SECTIONS: readonly Exclude<Section, 'pdms'>[] = [
  DISCOVERY,
  ...COMPONENTS.map(({ name }) => name),
].sort();

/** The component of a section; undefined if it is not one by itself. */
export function componentIn(section: Section): Component | undefined {
  return isComponentName(section) ? byName[section] : undefined;
}

/** Whether a field of a TidbCluster's spec describes pods: nothing in it is a group's to inherit. */
export function isSection(field: string): field is Section {
  return isComponentName(field) || field === DISCOVERY || field === MICROSERVICES;
}

export function isGroupKind(kind: string): kind is GroupKind {
  return Object.hasOwn(byKind, kind);
}
