import type { EnvVar, Volume } from '../../api/index.ts';
import { canonicalQuantity } from '../../api/index.ts';
import type { Field } from '../../problem/index.ts';
import { FORMATS } from '../structure/formats.ts';
import { mustBeOneOf } from '../structure/one-of.ts';
import { allowedValues, show } from '../structure/show.ts';
import { quote } from '../structure/written.ts';

type Sources = NonNullable<EnvVar['valueFrom']>;
type FieldRef = NonNullable<Sources['fieldRef']>;
type ResourceRef = NonNullable<Sources['resourceFieldRef']>;
type DownwardFile = NonNullable<NonNullable<Volume['downwardAPI']>['items']>[number];

const FIELDS = {
  env: [
    ...['metadata.name', 'metadata.namespace', 'metadata.uid', 'spec.nodeName', 'spec.serviceAccountName'],
    ...['status.hostIP', 'status.hostIPs', 'status.podIP', 'status.podIPs'],
  ],
  volume: ['metadata.name', 'metadata.namespace', 'metadata.labels', 'metadata.annotations', 'metadata.uid'],
} as const;

/** A field of the pod as a value, or as a file. */
export function checkFieldRef({ fieldPath }: FieldRef, use: keyof typeof FIELDS, at: Field): void {
  const here = at.to('fieldPath');
  const bracket = fieldPath.endsWith("']") ? Math.max(0, fieldPath.indexOf("['")) : 0;
  const [map, key] = [fieldPath.slice(0, bracket), fieldPath.slice(bracket + 2, -2)];
  if (map === '') {
    const known: readonly string[] = FIELDS[use];
    if (!known.includes(fieldPath)) here.add('field-enum', mustBeOneOf(known, fieldPath));
  } else if (map !== 'metadata.labels' && map !== 'metadata.annotations') {
    const message = `must name a label or an annotation in brackets, but is ${show(fieldPath)}; write \`metadata.labels['KEY']\` or \`metadata.annotations['KEY']\``;
    here.add('field-enum', message);
  } else {
    const format = FORMATS[map === 'metadata.labels' ? 'label-key' : 'annotation-key'];
    if (format === undefined || format.matches(key)) return;
    here.add(format.code, `must name ${format.must} in its brackets, but ${show(key)} is not`);
  }
}

const AMOUNTS = ['cpu', 'memory', 'ephemeral-storage'].flatMap((name) => [
  `limits.${name}`,
  `requests.${name}`,
]);
const HUGE = /^(?:limits|requests)\.hugepages-/;
const UNITS = ['k', 'M', 'G', 'T', 'P', 'E', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'];

/** What the container may use as a value, or as a file. */
export function checkResourceRef({ resource, divisor }: ResourceRef, at: Field): void {
  if (!AMOUNTS.includes(resource) && !HUGE.test(resource)) {
    at.to('resource').add('field-enum', mustBeOneOf(AMOUNTS, resource));
    return;
  }
  const unit = divisor === undefined || divisor === null ? '0' : canonicalQuantity(divisor);
  const units = resource.endsWith('.cpu') ? ['1', '1m'] : ['1', ...UNITS.map((name) => `1${name}`)];
  if (unit === undefined || unit === '0' || units.includes(unit)) return;
  const here = at.to('divisor');
  const message = `must be ${allowedValues(units)} for ${show(resource)}, but is ${quote(divisor ?? unit, here)}`;
  here.add('field-enum', message);
}

/** A file is of one field or of one amount; amounts are those of a container that it names. */
export function checkDownwardFile({ fieldRef, resourceFieldRef }: DownwardFile, at: Field): void {
  if (fieldRef && resourceFieldRef) {
    at.add('field-choice', 'must have only one of `fieldRef` and `resourceFieldRef`; remove the other');
  } else if (!fieldRef && !resourceFieldRef) {
    at.add('field-choice', 'must have one of `fieldRef` or `resourceFieldRef`; add one');
  }
  if (fieldRef) checkFieldRef(fieldRef, 'volume', at.to('fieldRef'));
  if (!resourceFieldRef) return;
  const here = at.to('resourceFieldRef');
  if (!resourceFieldRef.containerName) {
    const message = 'is missing; add it: the container to read from, because a file belongs to no container';
    here.to('containerName').add('field-missing', message);
  }
  checkResourceRef(resourceFieldRef, here);
}
