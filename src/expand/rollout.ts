import { ROLLOUT, ROLLOUTS, type Rollout } from '../api/index.ts';
import { type MapValue, textAt } from '../yaml/index.ts';
import type { Files } from './config-map.ts';

/** What makes a rolling update of a group safe, beside what every group has. What the group says itself goes before it. */
export interface SafeParts {
  readonly minReadySeconds?: number;
  readonly terminationGracePeriodSeconds: number;
  readonly readinessProbe?: MapValue;
  readonly preStop: MapValue;
  /** What the ConfigMap has more, and what the files are called beside the start script. */
  readonly scripts?: { readonly [key: string]: { readonly file: string; readonly text: string } };
  /** A command that runs beside the server once that starts, as words. */
  readonly afterStart?: readonly string[];
}

/** The texts of these scripts by their keys in the ConfigMap. */
export function scriptTexts({ scripts = {} }: Partial<SafeParts> = {}): Files {
  return Object.fromEntries(Object.entries(scripts).map(([key, { text }]) => [key, text]));
}

/** How a group says itself that it is to be rendered; undefined where it says nothing, or what is wrong. */
export function writtenRollout(annotations: { readonly [key: string]: string } = {}): Rollout | undefined {
  return ROLLOUTS.find((rollout) => rollout === annotations[ROLLOUT]);
}

/** How a StatefulSet was rendered, as its annotation says. */
export function rolloutOf(set: MapValue | undefined): Rollout {
  return textAt(set, 'metadata', 'annotations', ROLLOUT) === 'Safe' ? 'Safe' : 'Plain';
}
