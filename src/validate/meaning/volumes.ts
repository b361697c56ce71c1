import { type AnySpec, componentIn, type Section } from '../../components/index.ts';
import { storageVolumeName } from '../../expand/index.ts';
import type { Field } from '../../problem/index.ts';
import { show } from '../structure/show.ts';
import { Once } from './once.ts';

/** The user's volumes must each have a name of their own, also beside those that are claimed. */
export function checkVolumes(
  component: Section,
  { additionalVolumes, storageVolumes }: AnySpec,
  at: Field,
): void {
  const stored = new Once();
  const names = new Once();
  names.isNew(dataClaim(component) ?? '');
  storageVolumes?.forEach(({ name }, index) => {
    if (!stored.isNew(name)) {
      const message = `is ${show(name)}, as in another entry of \`storageVolumes\`; rename one of them`;
      at.to('storageVolumes', index, 'name').add('name-duplicate', message);
    }
    names.isNew(storageVolumeName(component, name));
  });
  additionalVolumes?.forEach(({ name }, index) => {
    if (names.isNew(name)) return;
    const message = `is ${show(name)}, the name of another volume of the pod; give this one another name`;
    at.to('additionalVolumes', index, 'name').add('name-duplicate', message);
  });
}

/** The claims of a StatefulSet's pods; each claim's name goes on with the set's and the pod's number. */
export function claimNames(component: Section, { storageVolumes }: AnySpec): string[] {
  const data = dataClaim(component);
  const stored = (storageVolumes ?? []).map(({ name }) => storageVolumeName(component, name));
  return data === undefined ? stored : [data, ...stored];
}

/** The claim of a component's data, where the checks look at it. */
export function dataClaim(section: Section): string | undefined {
  const { data, areChecked } = componentIn(section)?.claims ?? {};
  return areChecked ? data : undefined;
}
