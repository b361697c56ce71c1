import type { Annotations } from '../../api/index.ts';
import type { At } from './at.ts';
import { isIntegers } from './delete-slots.ts';
import { componentOf, type Group } from './group-of.ts';

/** What a field would have TiDB Operator do, by the field. Values that are as if it were not there are left alone. */
const WISHES: { readonly [field: string]: string } = {
  evictLeaderTimeout: 'moves leaders away before a store restarts',
  failover: 'brings back what it failed over',
  maxFailoverCount: 'starts servers in place of failed ones',
  recoverFailover: 'takes servers away that it started in place of failed ones',
  scalePolicy: 'adds and takes away servers a few at a time',
  spareVolReplaceReplicas: 'replaces volumes',
  waitLeaderTransferBackTimeout: 'waits for leaders to come back',
};

/** Fields of a group that have an effect only where TiDB Operator runs its servers, which of plain workloads nobody does. */
export function checkOperatorOnly(whole: Group, at: At): void {
  const { spec, metadata } = whole.object;
  const { name, group } = componentOf(whole);
  const fields = new Map(Object.entries(spec));
  for (const [field, wish] of Object.entries(WISHES)) {
    if (fields.get(field))
      say(
        at.to('spec', field),
        `has no effect, because only TiDB Operator ${wish}, and it does not run these servers; remove it`,
      );
  }
  const { tidb } = group.as(spec);
  if (tidb !== undefined) {
    if (tidb.initializer?.createPassword) {
      const message =
        'has no effect, because only TiDB Operator makes a password, and the root user goes without one; set it by hand, or with a `TidbInitializer`';
      say(at.to('spec', 'initializer', 'createPassword'), message);
    }
    if (tidb.tlsClient?.skipInternalClientCA) {
      say(
        at.to('spec', 'tlsClient', 'skipInternalClientCA'),
        'has no effect, because it is for the clients of TiDB Operator itself; remove it',
      );
    }
  }
  checkSlots(name, metadata.annotations, at.to('metadata', 'annotations'));
}

function checkSlots(component: string, annotations: Annotations | undefined, at: At): void {
  const key = `${component}.tidb.pingcap.com/delete-slots`;
  const slots = annotations?.[key];
  if (slots === undefined || !/\d/.test(slots) || !isIntegers(slots)) return;
  const message =
    "has no effect on Kubernetes' own StatefulSets, which always take the last pod away; an Advanced StatefulSet controller alone reads it";
  say(at.to(key), message);
}

function say(at: At, message: string): void {
  at.add('no-effect', message, 'key');
}
