import type { MapValue, Value } from '../../src/yaml/index.ts';

interface Component {
  readonly field: string;
  /** A config as a map: keys of each type, some of them nested. */
  readonly map: MapValue;
  /** A config as text, not in the form that the operator gives it. */
  readonly text: string;
  /** The smallest spec of the component, with or without its config. */
  readonly spec: (config: MapValue) => Value;
}

const pd = (config: MapValue) => ({ replicas: 3, requests: { storage: '1Gi' }, ...config });
const tiflash = (config: MapValue) => ({
  replicas: 2,
  storageClaims: [{ resources: { requests: { storage: '1Gi' } } }],
  ...config,
});

const PD = {
  map: {
    lease: 5,
    'auto-compaction-mode': 'periodic',
    log: { level: 'warn', file: { 'max-days': 7 } },
    replication: { 'location-labels': ['zone', 'host'], 'max-replicas': 3, 'strictly-match-label': false },
    schedule: { 'tolerant-size-ratio': 5, 'max-store-down-time': '30m' },
  },
  text: '[log]\nlevel = "warn" # not "info"\n\n[replication]\nlocation-labels = [\n  "zone",\n  "host",\n]\n',
};

const PROXY = {
  map: { 'log-level': 'info', readpool: { unified: { 'max-thread-count': 4 } } },
  text: 'log-level = "info"\n',
};

/** Every place of a config in a TidbCluster. */
const COMPONENTS: readonly Component[] = [
  { field: 'pd', ...PD, spec: pd },
  {
    field: 'pdms',
    ...PD,
    spec: (config) => [{ name: 'tso', baseImage: 'pingcap/pd', replicas: 2, ...config }],
  },
  {
    field: 'tikv',
    map: {
      'log-level': 'info',
      server: { 'grpc-concurrency': 6, labels: { zone: 'a', host: 'h 1' } },
      storage: { 'reserve-space': '2GB', 'block-cache': { capacity: '1GB', shared: true } },
      coprocessor: { 'region-max-keys': 1_440_000 },
    },
    text: 'log-level = "info"\n[server]\n[server.labels]\nzone = \'a\'\n',
    spec: (config) => ({ replicas: 3, requests: { storage: '1Gi' }, ...config }),
  },
  {
    field: 'tidb',
    map: {
      lease: '45s',
      'split-table': true,
      log: { level: 'info', file: { 'max-size': 300 } },
      performance: { 'feedback-probability': 1, 'txn-total-size-limit': 104_857_600 },
    },
    text: '[log]\nlevel = "info"\n[performance]\nfeedback-probability = 0.5\n',
    spec: (config) => ({ replicas: 2, service: { type: 'ClusterIP' }, ...config }),
  },
  {
    field: 'tiflash',
    map: { default_profile: 'default', logger: { level: 'information', count: 10 } },
    text: '[logger]\n  level = "information"\n  count = 10\n',
    spec: (config) => tiflash('config' in config ? { config } : {}),
  },
  {
    field: 'tiflash',
    ...PROXY,
    spec: ({ config }) => tiflash(config === undefined ? {} : { config: { proxy: config } }),
  },
  {
    field: 'ticdc',
    map: { gcTTL: 86_400, logLevel: 'info' },
    text: 'log-level = "info"\ngc-ttl = 86400\n',
    spec: (config) => ({ replicas: 2, ...config }),
  },
  {
    field: 'tiproxy',
    map: { log: { level: 'info', encoder: 'tidb' }, proxy: { 'max-connections': 100 } },
    text: '[proxy]\nmax-connections = 100\n[log]\nlevel = "info"\n',
    spec: (config) => ({ replicas: 2, ...config }),
  },
  {
    field: 'pump',
    map: { gc: 7, security: { 'ssl-ca': '/ca.pem' }, storage: { 'sync-log': true } },
    text: 'gc = 7\n[storage]\nsync-log = true\n',
    spec: (config) => ({ replicas: 1, requests: { storage: '1Gi' }, ...config }),
  },
];

/** A config in each way that people write one; undefined for no config. */
function variantsOf({ map, text }: Component): [how: string, config: Value | undefined][] {
  return [
    ['a map', map],
    ['a text', text],
    ['{}', {}],
    ['an empty text', ''],
    ['null', null],
    ['missing', undefined],
  ];
}

function cluster(spec: MapValue): MapValue {
  const others = { pd: pd({}), tikv: { replicas: 3, requests: { storage: '1Gi' } } };
  return {
    apiVersion: 'pingcap.com/v1alpha1',
    kind: 'TidbCluster',
    metadata: { name: 'basic' },
    spec: { version: 'v8.5.7', ...others, ...spec },
  };
}

function group(kind: 'TiKVGroup' | 'TiDBGroup', spec: Value): MapValue {
  return {
    apiVersion: 'pingcap.com/v1alpha1',
    kind,
    metadata: { name: 'more' },
    spec: { cluster: { name: 'basic' }, ...(spec as MapValue) },
  };
}

/** What valid resources have at one place of a config. */
export interface ConfigCase {
  readonly name: string;
  readonly resources: readonly MapValue[];
}

/** A cluster for each component and each way of writing its config, and a group where the component has groups. */
export function configCases(): ConfigCase[] {
  return COMPONENTS.flatMap((component) =>
    variantsOf(component).flatMap(([how, config]): ConfigCase[] => {
      const spec = component.spec(config === undefined ? {} : { config });
      const { field } = component;
      const kind = field === 'tikv' ? 'TiKVGroup' : field === 'tidb' ? 'TiDBGroup' : undefined;
      return [
        { name: `${field}: ${how}`, resources: [cluster({ [field]: spec })] },
        ...(kind === undefined
          ? []
          : [{ name: `${kind}: ${how}`, resources: [cluster({}), group(kind, spec)] }]),
      ];
    }),
  );
}

/** A cluster whose stores have a config, and a group of stores with the same. */
export function withConfig(config: Value): MapValue[] {
  const stores = { replicas: 3, requests: { storage: '1Gi' }, config };
  return [cluster({ tikv: stores }), group('TiKVGroup', stores)];
}
