import type { MapValue } from '../../../src/yaml/index.ts';
import { byWave, nameOf, type Render } from './render.ts';

/** What an engine can do and see. */
export interface Cluster {
  apply(object: MapValue): void;
  /** Runs the drain of a group to a number of replicas. */
  startDrain(group: string, replicas: number): void;
  isDrained(group: string): boolean;
  isHealthy(set: string): boolean;
}

/** Something to apply, and when the next step may follow. */
interface Wave {
  readonly apply: () => void;
  readonly isOver: () => boolean;
}

export type EngineName = 'Argo CD' | 'Flux' | 'kubectl';

/** Applies renders: Argo CD in waves, Flux in two Kustomizations of which one depends on the other, kubectl at once. */
export class Engine {
  private waves: Wave[] = [];
  private current: Wave | undefined;
  private next: Render | undefined;

  constructor(
    private readonly name: EngineName,
    private readonly cluster: Cluster,
  ) {}

  /** A commit. If another is being applied, it waits for it or cancels it. */
  commit(render: Render, endsOther: boolean): void {
    this.next = render;
    if (endsOther) {
      this.waves = [];
      this.current = undefined;
    }
  }

  get isIdle(): boolean {
    return this.current === undefined && this.waves.length === 0 && this.next === undefined;
  }

  step(): void {
    if (this.current !== undefined && !this.current.isOver()) return;
    this.current = this.waves.shift();
    if (this.current === undefined && this.next !== undefined) {
      this.waves = this.wavesOf(this.next);
      this.next = undefined;
      this.current = this.waves.shift();
    }
    this.current?.apply();
  }

  private wavesOf(render: Render): Wave[] {
    const rendered = byWave(render);
    const { groups, isSafe } = render.commit;
    const drains = (names: readonly string[]) =>
      isSafe ? names.map((group) => this.drain(group, groups[group]?.replicas ?? 0)) : [];
    if (this.name === 'Argo CD') {
      return rendered.flatMap((resources) => [
        ...drains(groupsIn(resources)),
        together(resources.map((resource) => this.one(resource))),
      ]);
    }
    const all = together(rendered.flat().map((resource) => this.one(resource)));
    const first = together(drains(groupsIn(rendered.flat())));
    return this.name === 'Flux' ? [first, all] : [together([first, all])];
  }

  private one(resource: MapValue): Wave {
    return {
      apply: () => this.cluster.apply(resource),
      isOver: () => resource.kind !== 'StatefulSet' || this.cluster.isHealthy(nameOf(resource)),
    };
  }

  private drain(group: string, replicas: number): Wave {
    return {
      apply: () => this.cluster.startDrain(group, replicas),
      isOver: () => this.cluster.isDrained(group),
    };
  }
}

/** The groups whose StatefulSets are among the resources. */
function groupsIn(resources: readonly MapValue[]): string[] {
  return resources.flatMap((resource) =>
    resource.kind === 'StatefulSet' ? [nameOf(resource).replace(/-tikv$/, '')] : [],
  );
}

function together(waves: readonly Wave[]): Wave {
  return {
    apply: () => {
      for (const { apply } of waves) apply();
    },
    isOver: () => waves.every(({ isOver }) => isOver()),
  };
}
