import type { MapValue } from '../../src/yaml/index.ts';
import { followed, syncs } from './engine-judges.ts';
import { at, titleOf } from './read-yaml.ts';

/** A moment in the life of a cluster. */
export interface Moment {
  /** Titles of what is in the cluster. */
  readonly live: ReadonlySet<string>;
  /** The StatefulSets that pods run from: as applied, or as before while pods are not replaced yet. */
  readonly running: readonly MapValue[];
  /** How many pods each StatefulSet is to have, by its title. */
  readonly replicas: ReadonlyMap<string, number>;
  /** The render that the engine is at, from 0; one more than the last where everything is deleted. */
  readonly turn: number;
}

/** What is rendered for one cluster, one time after another. */
export type Renders = readonly (readonly MapValue[])[];

type Objects = ReadonlyMap<string, MapValue>;

/**
 * What the cluster goes through under engines that prune, from an empty cluster on. At the end everything is
 * deleted: with the Application or Kustomization, or by `kpt live destroy`.
 */
export const ENGINES: { readonly [engine: string]: (all: readonly Renders[]) => Moment[][] } = {
  'Argo CD': underArgoCd,
  Flux: (all) => under('flux', all),
  kpt: (all) => under('kpt', all),
};

function momentOf(old: Objects, now: Objects, turn: number): Moment {
  const isSet = ({ kind }: MapValue) => kind === 'StatefulSet';
  const before = [...old].filter(([title]) => now.has(title)).map(([, object]) => object);
  const running = [...before, ...now.values()].filter(isSet);
  const replicas = [...now].flatMap(([title, object]): [string, number][] =>
    isSet(object) ? [[title, Number(at(object, 'spec', 'replicas'))]] : [],
  );
  return { live: new Set(now.keys()), running, replicas: new Map(replicas), turn };
}

function byTitle(objects: readonly MapValue[]): Map<string, MapValue> {
  return new Map(objects.map((object) => [titleOf(object), object]));
}

function without(objects: Objects, titles: readonly string[]): Map<string, MapValue> {
  return new Map([...objects].filter(([title]) => !titles.includes(title)));
}

/** Argo CD waits for pods to be replaced while it goes on: each of its steps is a moment. */
function underArgoCd(all: readonly Renders[]): Moment[][] {
  const stories = all.map(() => ({ live: new Map<string, MapValue>(), moments: [] as Moment[] }));
  const longest = Math.max(...all.map(({ length }) => length));
  for (let turn = 0; turn < longest; turn++) {
    const verdicts = syncs(
      stories.map(({ live }, index) => ({
        live: [...live.values()],
        rendered: all[index]?.[turn] ?? [...live.values()],
      })),
    );
    for (const [index, story] of stories.entries()) {
      const next = byTitle(all[index]?.[turn] ?? []);
      const old = new Map(story.live);
      const steps = verdicts[index]?.steps ?? [];
      for (const [position, step] of steps.entries()) {
        const [, what, title = ''] = /^(\w+) (.*)$/.exec(step) ?? [];
        const object = next.get(title);
        if (what === 'applied' && object !== undefined) story.live.set(title, object);
        if (what === 'pruned') story.live.delete(title);
        if (what === 'rolled') old.delete(title);
        // Removed resources go at the same time.
        const isRemoval = what === 'pruned' && steps[position + 1]?.startsWith('pruned ');
        if (!isRemoval) story.moments.push(momentOf(old, story.live, turn));
      }
    }
  }
  const last = syncs(stories.map(({ live }) => ({ live: [...live.values()], rendered: [] })));
  return stories.map(({ live, moments }, index) => {
    const rest = without(live, last[index]?.deletedWithApplication ?? []);
    return [...moments, momentOf(rest, rest, all[index]?.length ?? 0)];
  });
}

/** Neither Flux nor kpt with a timeout waits: pods are not replaced yet when they delete. */
function under(engine: 'flux' | 'kpt', all: readonly Renders[]): Moment[][] {
  const verdicts = followed(
    engine,
    all.map((renders) => ({ renders })),
  );
  return all.map((renders, index) => {
    const verdict = verdicts[index];
    let live = new Map<string, MapValue>();
    const moments = renders.map((render, turn) => {
      const { applied = [], deleted = [] } = verdict?.changes[turn] ?? {};
      const old = live;
      const now = [...byTitle(render)].filter(([title]) => applied.includes(title));
      live = without(new Map([...old, ...now]), deleted);
      return momentOf(old, live, turn);
    });
    const rest = without(live, verdict?.deletedWithOwner ?? []);
    return [...moments, momentOf(rest, rest, renders.length)];
  });
}
