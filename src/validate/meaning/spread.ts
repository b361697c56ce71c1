import type { ComponentSpec } from '../../api/index.ts';
import type { Field } from '../../problem/index.ts';
import { show } from '../structure/show.ts';
import { Once } from './once.ts';

const TAKEN = ['app.kubernetes.io/component', 'app.kubernetes.io/instance'];

/** The operator spreads pods by its own labels; from the user it accepts only other values for two of them. */
export function checkSpread(constraints: ComponentSpec['topologySpreadConstraints'], at: Field): void {
  const keys = new Once();
  constraints?.forEach(({ matchLabels, topologyKey }, index) => {
    if (!keys.isNew(topologyKey)) {
      const message = `is ${show(topologyKey)}, as in another entry, and Kubernetes accepts one entry per key; remove one of them`;
      at.to(index, 'topologyKey').add('name-duplicate', message);
    }
    for (const key of Object.keys(matchLabels ?? {})) {
      if (TAKEN.includes(key)) continue;
      const message = 'has no effect, because pods of the component always count; remove it';
      at.to(index, 'matchLabels', key).add('no-effect', message, 'key');
    }
  });
}
