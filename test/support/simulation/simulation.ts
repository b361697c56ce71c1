import { toleratedStores } from '../../../src/budget/index.ts';
import type { MapValue } from '../../../src/yaml/index.ts';
import type { Controllers, PodStatus, SetStatus } from '../controllers.ts';
import { Pd } from '../pd/pd.ts';
import { defaultRule } from '../pd/placement.ts';
import { at } from '../read-yaml.ts';
import { Draining } from './draining.ts';
import { type Cluster, Engine, type EngineName } from './engine.ts';
import { Kubelet, type PodKind } from './kubelet.ts';
import { Chance } from './random.ts';
import { baseSet, type Commit, nameOf, podKindOf, type Render, renderOf, type Setting } from './render.ts';

/** Something that happens at a second of a history. */
export type Happening =
  | { readonly at: number; readonly commit: Commit; readonly endsOther: boolean }
  /** Somebody drains the node of a pod. */
  | { readonly at: number; readonly node: string };

export interface History extends Setting {
  readonly seed: number;
  readonly engine: EngineName;
  readonly first: Commit;
  readonly happenings: readonly Happening[];
}

/** What went wrong, and the events before it. */
export interface Violation {
  readonly at: number;
  readonly what: string;
  readonly log: readonly string[];
}

interface Target {
  readonly job: string;
  readonly replicas: number;
  readonly seenAt: number;
}

const START = 1_700_000_000;
const REGIONS = 12;
/** How long the cluster may take to start, and to settle after the last event, in seconds. */
const BEFORE = 1800;
const AFTER = 2400;

/**
 * A cluster over time: StatefulSets, budgets and evictions are Kubernetes' own code, PD is its stand-in, and kubelets,
 * stores and engines are models. A second is a step.
 */
export class Simulation implements Cluster {
  private readonly pd = new Pd();
  private readonly chance: Chance;
  private readonly kubelet: Kubelet;
  private readonly engine: Engine;
  private readonly sets = new Map<string, SetStatus>();
  private readonly jobs: Draining[] = [];
  private readonly targets = new Map<string, Target[]>();
  private readonly evicting = new Set<string>();
  private readonly log: string[] = [];
  private pods: readonly PodStatus[] = [];
  private commands: object[] = [];
  /** How the pods of StatefulSets run, as last applied. */
  private readonly kinds = new Map<string, PodKind>();
  /** What hooks of stores read, by the names of their ConfigMaps. */
  private readonly settings = new Map<string, string>();
  /** Commits that are not made yet, because they wait for an earlier one. */
  private readonly waiting: { readonly render: Render; readonly endsOther: boolean }[] = [];
  private groups: Commit['groups'] = {};
  private begun = START;

  constructor(
    private readonly controllers: Controllers,
    private readonly history: History,
    /** What is left out, to see what goes wrong without it. */
    private readonly lacks?: 'budgets' | 'hooks',
  ) {
    const { seed, maxReplicas, engine, baseHasProbe } = history;
    this.pd.now = START;
    this.pd.config.maxReplicas = maxReplicas;
    this.pd.config.rules = [defaultRule(maxReplicas)];
    this.chance = new Chance(seed);
    const base: PodKind = { hasProbe: baseHasProbe, hook: undefined };
    this.kubelet = new Kubelet(this.pd, this.chance, (set) => this.kinds.get(set) ?? base);
    this.engine = new Engine(engine, this);
  }

  /** Runs the history; undefined if all went well. */
  async run(): Promise<Violation | undefined> {
    const { history } = this;
    const { first, happenings } = history;
    await this.controllers.tell({ do: 'reset' });
    this.commands.push({ do: 'apply', object: baseSet(history) });
    this.waiting.push({ render: await renderOf(first, history), endsOther: false });
    for (let second = 0; second < BEFORE && !this.isQuiet(); second++) await this.step();
    this.pd.addRegions(REGIONS);
    this.begun = this.pd.now;
    const last = happenings.at(-1)?.at ?? 0;
    for (let second = 0; second < last + AFTER; second++) {
      for (const happening of happenings) if (happening.at === second) await this.happen(happening);
      await this.step();
      const wrong = this.wrong();
      if (wrong !== undefined) return { at: second, what: wrong, log: this.log.slice(-60) };
      if (second > last && this.isQuiet()) return undefined;
    }
    return undefined;
  }

  private async happen(happening: Happening): Promise<void> {
    if ('node' in happening) {
      this.say(`node of ${happening.node} is drained`);
      this.evicting.add(happening.node);
      return;
    }
    const render = await renderOf(happening.commit, this.history);
    this.waiting.push({ render, endsOther: happening.endsOther });
  }

  /** Makes the next commit, unless it removes a group that still has stores: the docs say to wait. */
  private commit(): void {
    const [next] = this.waiting;
    if (next === undefined) return;
    const { groups } = next.render.commit;
    const gone = Object.keys(this.groups).filter((group) => groups[group] === undefined);
    if (gone.length > 0 && !(this.engine.isIdle && gone.every((group) => this.isEmpty(group)))) return;
    this.waiting.shift();
    this.groups = groups;
    this.say(`commit ${JSON.stringify(groups)}${next.endsOther ? ', at once' : ''}`);
    this.engine.commit(next.render, next.endsOther);
  }

