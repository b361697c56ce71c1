import type { TidbCluster } from '../../api/index.ts';
import { type AnySpec, COMPONENTS, componentIn, SECTIONS, type Section } from '../../components/index.ts';
import { Field, type Problems, type Subject } from '../../problem/index.ts';
import { checkConfigs } from './config.ts';
import { checkConfigOf } from './config-of.ts';
import { checkDeleteSlots } from './delete-slots.ts';
import { checkHelper } from './helper.ts';
import { checkLabels } from './labels.ts';
import { checkGroupMarks, checkMarks } from './marks.ts';
import { checkPdAddresses } from './pd-addresses.ts';
import { checkAffinity } from './selectors.ts';
import { checkServer } from './server.ts';
import { checkSpread } from './spread.ts';
import { checkTolerations } from './tolerations.ts';
import { checkClusterVersionTag } from './version-tag.ts';

/**
 * The same for a TidbCluster and all its components. `isHandedOn`: whether its configs stay unchanged.
 */
export function checkCluster(
  { object, origin }: Subject<TidbCluster>,
  isHandedOn: boolean,
  problems: Problems,
): void {
  const { metadata, spec } = object;
  const instance = origin.id.name;
  const at = new Field(origin, problems);
  checkDeleteSlots(metadata.annotations, at.to('metadata', 'annotations'));
  checkClusterVersionTag(object, at.to('spec'));
  checkMarks(metadata.annotations, at.to('metadata', 'annotations'));
  checkGroupMarks(metadata.annotations, at.to('metadata', 'annotations'));
  checkPdAddresses(spec.pdAddresses, at.to('spec', 'pdAddresses'));
  checkAffinity(spec.affinity, at.to('spec', 'affinity'));
  checkTolerations(spec.tolerations, at.to('spec', 'tolerations'));
  checkSpread(spec.topologySpreadConstraints, at.to('spec', 'topologySpreadConstraints'));
  if (spec.helper?.image === '') {
    at.to('spec', 'helper', 'image').add('field-missing', 'must not be empty; give it a value or remove it');
  }
  for (const { name } of COMPONENTS) {
    const its = spec[name];
    if (its) checkHelper(its, object, at.to('spec', name));
  }
  checkLabels(spec.labels, instance, undefined, at.to('spec', 'labels'));
  const check = (component: Section, part: AnySpec | undefined, place: Field) => {
    if (part) checkServer(component, instance, part, place);
  };
  for (const section of SECTIONS) {
    const place = at.to('spec', section);
    const its = spec[section];
    const component = componentIn(section);
    check(section, its, place);
    if (its && component) checkConfigOf(component, spec, 'operator', place);
  }
  spec.pdms?.forEach((service, index) => {
    const place = at.to('spec', 'pdms', index);
    check('pdms', service, place);
    if (!(spec.version || service.version) || typeof service.baseImage === 'string') return;
    const message =
      'is missing; without it TiDB Operator v1.6 crashes, and manages no cluster at all; add it, such as "pingcap/pd"';
    place.to('baseImage').add('base-image-missing', message);
  });
  checkConfigs(object, isHandedOn, at);
}
