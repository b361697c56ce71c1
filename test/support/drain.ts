import { type DrainSettings, drain } from '../../src/drain/index.ts';
import { isMap, type MapValue, type Value } from '../../src/yaml/index.ts';
import type { Certificates } from './pd/certificates.ts';
import { Pd } from './pd/pd.ts';
import { PdServer } from './pd/pd-server.ts';
import { at } from './read-yaml.ts';
import { ScriptDirectory, type ScriptEnd, type ScriptOptions } from './script.ts';
import type { Shell } from './start.ts';

/** A drain of the group `hot` in namespace `tidb`. */
export const HOT: DrainSettings = {
  group: 'hot',
  namespace: 'tidb',
  set: 'hot-tikv',
  peer: 'hot-tikv-peer',
  replicas: 3,
  pd: 'http://basic-pd:2379',
  clusterDomain: undefined,
  secret: undefined,
  image: 'pingcap/pd:v8.5.7',
  imagePullPolicy: 'IfNotPresent',
  pod: {},
  timeout: undefined,
};

export interface DrainOptions extends Partial<ScriptOptions> {
  readonly replicas: number;
  /** Other settings of the Job. */
  readonly settings?: Partial<DrainSettings>;
  /** Where the pod's certificate is. */
  readonly tls?: string;
  /** PD's URLs; `URL` in them stands for the stand-in's URL. */
  readonly pd?: string;
  /** Seconds between two rounds. */
  readonly interval?: number;
  /** Called before it starts. */
  readonly prepare?: (pod: ScriptDirectory) => void;
}

/** A cluster whose PD has stores of the base and of the group `hot`, and a Job that drains it. */
export class DrainScene {
  /** The Job that is run. */
  job = '';
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

  /** Applies the target of a later render while the Job runs. */
  target(replicas: number, job: string): void {
    this.pod.write('target', `${job} ${replicas}\n`);
  }

  /** Runs the rendered Job, as the kubelet would. */
  async drain(shell: Shell, options: DrainOptions): Promise<ScriptEnd> {
    const { replicas, tls, interval = 10 } = options;
    const url = await this.server.start();
    const pd = options.pd?.replaceAll('URL', url) ?? url;
    const secret = tls === undefined ? undefined : 'hot-tikv-cluster-secret';
    const [files, job] = drain({ ...HOT, replicas, pd, secret, ...options.settings });
    const data = files.data;
    this.job = `${at(job, 'metadata', 'name')}`;
    this.pod = new ScriptDirectory(isMap(data) ? texts(data) : {});
    options.prepare?.(this.pod);
    const env = environment(job);
    const end = await this.pod.run('drain.sh', shell, {
      onSleep: (seconds) => this.pd.advance(seconds),
      ...options,
      env: { ...env, ...(tls !== undefined && { TLS: tls }), INTERVAL: `${interval}`, ...options.env },
    });
    await this.server.stop();
    this.pod.remove();
    return end;
  }
}

/** The environment that the kubelet gives the Job's container. */
function environment(job: MapValue): Record<string, string> {
  const [container] = list(at(job, 'spec', 'template', 'spec', 'containers'));
  const namespace = at(job, 'metadata', 'namespace');
  return Object.fromEntries(
    list(container?.env).map(({ name, value, valueFrom }) => [
      `${name}`,
      `${valueFrom === undefined ? (value ?? '') : namespace}`,
    ]),
  );
}

function list(value: Value | undefined): MapValue[] {
  return Array.isArray(value) ? value.filter(isMap) : [];
}

function texts(map: MapValue): Record<string, string> {
  return Object.fromEntries(Object.entries(map).map(([name, text]) => [name, `${text}`]));
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
