import { show } from '../structure/show.ts';
import type { At } from './at.ts';
import { Once } from './once.ts';
import type { Component, ServerSpec } from './server-spec.ts';

/** The claim of a component's data. */
const DATA: { readonly [component in Component]?: string } = { pd: 'pd', tikv: 'tikv' };

/** The user's volumes must each have a name of their own, also beside those that are claimed. */
export function checkVolumes(
  component: Component,
  { additionalVolumes, storageVolumes }: ServerSpec,
  at: At,
): void {
  const stored = new Once();
  const names = new Once();
  names.isNew(DATA[component] ?? '');
  storageVolumes?.forEach(({ name }, index) => {
    if (!stored.isNew(name)) {
      const message = `is ${show(name)}, as in another entry of \`storageVolumes\`; rename one of them`;
      at.to('storageVolumes', index, 'name').add('name-duplicate', message);
    }
    names.isNew(claimName(component, name));
  });
  additionalVolumes?.forEach(({ name }, index) => {
    if (names.isNew(name)) return;
    const message = `is ${show(name)}, as another volume of the pod is called; give this one another name`;
    at.to('additionalVolumes', index, 'name').add('name-duplicate', message);
  });
}

/** What the claim of one of `storageVolumes` is called. */
export function claimName(component: string, name: string): string {
  return `${component}-${name}`;
}

/** The claims of a StatefulSet's pods; each claim's name goes on with the set's and the pod's number. */
export function claimNames(component: Component, { storageVolumes }: ServerSpec): string[] {
  const data = DATA[component];
  const stored = (storageVolumes ?? []).map(({ name }) => claimName(component, name));
  return data === undefined ? stored : [data, ...stored];
}
