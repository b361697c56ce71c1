import type { PodStatus } from '../controllers.ts';
import type { Pd } from '../pd/pd.ts';
import type { Store } from '../pd/store.ts';
import type { Chance } from './random.ts';
import { Stopping } from './stopping.ts';

/** How the pods of a StatefulSet run. */
export interface PodKind {
  /** Whether they have a readiness probe; without one they are ready once started. */
  readonly hasProbe: boolean;
  /** The time limits of their preStop hook; undefined if they have none. */
  readonly hook: { readonly limit: number; readonly settle: number } | undefined;
}

/**
 * A pod on its node. `waiting` for its image and volume, `booting` until its server is registered, `serving`, `hooked`
 * while its hook runs, `leaving` while the server moves its leaders away, `closing` its files; `dead` when it cannot
 * start.
 */
interface Pod {
  readonly name: string;
  readonly uid: string;
  readonly kind: PodKind;
  phase: 'waiting' | 'booting' | 'serving' | 'hooked' | 'leaving' | 'closing' | 'dead';
  /** When the phase ends by itself. */
  until: number;
  readyAt: number;
  isReady: boolean;
  store: Store | undefined;
  hook: Stopping | undefined;
}

/** What the kubelets tell the API server in one second. */
export type Told =
  | { readonly do: 'pod'; readonly name: string; readonly ready: boolean }
  | { readonly do: 'gone'; readonly name: string };

/** All nodes: each pod has its own. */
export class Kubelet {
  readonly pods = new Map<string, Pod>();
  /** The stores on volumes, by pod. */
  readonly volumes = new Map<string, number>();
  /** Until when a pod's node is away. */
  private readonly nodes = new Map<string, number>();

  constructor(
    private readonly pd: Pd,
    private readonly chance: Chance,
    private readonly kindOf: (set: string) => PodKind,
  ) {}

  /** Takes the node of a pod away for a while. */
  reboot(pod: string): void {
    this.nodes.set(pod, this.pd.now + this.chance.between(0, 240));
  }

  step(pods: readonly PodStatus[]): Told[] {
    const told: Told[] = [];
    for (const status of pods) {
      const pod = this.pods.get(status.uid) ?? this.admit(status);
      if (status.deleting) this.end(pod, told);
      else this.run(pod, told);
    }
    return told;
  }

  private admit({ name, uid, set }: PodStatus): Pod {
    const pod: Pod = {
      name,
      uid,
      kind: this.kindOf(set),
      phase: 'waiting',
      until: Math.max(this.nodes.get(name) ?? 0, this.pd.now + this.chance.between(1, 10)),
      readyAt: Number.POSITIVE_INFINITY,
      isReady: false,
      store: undefined,
      hook: undefined,
    };
    this.pods.set(uid, pod);
    return pod;
  }

  private run(pod: Pod, told: Told[]): void {
    const { now } = this.pd;
    if (pod.phase === 'waiting' && now >= pod.until) {
      pod.phase = 'booting';
      pod.until = now + this.chance.between(3, 60);
      pod.isReady = !pod.kind.hasProbe;
      told.push({ do: 'pod', name: pod.name, ready: pod.isReady });
    } else if (pod.phase === 'booting' && now >= pod.until) {
      this.register(pod);
    } else if (pod.phase === 'serving' && !pod.isReady && now >= pod.readyAt) {
      pod.isReady = true;
      told.push({ do: 'pod', name: pod.name, ready: true });
    }
  }

  private register(pod: Pod): void {
    const { now } = this.pd;
    const known = this.volumes.get(pod.name);
    const store = known === undefined ? this.newStore(pod.name) : this.pd.store(known);
    if (store === undefined || store.state === 'Tombstone') {
      pod.phase = 'dead';
      return;
    }
    store.isRunning = true;
    store.startedAt = now;
    store.nextHeartbeat = now + this.chance.between(0, 10);
    pod.store = store;
    pod.phase = 'serving';
    pod.readyAt = now + this.chance.between(0, 5);
  }

  /** A store on an empty volume; undefined if PD still knows another with this address. */
  private newStore(pod: string): Store | undefined {
    const [set = ''] = pod.split(/-\d+$/);
    try {
      const store = this.pd.addStore(`${pod}.${set}-peer.tidb.svc:20160`);
      this.volumes.set(pod, store.id);
      return store;
    } catch {
      return undefined;
    }
  }

  private end(pod: Pod, told: Told[]): void {
    const { now } = this.pd;
    const { store } = pod;
    if (pod.phase === 'serving' && store !== undefined) {
      pod.phase = 'hooked';
      pod.hook = pod.kind.hook && new Stopping(this.pd, store, pod.kind.hook);
    }
    if (pod.phase === 'hooked') {
      pod.hook?.step();
      if (pod.hook === undefined || pod.hook.isDone) {
        pod.phase = 'leaving';
        pod.until = now + this.chance.between(0, 20);
      }
    }
    if (pod.phase === 'leaving' && now >= pod.until) {
      if (store !== undefined) store.isRunning = false;
      pod.phase = 'closing';
      pod.until = now + this.chance.between(1, 20);
    }
    const isOver =
      pod.phase === 'closing' ? now >= pod.until : ['waiting', 'booting', 'dead'].includes(pod.phase);
    if (!isOver) return;
    this.pods.delete(pod.uid);
    told.push({ do: 'gone', name: pod.name });
  }
}
