import type { TidbCluster } from '../../api/index.ts';
import type { Problems } from '../../problem/index.ts';
import { At, type Subject } from './at.ts';
import { checkConfig } from './config.ts';
import { checkConfigOf } from './config-of.ts';
import { checkDeleteSlots } from './delete-slots.ts';
import { checkHelper } from './helper.ts';
import { checkLabels } from './labels.ts';
import { checkPdAddresses } from './pd-addresses.ts';
import { checkAffinity } from './selectors.ts';
import { checkServer } from './server.ts';
import type { Component, ServerSpec } from './server-spec.ts';
import { checkSpread } from './spread.ts';
import { checkTolerations } from './tolerations.ts';

const WITH_CONFIG = ['pd', 'pump', 'ticdc', 'tidb', 'tikv', 'tiproxy'] as const;

/** The same for a TidbCluster and all of its components. */
export function checkCluster({ object, origin }: Subject<TidbCluster>, problems: Problems): void {
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
  check('discovery', spec.discovery, at.to('spec', 'discovery'));
  check('tiflash', spec.tiflash, at.to('spec', 'tiflash'));
  for (const component of WITH_CONFIG) {
    const place = at.to('spec', component);
    check(component, spec[component], place);
    checkConfig(component, spec[component]?.config, place.to('config'));
    if (component === 'pd' || component === 'tidb' || component === 'tikv') {
      const its = spec[component];
      if (its) checkConfigOf(component, its, place);
    }
  }
  for (const part of ['config', 'proxy'] as const) {
    checkConfig('tiflash', spec.tiflash?.config?.[part], at.to('spec', 'tiflash', 'config', part));
  }
  spec.pdms?.forEach((service, index) => {
    const place = at.to('spec', 'pdms', index);
    check('pdms', service, place);
    checkConfig('pdms', service.config, place.to('config'));
  });
}
