import fc from 'fast-check';
import type { EngineName } from './engine.ts';
import type { Commit, GroupState } from './render.ts';
import type { Happening, History } from './simulation.ts';

/** What somebody does. */
type Deed =
  | { readonly kind: 'roll'; readonly group: number }
  | { readonly kind: 'scale'; readonly group: number; readonly replicas: number }
  /** Scales the group to no stores and then removes it, or adds it again. */
  | { readonly kind: 'toggle'; readonly group: number; readonly replicas: number }
  | { readonly kind: 'drain'; readonly set: number; readonly ordinal: number };

const GROUPS = ['cold', 'hot'];

/** Random histories of renders and node drains, all of them safe or all of them plain. */
export function histories(
  isSafe: boolean,
  engines: readonly EngineName[],
  mayShrink = true,
): fc.Arbitrary<History> {
  const group = fc.integer({ min: 0, max: GROUPS.length - 1 });
  const deeds: fc.Arbitrary<Deed>[] = [
    fc.record({ kind: fc.constant('roll' as const), group }),
    fc.record({
      kind: fc.constant('drain' as const),
      set: fc.integer({ min: 0, max: 2 }),
      ordinal: fc.integer({ min: 0, max: 3 }),
    }),
    fc.record({ kind: fc.constant('scale' as const), group, replicas: fc.integer({ min: 0, max: 4 }) }),
    fc.record({ kind: fc.constant('toggle' as const), group, replicas: fc.integer({ min: 1, max: 4 }) }),
  ];
  const deed = fc.record({
    deed: fc.oneof(...deeds),
    after: fc.integer({ min: 0, max: 240 }),
    endsOther: fc.boolean(),
  });
  return fc
    .record({
      seed: fc.integer(),
      engine: fc.constantFrom(...engines),
      policy: fc.constantFrom('Parallel' as const, 'OrderedReady' as const),
      base: fc.integer({ min: 3, max: 4 }),
      maxReplicas: fc.constantFrom(3, 3, 5),
      replicas: fc.tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 4 })),
      deeds: fc.array(deed, { minLength: 1, maxLength: 6 }),
    })
    .map(({ replicas, deeds: done, ...setting }) => {
      const groups: Record<string, GroupState> = {};
      for (const [i, name] of GROUPS.entries()) groups[name] = { replicas: replicas[i] ?? 1, template: 0 };
      const first: Commit = { groups: { ...groups }, isSafe };
      return { ...setting, first, baseHasProbe: true, happenings: happenings(first, done, mayShrink) };
    });
}

function happenings(
  first: Commit,
  done: readonly { readonly deed: Deed; readonly after: number; readonly endsOther: boolean }[],
  mayShrink: boolean,
): Happening[] {
  let at = 0;
  let groups = first.groups;
  return done.flatMap(({ deed, after, endsOther }): Happening[] => {
    at += after;
    if (deed.kind === 'drain') {
      return [{ at, node: `${['basic', ...GROUPS][deed.set]}-tikv-${deed.ordinal}` }];
    }
    const name = GROUPS[deed.group] ?? '';
    const commit = (state: GroupState | undefined): Happening => {
      const { [name]: _, ...others } = groups;
      groups = state === undefined ? others : { ...others, [name]: state };
      return { at, commit: { groups, isSafe: first.isSafe }, endsOther };
    };
    const state = groups[name];
    if (deed.kind === 'toggle') {
      if (state === undefined) return [commit({ replicas: deed.replicas, template: 0 })];
      return mayShrink ? [commit({ ...state, replicas: 0 }), commit(undefined)] : [];
    }
    if (state === undefined) return [];
    if (deed.kind === 'roll') return [commit({ ...state, template: state.template + 1 })];
    const replicas = mayShrink ? deed.replicas : Math.max(deed.replicas, state.replicas);
    return [commit({ ...state, replicas })];
  });
}
