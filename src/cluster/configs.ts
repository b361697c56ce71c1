import type { Config, TidbCluster } from '../api/index.ts';
import { clusterConfig, readConfig, unknownKeys } from '../config/index.ts';
import type { Edit, Value } from '../list/index.ts';
import { formatPath, type Path, type Problems } from '../problem/index.ts';
import type { Subject } from '../validate/index.ts';

const WITH_CONFIG = ['pd', 'tikv', 'tidb', 'ticdc', 'tiproxy', 'pump'] as const;

/** A component's config where it stands in a TidbCluster, and whose keys it has. */
interface Place {
  readonly component: string;
  readonly path: Path;
  readonly config: Config | null | undefined;
}

/**
 * The edits by which each component's config becomes the text that TiDB Operator writes in its place whenever it
 * updates the TidbCluster; a config that is this text already has none. Keys that the operator drops from a map stay
 * that way, which a warning says.
 */
export function configEdits(cluster: Subject<TidbCluster>, problems: Problems): Edit[] {
  return placesIn(cluster.object).flatMap((place) => editOf(place, cluster, problems));
}

function placesIn({ spec }: TidbCluster): Place[] {
  return [
    ...WITH_CONFIG.map((component) => ({
      component,
      path: ['spec', component],
      config: spec[component]?.config,
    })),
    // A microservice of PD has PD's config.
    ...(spec.pdms ?? []).map((service, index) => ({
      component: 'pd',
      path: ['spec', 'pdms', index],
      config: service.config,
    })),
    ...(['config', 'proxy'] as const).map((part) => ({
      component: 'tiflash',
      path: ['spec', 'tiflash', 'config', part],
      config: spec.tiflash?.config?.[part],
    })),
  ];
}

function editOf(
  { component, path, config }: Place,
  { origin }: Subject<TidbCluster>,
  problems: Problems,
): Edit[] {
  if (config === undefined || config === null || !isReadable(component, config)) return [];
  const whole = component === 'tiflash' ? path : [...path, 'config'];
  const before = problems.errorCount;
  const text = clusterConfig(component, config, (problem) => {
    const inside = typeof config === 'string' ? [] : problem.path;
    problems.add(problem.code, origin, [...whole, ...inside], problem.message);
  });
  if (problems.errorCount > before || text === config) return [];
  warnOfRestored(unknownKeys(component, config), whole, origin, problems);
  const key = String(whole.at(-1));
  return [{ path: whole.slice(0, -1), set: { [key]: text } }];
}

/** What is wrong inside a config is said by the validation. */
function isReadable(component: string, config: Value): boolean {
  let problems = 0;
  readConfig(component, config, () => problems++);
  return problems === 0;
}

function warnOfRestored(
  keys: readonly string[][],
  whole: Path,
  origin: Subject<TidbCluster>['origin'],
  problems: Problems,
): void {
  const [first] = keys;
  if (first === undefined) return;
  const named = keys.map((key) => `\`${formatPath(key)}\``).join(', ');
  const message = `\`${formatPath(whole)}\` is a map that sets ${named}: TiDB Operator drops that from a map, but here the config becomes text, and all of it takes effect; write the config as TOML text to say that this is meant, or remove what is not`;
  problems.add('config-key-restored', origin, [...whole, ...first], message, 'key');
}
