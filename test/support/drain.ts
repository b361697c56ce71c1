import { DRAIN_JQ, DRAIN_SH } from '../../src/drain/scripts.generated.ts';
import type { Certificates } from './pd/certificates.ts';
import { Pd } from './pd/pd.ts';
import { PdServer } from './pd/pd-server.ts';
import { ScriptDirectory, type ScriptEnd, type ScriptOptions } from './script.ts';
import type { Shell } from './start.ts';

/** The Job whose drain is run. */
export const JOB = 'hot-tikv-drain-1234567';

export interface DrainOptions extends Partial<ScriptOptions> {
  readonly replicas: number;
  readonly domain?: string;
  readonly tls?: string;
  readonly pd?: string;
  /** Seconds between two of its rounds. */
  readonly interval?: number;
  /** Called before it starts. */
  readonly prepare?: (pod: ScriptDirectory) => void;
}

/** A cluster whose PD has stores of the base and of the group `hot` in namespace `tidb`, and a pod that drains it. */
export class DrainScene {
  private pod = new ScriptDirectory({});

  constructor(
    certificates?: Certificates,
    readonly pd = new Pd(),
    readonly server = new PdServer(pd, certificates),
  ) {}

  /** Adds stores of the base `basic` and of `hot`, and regions on them. */
  fill(base: number, hot: number, regions = 20): this {
    for (let i = 0; i < base; i++) this.pd.addStore(`basic-tikv-${i}.basic-tikv-peer.tidb.svc:20160`);
    for (let i = 0; i < hot; i++) this.pd.addStore(addressOf(i));
    this.pd.addRegions(regions);
    return this;
  }

  /** The store of a pod of `hot`. */
  hot(ordinal: number) {
    const found = [...this.pd.stores.values()].findLast(({ address }) => address === addressOf(ordinal));
    if (found === undefined) throw new Error(`there is no store of hot-tikv-${ordinal}`);
    return found;
  }

  /** What a render says that is applied while a drain runs. */
  target(replicas: number, job = JOB): void {
    this.pod.write('target', `${job} ${replicas}\n`);
  }

  async drain(shell: Shell, options: DrainOptions): Promise<ScriptEnd> {
    const { replicas, domain = '', tls = '' } = options;
    const url = await this.server.start();
    this.pod = new ScriptDirectory({ 'drain.sh': DRAIN_SH, 'drain.jq': DRAIN_JQ });
    this.target(replicas);
    options.prepare?.(this.pod);
    const end = await this.pod.run('drain.sh', shell, {
      onSleep: (seconds) => this.pd.advance(seconds),
      ...options,
      env: {
        PD: options.pd?.replaceAll('URL', url) ?? url,
        SET: 'hot-tikv',
        PEER: 'hot-tikv-peer',
        NAMESPACE: 'tidb',
        DOMAIN: domain,
        PORT: '20160',
        JOB,
        TLS: tls,
        INTERVAL: `${options.interval ?? 10}`,
        ...options.env,
      },
    });
    await this.server.stop();
    this.pod.remove();
    return end;
  }
}

/** The states of the stores of `hot`, by ordinal. */
export function states({ pd }: DrainScene): string[] {
  return [...pd.stores.values()]
    .filter(({ address }) => address.startsWith('hot-'))
    .map(({ state }) => state);
}

/** Requests that change something. */
export function changes({ server }: DrainScene): string[] {
  return server.requests.filter((request) => !request.startsWith('GET '));
}

export function addressOf(ordinal: number): string {
  return `hot-tikv-${ordinal}.hot-tikv-peer.tidb.svc:20160`;
}
