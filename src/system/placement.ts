import { byName, isExclusive } from '../components/index.ts';
import { flat, type Workload } from '../plan/index.ts';
import { isMap, type MapValue, mapAt, mapsAt, textAt, type Value } from '../yaml/index.ts';
import type { Labels, Placement } from './system.ts';

const ZONE_KEYS = ['topology.kubernetes.io/zone', 'failure-domain.beta.kubernetes.io/zone'];
const STORE_ZONE_KEYS = ['zone', ...ZONE_KEYS];

/** Where servers run, as far as their pods and their config say; `labelsFromNodes` is the operator's business. */
export function placementOf(
  { template, configs, component }: Workload,
  server: MapValue,
  labelsFromNodes: readonly string[],
): Placement {
  const selector = texts(mapAt(template, 'spec', 'nodeSelector'));
  const labels = { ...configLabels(configs, component), ...envLabels(server, component, template) };
  const zones = [
    ...ZONE_KEYS.flatMap((key) => selector[key] ?? []),
    ...affinityZones(template),
    ...STORE_ZONE_KEYS.flatMap((key) => labels[key] ?? []),
  ];
  return {
    zones: [...new Set(zones)],
    nodes: without(selector, ZONE_KEYS),
    spreadOver: spreadOver(template),
    labels,
    labelsFromNodes,
    data: dataOf(component, labels),
  };
}

function dataOf(component: Workload['component'], labels: Labels): Placement['data'] {
  if (byName[component].keeps !== 'regions') return 'none';
  return Object.keys(labels).some(isExclusive) ? 'of policies' : 'of any table';
}

function configLabels(files: Workload['configs'], component: Workload['component']): Labels {
  const prefix = `${byName[component].labelsKey}.`;
  const values = files.flatMap(({ table }) => [...flat(table)]);
  return Object.fromEntries(
    values
      .filter(([key]) => key.startsWith(prefix))
      .map(([key, value]) => [key.slice(prefix.length).replace(/^"(.*)"$/, '$1'), String(value)]),
  );
}

/** The labels that the start script hands on to the server. */
function envLabels(server: MapValue, component: Workload['component'], template: MapValue): Labels {
  const labelsVariable = byName[component].labelsVariable?.(mapAt(template, 'metadata', 'annotations'));
  const variable = mapsAt(server, 'env').find(({ name }) => name === labelsVariable);
  const pairs = textAt(variable, 'value').split(',');
  return Object.fromEntries(
    pairs.flatMap((pair): [string, string][] => {
      const sign = pair.indexOf('=');
      const key = pair.slice(0, Math.max(sign, 0)).trimStart();
      return key === '' ? [] : [[key, pair.slice(sign + 1).trimEnd()]];
    }),
  );
}

function affinityZones(template: MapValue): string[] {
  const required = mapAt(
    template,
    'spec',
    'affinity',
    'nodeAffinity',
    'requiredDuringSchedulingIgnoredDuringExecution',
  );
  return mapsAt(required, 'nodeSelectorTerms')
    .flatMap((term) => mapsAt(term, 'matchExpressions'))
    .filter(({ key, operator }) => operator === 'In' && ZONE_KEYS.includes(String(key)))
    .flatMap(({ values }) => (Array.isArray(values) ? values.map(String) : []));
}

function spreadOver(template: MapValue): string[] {
  const spec = mapAt(template, 'spec');
  const apart = mapAt(spec, 'affinity', 'podAntiAffinity');
  const terms = [
    ...mapsAt(spec, 'topologySpreadConstraints'),
    ...mapsAt(apart, 'requiredDuringSchedulingIgnoredDuringExecution'),
    ...mapsAt(apart, 'preferredDuringSchedulingIgnoredDuringExecution').map((term) =>
      mapAt(term, 'podAffinityTerm'),
    ),
  ];
  return [...new Set(terms.map((term) => textAt(term, 'topologyKey')).filter((key) => key !== ''))];
}

function texts(map: Value): Labels {
  if (!isMap(map)) return {};
  return Object.fromEntries(Object.entries(map).map(([key, value]) => [key, String(value)]));
}

function without(labels: Labels, keys: readonly string[]): Labels {
  return Object.fromEntries(Object.entries(labels).filter(([key]) => !keys.includes(key)));
}
