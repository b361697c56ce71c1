import type { TidbCluster } from '../../api/index.ts';
import type { Problems } from '../../problem/index.ts';
import { At, type Subject } from './at.ts';
import { checkConfigs } from './config.ts';
import { checkDeleteSlots } from './delete-slots.ts';
import { checkHelper } from './helper.ts';
import { checkLabels } from './labels.ts';
import { checkPdAddresses } from './pd-addresses.ts';
import { checkAffinity } from './selectors.ts';
import { checkServer } from './server.ts';
import type { Component, ServerSpec } from './server-spec.ts';
import { checkSpread } from './spread.ts';
import { checkTolerations } from './tolerations.ts';

const SERVERS = ['discovery', 'pd', 'pump', 'ticdc', 'tidb', 'tiflash', 'tikv', 'tiproxy'] as const;

/**
 * The same for a TidbCluster and all of its components. `isHandedOn`: whether its configs stay as they are, and are not
 * written anew.
 */
export function checkCluster(
  { object, origin }: Subject<TidbCluster>,
  isHandedOn: boolean,
  problems: Problems,
): void {
  const { metadata, spec } = object;
  const instance = origin.id.name;
  const at = new At(origin, problems);
  checkDeleteSlots(metadata.annotations, at.to('metadata', 'annotations'));
  checkPdAddresses(spec.pdAddresses, at.to('spec', 'pdAddresses'));
  checkAffinity(spec.affinity, at.to('spec', 'affinity'));
  checkTolerations(spec.tolerations, at.to('spec', 'tolerations'));
  checkSpread(spec.topologySpreadConstraints, at.to('spec', 'topologySpreadConstraints'));
  if (spec.tidb) checkHelper(spec.tidb, object, at.to('spec', 'tidb'));
  checkLabels(spec.labels, instance, undefined, at.to('spec', 'labels'));
  const check = (component: Component, part: ServerSpec | undefined, place: At) => {
    if (part) checkServer(component, instance, part, place);
  };
  for (const component of SERVERS) check(component, spec[component], at.to('spec', component));
  spec.pdms?.forEach((service, index) => {
    const place = at.to('spec', 'pdms', index);
    check('pdms', service, place);
    const isVersioned = Boolean(spec.version || service.version);
    if (isVersioned && (service.baseImage ?? undefined) === undefined) {
      const message =
        'is missing; add it, such as "pingcap/pd": without one TiDB Operator breaks down at a microservice';
      place.to('baseImage').add('field-missing', message);
    }
  });
  checkConfigs(object, isHandedOn, at);
}