  private isEmpty(group: string): boolean {
    const set = this.sets.get(`${group}-tikv`);
    return set?.replicas === 0 && set.done;
  }

  private async step(): Promise<void> {
    this.commit();
    this.engine.step();
    for (const job of this.jobs) job.step(this.targetOf(job.set));
    for (const told of this.kubelet.step(this.pods)) {
      this.commands.push({ ...told, now: this.now });
      if (told.do === 'gone') this.dropVolume(told.name);
    }
    this.pd.advance(1);
    if (this.pd.now % 5 === 0) await this.evict();
    if (this.commands.length > 0 || this.pd.now % 5 === 0) await this.sync();
  }

  private async sync(): Promise<void> {
    const steps = [...this.commands, { do: 'sync', now: this.now }];
    this.commands = [];
    const { error, pods = [], sets = [] } = await this.controllers.tell({ do: 'batch', steps });
    if (error !== undefined) throw new Error(error);
    this.see(pods);
    for (const set of sets) this.sets.set(set.name, set);
  }

  private see(pods: readonly PodStatus[]): void {
    const before = new Map(this.pods.map((pod) => [pod.uid, pod]));
    for (const pod of pods) {
      const was = before.get(pod.uid);
      if (pod.deleting && !was?.deleting) this.say(`${pod.name} is deleted`);
      if (pod.ready && !was?.ready) this.say(`${pod.name} is ready`);
    }
    this.pods = pods;
  }

  /** `kubectl drain` tries again and again. */
  private async evict(): Promise<void> {
    for (const name of this.evicting) {
      if (!this.pods.some((pod) => pod.name === name && !pod.deleting)) continue;
      const { error, pods = [] } = await this.controllers.tell({ do: 'evict', name, now: this.now });
      if (error !== undefined) continue;
      this.say(`${name} is evicted`);
      this.see(pods);
      this.kubelet.reboot(name);
      this.evicting.delete(name);
    }
  }

  /** A claim goes with its pod where the pod is not to come back, as with `whenScaled: Delete`. */
  private dropVolume(pod: string): void {
    const [set = '', ordinal = ''] = pod.split(/-(?=\d+$)/);
    if (Number(ordinal) >= (this.sets.get(set)?.replicas ?? 0)) this.kubelet.volumes.delete(pod);
  }

  private isQuiet(): boolean {
    return (
      this.waiting.length === 0 &&
      this.engine.isIdle &&
      this.sets.size > 0 &&
      this.evicting.size === 0 &&
      [...this.sets.values()].every(({ done }) => done) &&
      this.jobs.every(({ result }) => result !== undefined)
    );
  }

  /** What must never happen. */
  private wrong(): string | undefined {
    const holding = [...this.pd.stores.values()].filter(
      ({ id, state }) => state !== 'Tombstone' && this.pd.regionsOn(id) > 0,
    );
    const away = holding.filter(({ isRunning }) => !isRunning);
    const tolerated = toleratedStores(holding.length, this.history.maxReplicas);
    if (away.length > tolerated) {
      return `${away.length} stores are away, and ${tolerated} may be: ${away.map(({ address }) => address.split('.')[0]).join(', ')}`;
    }
    if (this.pd.regions.some(({ leader }) => leader === undefined)) return 'a region has lost its majority';
    const forGood = away.find(({ id }) => ![...this.kubelet.volumes.values()].includes(id));
    return forGood === undefined ? undefined : `the volume of ${forGood.address} went with its data`;
  }

  /** Kubernetes' clock. It starts near zero, because its timers fire for all the time in between. */
  private get now(): number {
    return this.pd.now - START + 1;
  }

  private say(text: string): void {
    this.log.push(`${this.pd.now - this.begun}: ${text}`);
  }

  // For the engine.

  apply(object: MapValue): void {
    const name = nameOf(object);
    if (object.kind === 'ConfigMap') {
      this.settings.set(name, String(at(object, 'data', 'stop-settings')));
      return;
    }
    if (object.kind === 'PodDisruptionBudget' && this.lacks === 'budgets') return;
    if (object.kind === 'StatefulSet') {
      const kind = podKindOf(object, this.settings.get(name) ?? '');
      this.kinds.set(name, this.lacks === 'hooks' ? { ...kind, hook: undefined } : kind);
    }
    this.commands.push({ do: 'apply', object });
  }

  startDrain(group: string, replicas: number): void {
    const set = `${group}-tikv`;
    const job = `${set}-drain-${this.jobs.length}`;
    const seen = this.targets.get(set) ?? [];
    this.targets.set(set, [...seen, { job, replicas, seenAt: this.pd.now + this.chance.between(0, 90) }]);
    this.jobs.push(new Draining(this.pd, set, job, this.pd.now + this.chance.between(1, 20)));
  }

  isDrained(group: string): boolean {
    return this.jobs.findLast(({ set }) => set === `${group}-tikv`)?.result === 'complete';
  }

  isHealthy(set: string): boolean {
    return this.commands.length === 0 && this.sets.get(set)?.done === true;
  }

  private targetOf(set: string): Target {
    const all = this.targets.get(set) ?? [];
    return (
      all.findLast(({ seenAt }) => seenAt <= this.pd.now) ?? all[0] ?? { job: '', replicas: 0, seenAt: 0 }
    );
  }
}
