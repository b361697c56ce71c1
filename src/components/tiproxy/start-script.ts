import type { TiProxySpec } from '../../api/index.ts';
import { type Member, startScript } from '../../expand/index.ts';

/** The ConfigMap is mounted there, with the config and the start script. */
export const CONFIG_DIR = '/etc/proxy';

const DIRECTORY = '/bin/';
const SERVER = 'tiproxy';

/** Versions before 1.1 do not know the flag, and the config, which has a key for it, is the same for all pods. */
const ADVERTISE = [
  `case $(${DIRECTORY}${SERVER} --help 2>&1) in`,
  '  *advertise-addr*) set -- "$@" --advertise-addr="$host" ;;',
  'esac',
];

export function tiproxyStartScript({ cluster }: Member<TiProxySpec>): string {
  return startScript({
    server: SERVER,
    directory: DIRECTORY,
    clusterDomain: cluster.clusterDomain,
    before: [],
    args: [`--config=${CONFIG_DIR}/proxy.toml`],
    after: ADVERTISE,
  });
}
