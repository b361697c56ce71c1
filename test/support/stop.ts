import { STOP_SH } from '../../src/components/tikv/scripts.generated.ts';
import type { Certificates } from './pd/certificates.ts';
import { Pd } from './pd/pd.ts';
import { PdServer } from './pd/pd-server.ts';
import { ScriptDirectory, type ScriptEnd, type ScriptOptions } from './script.ts';
import type { Shell } from './start.ts';

export interface StopOptions extends Partial<ScriptOptions> {
  readonly mode?: 'stop' | 'started';
  readonly limit?: number;
  readonly settle?: number;
  readonly evicts?: boolean;
  readonly domain?: string;
  readonly tls?: string;
  /** The pod that it runs in. */
  readonly pod: string;
  readonly url?: string;
}

/** Runs what a store of `hot` does before it stops, or after it has started, against a PD. */
export class StopScene {
  readonly server: PdServer;

  constructor(
    readonly pd = new Pd(),
    certificates?: Certificates,
  ) {
    this.server = new PdServer(pd, certificates);
  }

  async run(shell: Shell, options: StopOptions): Promise<ScriptEnd> {
    const { mode = 'stop', limit = 60, settle = 0, evicts = false, domain = '', tls = '', pod } = options;
    const directory = new ScriptDirectory({ 'stop.sh': STOP_SH, log: '' });
    const url = options.url ?? (await this.server.start());
    const pd = url.replaceAll(/https?:\/\//g, '');
    directory.write('tikv_stop_settings', `settle=${settle}\npd=${pd}\ndomain=${domain}\n`);
    const end = await directory.run('stop.sh', shell, {
      onSleep: (seconds) => this.pd.advance(seconds),
      ...options,
      args: [mode, `${limit}`, `${evicts}`, tls, `${directory.path}/log`],
      env: { POD_NAME: pod, HEADLESS_SERVICE_NAME: 'hot-tikv-peer', NAMESPACE: 'tidb', ...options.env },
    });
    const lines = directory.read('log').split('\n').slice(0, -1);
    directory.remove();
    if (options.url === undefined) await this.server.stop();
    return { ...end, lines };
  }
}

export function addressOf(ordinal: number): string {
  return `hot-tikv-${ordinal}.hot-tikv-peer.tidb.svc:20160`;
}
