import type { Annotations, AnyGroup } from '../../api/index.ts';
import type { GroupComponent } from '../../components/index.ts';
import type { Field, Path } from '../../problem/index.ts';
import { deleteSlotsOf, isIntegers } from './delete-slots.ts';
import { componentOf, type Group } from './group-of.ts';

/** What each field tells TiDB Operator to do. Values that equal the default are ignored. */
const WISHES: { readonly [field: string]: string } = {
  evictLeaderTimeout: 'moves leaders away before a store restarts',
  failover: 'recovers servers after a failover',
  maxFailoverCount: 'starts servers in place of failed ones',
  recoverFailover: 'removes servers that it started in place of failed ones',
  scalePolicy: 'adds and removes servers a few at a time',
  spareVolReplaceReplicas: 'replaces volumes',
  waitLeaderTransferBackTimeout: 'waits for leaders to come back',
};

/**
 * Fields of a group that have an effect only if TiDB Operator runs its servers, so not for plain workloads.
 */
export function checkOperatorOnly(group: Group, at: Field): void {
  const { spec, metadata } = group.object;
  const component = componentOf(group);
  for (const [field, wish] of wishesIn(spec)) {
    say(at.to('spec', field), `${onlyOperator(wish)}; remove it`);
  }
  for (const [path, why] of component.group.operatorOnly?.(spec) ?? []) {
    say(at.to('spec', ...path), why);
  }
  checkSlots(deleteSlotsOf(component), metadata.annotations, at.to('metadata', 'annotations'));
}

/** The same fields of a component's spec, and why they do nothing for plain workloads: `only TiDB Operator …`. */
export function operatorOnlyFields(
  { group }: GroupComponent,
  spec: AnyGroup['spec'],
): (readonly [path: Path, why: string])[] {
  const wishes = wishesIn(spec).map(([field, wish]) => [[field], onlyOperator(wish)] as const);
  return [...wishes, ...(group.operatorOnly?.(spec) ?? [])];
}

function wishesIn(spec: AnyGroup['spec']): [field: string, wish: string][] {
  const fields = new Map(Object.entries(spec));
  return Object.entries(WISHES).filter(([field]) => fields.get(field));
}

function onlyOperator(wish: string): string {
  return `only TiDB Operator ${wish}, and it does not run these servers`;
}

function checkSlots(key: string, annotations: Annotations | undefined, at: Field): void {
  const slots = annotations?.[key];
  if (slots === undefined || !/\d/.test(slots) || !isIntegers(slots)) return;
  const message =
    "has no effect on Kubernetes' own StatefulSets, which always remove the last pod; only an Advanced StatefulSet controller reads it";
  at.to(key).add('no-effect', message, 'key');
}

function say(at: Field, why: string): void {
  at.add('no-effect', `has no effect, because ${why}`, 'key');
}
