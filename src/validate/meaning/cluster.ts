import type { TidbCluster } from '../../api/index.ts';
import { type ConfigName, configPlaces } from '../../config/index.ts';
import type { Problems } from '../../problem/index.ts';
import { At, type Subject } from './at.ts';
import { checkConfigs } from './config.ts';
import { checkConfigOf } from './config-of.ts';
import { checkDataDirectories } from './data-directories.ts';
import { checkDeleteSlots } from './delete-slots.ts';
import { checkHelper } from './helper.ts';
import { checkLabels } from './labels.ts';
import { checkPdAddresses } from './pd-addresses.ts';
import { checkAffinity } from './selectors.ts';
import { checkServer } from './server.ts';
import type { Component, ServerSpec } from './server-spec.ts';
import { checkSpread } from './spread.ts';
import { checkTolerations } from './tolerations.ts';

/** The components whose configs name directories of data, by what the config is called. */
const WITH_DATA: { readonly [name in ConfigName]?: 'pd' | 'tiflash' | 'tikv' } = {
  pd: 'pd',
  'tiflash.config': 'tiflash',
  tikv: 'tikv',
};

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
  for (const component of SERVERS) {
    const place = at.to('spec', component);
    check(component, spec[component], place);
    if (component === 'pd' || component === 'tidb' || component === 'tikv') {
      const its = spec[component];
      if (its) checkConfigOf(component, its, 'operator', place);
    }
  }
  spec.pdms?.forEach((service, index) => {
    const place = at.to('spec', 'pdms', index);
    check('pdms', service, place);
    if (!(spec.version || service.version) || typeof service.baseImage === 'string') return;
    const message =
      'is missing, without which TiDB Operator v1.6 breaks down at a microservice, and with it at all clusters; add it, such as "pingcap/pd"';
    place.to('baseImage').add('base-image-missing', message);
  });
  checkConfigs(object, isHandedOn, at);
  for (const { name, path, config } of configPlaces(object)) {
    const component = WITH_DATA[name];
    if (component === undefined) continue;
    checkDataDirectories(
      component,
      spec[component] ?? {},
      { name, config, reader: 'operator' },
      at.to(...path),
    );
  }
}
