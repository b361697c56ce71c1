import type { TidbCluster } from '../../api/index.ts';
import { type AnySpec, COMPONENTS, type Section } from '../../components/index.ts';
import { Field, type Origin, type Path, type Problems, type Subject } from '../../problem/index.ts';
import { show } from '../structure/show.ts';
import { componentOf } from './group-of.ts';
import type { Joined } from './together.ts';
import { claimNames } from './volumes.ts';

/** The claims of a set of pods, and where it is written. */
interface Owner {
  readonly title: string;
  readonly namespace: string;
  readonly component: Section;
  /** The name of the StatefulSet. */
  readonly set: string;
  readonly spec: AnySpec;
  readonly name: Field;
  readonly at: Field;
}

/**
 * A claim is called `<volume>-<set>-<number>`, so that volume `tikv-a` of `b-tikv` and volume `tikv` of `a-b-tikv` are
 * one: two stores would write into each other's data.
 */
export function checkClaims(
  clusters: readonly Subject<TidbCluster>[],
  groups: readonly Joined[],
  problems: Problems,
): void {
  const owners = [
    ...clusters.flatMap((cluster) => ownersIn(cluster, problems)),
    ...groups.map(({ group }) =>
      ownerOf(componentOf(group).name, group.object.spec, group.origin, ['spec'], problems),
    ),
  ];
  const taken = new Map<string, Owner>();
  for (const owner of owners) takeClaims(owner, taken);
  for (const owner of owners) checkVolumes(owner, taken);
}

function ownersIn({ object, origin }: Subject<TidbCluster>, problems: Problems): Owner[] {
  return COMPONENTS.filter(({ claims }) => claims.areChecked).flatMap(({ name: component }) => {
    const spec: AnySpec | undefined = object.spec[component];
    return spec ? [ownerOf(component, spec, origin, ['spec', component], problems)] : [];
  });
}

function ownerOf(component: Section, spec: AnySpec, origin: Origin, path: Path, problems: Problems): Owner {
  const { kind, name, namespace } = origin.id;
  const at = new Field(origin, problems);
  return {
    title: `${kind} ${show(name)}`,
    namespace,
    component,
    set: `${name}-${component}`,
    spec,
    name: at.to('metadata', 'name'),
    at: at.to(...path),
  };
}

function takeClaims(owner: Owner, taken: Map<string, Owner>): void {
  for (const claim of claimNames(owner.component, owner.spec)) {
    const key = `${owner.namespace}/${claim}-${owner.set}`;
    const before = taken.get(key);
    if (before === undefined) taken.set(key, owner);
    else if (before.set !== owner.set) {
      const message = `gives a volume the claim ${show(`${claim}-${owner.set}-0`)}, which the ${before.title} also has; rename one of them, or the volume`;
      owner.name.add('collision', message);
    }
  }
}

/** A claim that a StatefulSet makes is for its own pod alone. */
function checkVolumes({ namespace, spec, at }: Owner, taken: Map<string, Owner>): void {
  spec.additionalVolumes?.forEach(({ persistentVolumeClaim }, index) => {
    const claim = persistentVolumeClaim?.claimName ?? '';
    const set = /^(.+)-\d+$/.exec(claim)?.[1];
    const owner = taken.get(`${namespace}/${set}`);
    if (owner === undefined) return;
    const message = `is ${show(claim)}, where the ${owner.title} keeps its data; use another claim`;
    at.to('additionalVolumes', index, 'persistentVolumeClaim', 'claimName').add('collision', message);
  });
}
