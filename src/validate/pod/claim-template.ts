import type { Volume } from '../../api/index.ts';
import type { Field } from '../../problem/index.ts';
import { fieldNames, show } from '../structure/show.ts';
import { quote } from '../structure/written.ts';

type Template = NonNullable<NonNullable<Volume['ephemeral']>['volumeClaimTemplate']>;
type ClaimSpec = Template['spec'];
type DataSource = NonNullable<ClaimSpec['dataSource'] | ClaimSpec['dataSourceRef']>;

const KEPT = ['annotations', 'labels'];

/** The claim that Kubernetes makes for each pod, and removes with it. */
export function checkClaimTemplate({ metadata, spec }: Template, at: Field): void {
  const others = Object.entries(metadata ?? {}).filter(([name, value]) => value && !KEPT.includes(name));
  for (const [name] of others) {
    at.to('metadata', name).add(
      'field-unknown',
      `must not be set: a claim has only ${fieldNames(KEPT)} here; remove it`,
      'key',
    );
  }
  const place = at.to('spec');
  const size = spec.resources?.requests?.storage;
  const atSize = place.to('resources', 'requests', 'storage');
  if (size === undefined || size === null) {
    const message = 'is missing; add it: how large the volume must be, such as "10Gi"';
    atSize.add('field-missing', message);
  } else if (/^[+]?0*(?:\.0*)?[A-Za-z]*$/.test(String(size))) {
    atSize.add('quantity', `must be greater than 0, but is ${quote(size, atSize)}`);
  }
  const modes = new Set(spec.accessModes);
  if (modes.has('ReadWriteOncePod') && modes.size > 1) {
    place
      .to('accessModes')
      .add('field-choice', 'must have no other entry with "ReadWriteOncePod"; remove the others');
  }
  checkSources(spec, place);
}

/** What a volume begins with. */
function checkSources({ dataSource, dataSourceRef }: ClaimSpec, at: Field): void {
  if (dataSource) checkSource(dataSource, at.to('dataSource'));
  if (dataSourceRef) checkSource(dataSourceRef, at.to('dataSourceRef'));
  if (!dataSource || !dataSourceRef) return;
  const same = (['apiGroup', 'kind', 'name'] as const).every(
    (field) => (dataSource[field] ?? undefined) === (dataSourceRef[field] ?? undefined),
  );
  if (same && !dataSourceRef.namespace) return;
  const message = 'must equal `dataSourceRef`, or be missing if that has a `namespace`; remove one of them';
  at.to('dataSource').add('field-choice', message);
}

function checkSource({ apiGroup, kind }: DataSource, at: Field): void {
  if (apiGroup || kind === 'PersistentVolumeClaim') return;
  const message = `is missing; add it: the group of the kind ${show(kind)}, such as "snapshot.storage.k8s.io"`;
  at.to('apiGroup').add('field-missing', message);
}
