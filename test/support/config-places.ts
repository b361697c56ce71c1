import type { ConfigName } from '../../src/config/index.ts';
import { openStream } from '../../src/list/index.ts';
import { type Problem, Problems } from '../../src/problem/index.ts';
import { INTEREST, render } from '../../src/render/index.ts';
import type { MapValue } from '../../src/yaml/index.ts';

type Steps = readonly (string | number)[];

/** Where a TidbCluster has a config. */
export interface TestedPlace {
  readonly name: ConfigName;
  readonly path: Steps;
  /** The spec's line around a config in flow style. */
  readonly around: readonly [before: string, after: string];
}

const STORAGE = 'requests: {storage: 1Gi}';
const CLAIMS = 'replicas: 1, storageClaims: [{resources: {requests: {storage: 1Gi}}}]';

export const PLACES: readonly TestedPlace[] = [
  { name: 'pd', path: ['pd', 'config'], around: [`pd: {replicas: 3, ${STORAGE}, config: `, '}'] },
  {
    name: 'pd',
    path: ['pdms', 0, 'config'],
    around: ['pdms: [{name: tso, replicas: 1, baseImage: pingcap/pd, config: ', '}]'],
  },
  { name: 'tikv', path: ['tikv', 'config'], around: [`tikv: {replicas: 3, ${STORAGE}, config: `, '}'] },
  { name: 'tidb', path: ['tidb', 'config'], around: ['tidb: {replicas: 3, config: ', '}'] },
  { name: 'ticdc', path: ['ticdc', 'config'], around: ['ticdc: {replicas: 3, config: ', '}'] },
  { name: 'tiproxy', path: ['tiproxy', 'config'], around: ['tiproxy: {replicas: 3, config: ', '}'] },
  { name: 'pump', path: ['pump', 'config'], around: [`pump: {replicas: 3, ${STORAGE}, config: `, '}'] },
  {
    name: 'tiflash.config',
    path: ['tiflash', 'config', 'config'],
    around: [`tiflash: {${CLAIMS}, config: {config: `, '}}'],
  },
  {
    name: 'tiflash.proxy',
    path: ['tiflash', 'config', 'proxy'],
    around: [`tiflash: {${CLAIMS}, config: {proxy: `, '}}'],
  },
];

/** A TidbCluster with a config there, which is YAML in flow style. */
export function clusterWith({ around: [before, after] }: TestedPlace, config: string): string {
  return `apiVersion: pingcap.com/v1alpha1\nkind: TidbCluster\nmetadata: {name: basic, namespace: db}\nspec:\n  version: v8.5.7\n  ${before}${config}${after}\n`;
}

/** The result of a render of one TidbCluster. */
export interface RenderedCluster {
  readonly errors: readonly string[];
  readonly dropped: readonly Steps[];
  /** The rendered TidbCluster. */
  readonly object: MapValue | undefined;
}

/** What the operator checks only when it creates pods: that a file is on a volume. */
const OF_PODS = 'volume-not-found';

export async function renderCluster(manifest: string): Promise<RenderedCluster> {
  const problems = new Problems();
  const items = await openStream('cluster.yaml', Buffer.from(manifest), INTEREST, problems);
  const changes = await render(items, problems);
  const [item] = items;
  return {
    errors: problems.all
      .filter(({ code, severity }) => severity === 'error' && code !== OF_PODS)
      .map(({ message }) => message),
    dropped: problems.all.flatMap(({ code, path = [] }: Problem) =>
      code === 'config-key-dropped' ? [path.slice(1)] : [],
    ),
    object: item?.editedObject(changes.edits.get(item) ?? []),
  };
}
