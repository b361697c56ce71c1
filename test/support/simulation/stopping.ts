import type { Pd } from '../pd/pd.ts';
import type { Store } from '../pd/store.ts';

const LABEL = 'groups.pingcap.com/stopping';

/** What the preStop hook of a store does, step by step: see `src/components/tikv/stop.sh`, which the tests hold it to. */
export class Stopping {
  /** Whether the server gets its signal. */
  isDone = false;
  private isMarked = false;
  private waited = 0;
  private calm = 0;
  private nextLook: number;

  constructor(
    private readonly pd: Pd,
    private readonly store: Store,
    private readonly limits: { readonly limit: number; readonly settle: number },
  ) {
    this.nextLook = pd.now;
  }

  step(): void {
    while (!this.isDone && this.pd.now >= this.nextLook) this.look();
  }

  private look(): void {
    if (this.store.state === 'Tombstone' || this.waited >= this.limits.limit) {
      this.isDone = true;
      return;
    }
    const missing = this.missing();
    if (missing.length > 0) {
      if (this.isMarked && missing.some(({ id, hasOnlySaidSo }) => !hasOnlySaidSo || id < this.store.id)) {
        this.mark(false);
      }
      this.calm = 0;
      this.pause(2);
    } else if (!this.isMarked) this.mark(true);
    else if (this.calm < this.limits.settle) {
      this.calm += 5;
      this.pause(5);
    } else this.isDone = true;
  }

  /** Other stores that are away or about to be. */
  private missing(): { id: number; hasOnlySaidSo: boolean }[] {
    return [...this.pd.stores.values()].flatMap((other) => {
      const state = this.pd.stateOf(other);
      if (other === this.store || state === 'Tombstone') return [];
      if (other.labels[LABEL] === `${other.startedAt}`)
        return [{ id: other.id, hasOnlySaidSo: state === 'Up' }];
      const isAway = state !== 'Up' && state !== 'Offline' && this.pd.regionsOn(other.id) > 0;
      const isToGo = state === 'Up' && this.pd.evicting.has(other.id);
      return isAway || isToGo ? [{ id: other.id, hasOnlySaidSo: false }] : [];
    });
  }

  private mark(isOn: boolean): void {
    this.pd.setLabels(this.store.id, { [LABEL]: isOn ? `${this.store.startedAt}` : '' });
    this.isMarked = isOn;
  }

  private pause(seconds: number): void {
    this.waited += seconds;
    this.nextLook = this.pd.now + seconds;
  }
}
