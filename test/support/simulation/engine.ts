import type { MapValue } from '../../../src/yaml/index.ts';
import { budgetOf, type Render, type Setting, statefulSet } from './render.ts';

/** What an engine can do, and see. */
export interface Cluster {
  apply(object: MapValue): void;
  /** Runs the drain of a group to a number of replicas. */
  startDrain(group: string, replicas: number): void;
  isDrained(group: string): boolean;
  isHealthy(set: string): boolean;
}

/** Something that is applied, and when what comes after it may be. */
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
    private readonly setting: Setting,
  ) {}

  /** A commit. One that comes while another is applied waits for it, or ends it. */
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
    const { cluster, setting } = this;
    const groups = Object.keys(render.groups).sort();
    const budget: Wave[] = render.isSafe
      ? [{ apply: () => cluster.apply(budgetOf(render, setting)), isOver: () => true }]
      : [];
    const sets = groups.map((group) => this.setWave(group, render));
    const drains = render.isSafe ? groups.map((group) => this.drainWave(group, render)) : [];
    if (this.name === 'Argo CD') {
      const w = groups.flatMap((_, i) => [drains[i] ?? [], sets[i] ?? []].flat());
      return process.env.POS === 'first' ? [...budget, ...w] : [...w, ...budget];
    }
    if (this.name === 'Flux') return [together(drains), together([...sets, ...budget])];
    return [together([...drains, ...sets, ...budget])];
  }

  private setWave(group: string, { groups, isSafe }: Render): Wave {
    const state = groups[group] ?? { replicas: 0, template: 0 };
    const set = statefulSet(group, state, isSafe, this.setting.policy);
    return {
      apply: () => this.cluster.apply(set),
      isOver: () => this.cluster.isHealthy(`${group}-tikv`),
    };
  }

  private drainWave(group: string, { groups }: Render): Wave {
    return {
      apply: () => this.cluster.startDrain(group, groups[group]?.replicas ?? 0),
      isOver: () => this.cluster.isDrained(group),
    };
  }
}

function together(waves: readonly Wave[]): Wave {
  return {
    apply: () => {
      for (const { apply } of waves) apply();
    },
    isOver: () => waves.every(({ isOver }) => isOver()),
  };
}
