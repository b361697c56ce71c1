import type { MapValue } from '../yaml/index.ts';
import {
  atMostOne,
  NOT_EMPTY,
  needs,
  never,
  ofLocalhost,
  ofOperator,
  oneOf,
  within,
  without,
} from './crd-schemas.ts';
import { PATTERNS } from './patterns.ts';

/**
 * What a CustomResourceDefinition checks beyond the types: fields that conflict, and names that must be unique. It can
 * only check one group by itself; `validate` checks all of this and more, in its own words.
 */

/** A rule in CEL; a user who breaks it reads the message. */
interface Rule {
  readonly rule: string;
  readonly message: string;
}

/** By the name of a type: schemas that must hold too. They cost nothing, even if the type is in lists. */
export const ALSO: { readonly [type: string]: readonly MapValue[] } = {
  AppArmorProfile: ofLocalhost(),
  AutoscaleSpec: [{ anyOf: [{ required: ['cpu'] }, { required: ['memory'] }] }],
  Container: [
    within('livenessProbe', within('successThreshold', { maximum: 1 })),
    within('startupProbe', within('successThreshold', { maximum: 1 })),
    within('readinessProbe', without('terminationGracePeriodSeconds')),
    within('resources', within('requests', without('storage'))),
    within('resources', within('limits', without('storage'))),
  ],
  DownwardAPIVolumeFile: [within('resourceFieldRef', { required: ['containerName'] })],
  EnvFromSource: [oneOf('configMapRef', 'secretRef')],
  EnvVar: [never({ value: NOT_EMPTY, valueFrom: {} })],
  LabelSelectorRequirement: ofOperator(['In', 'NotIn']),
  NodeSelectorRequirement: ofOperator(['In', 'NotIn', 'Gt', 'Lt']),
  NodeSelectorTerm: [within('matchFields', { items: within('key', { enum: ['metadata.name'] }) })],
  PersistentVolumeClaimTemplate: [
    within('spec', needs('resources', needs('requests', { required: ['storage'] }))),
  ],
  PDGroupSpec: [
    ...ofGroup('pd'),
    within('dataSubDir', { ...PATTERNS['relative-path'] }),
    needs('requests', { required: ['storage'] }),
  ],
  // A probe without a handler may be merged into the server's own.
  Probe: [atMostOne('exec', 'grpc', 'httpGet', 'tcpSocket')],
  SeccompProfile: ofLocalhost(),
  SecurityContext: [never({ privileged: { enum: [true] }, allowPrivilegeEscalation: { enum: [false] } })],
  StorageVolume: [within('storageSize', { not: { pattern: '^\\+?[0.]+[a-zA-Z]*$' } })],
  TiDBServiceSpec: [
    within('additionalPorts', { items: { required: ['name'] } }),
    {
      anyOf: [
        needs('type', { enum: ['NodePort', 'LoadBalancer'] }),
        within('additionalPorts', { items: never({ nodePort: { minimum: 1 } }) }),
      ],
    },
  ],
  TiCDCGroupSpec: ofGroup('ticdc'),
  TiDBGroupSpec: ofGroup('tidb', 'slowlog'),
  TiKVGroupSpec: [
    ...ofGroup('tikv', 'raftlog', 'rocksdblog'),
    within('dataSubDir', { ...PATTERNS['relative-path'] }),
    needs('requests', { required: ['storage'] }),
  ],
  StorageClaim: [needs('resources', needs('requests', { required: ['storage'] }))],
  TiFlashGroupSpec: [
    ...ofGroup('tiflash', 'serverlog', 'errorlog', 'clusterlog'),
    within('storageClaims', { minItems: 1 }),
  ],
  TiProxyGroupSpec: ofGroup('tiproxy'),
  Toleration: [
    never({ operator: { enum: ['Exists'] }, value: NOT_EMPTY }),
    never({ effect: { enum: ['NoSchedule', 'PreferNoSchedule'] }, tolerationSeconds: {} }),
  ],
  VolumeMount: [
    never({ subPath: NOT_EMPTY, subPathExpr: NOT_EMPTY }),
    {
      anyOf: [
        needs('readOnly', { enum: [true] }),
        never({ recursiveReadOnly: { enum: ['Enabled', 'IfPossible'] } }),
      ],
    },
  ],
};

/** What holds for all groups; only a container that is merged into one of the server's needs no image. */
function ofGroup(...containers: string[]): MapValue[] {
  const probes = ['livenessProbe', 'readinessProbe', 'startupProbe'].map((name) => ({ required: [name] }));
  return [
    within('additionalContainers', {
      items: { anyOf: [{ required: ['image'] }, within('name', { enum: containers })] },
    }),
    within('initContainers', {
      items: { anyOf: [needs('restartPolicy', { enum: ['Always'] }), { not: { anyOf: probes } }] },
    }),
    within('env', { items: within('valueFrom', without('fieldRef')) }),
    never({ claims: { minItems: 1 } }),
  ];
}

/** By the type and the field: the field by which the entries of a list are told apart. */
export const NAMED_BY: { readonly [field: string]: string } = {
  additionalContainers: 'name',
  additionalVolumes: 'name',
  env: 'name',
  initContainers: 'name',
  storageVolumes: 'name',
  sysctls: 'name',
  topologySpreadConstraints: 'topologyKey',
};

/** The most entries in a map of a type; without a limit, the cost of a rule is unknown. */
export const MOST_ENTRIES: { readonly [type: string]: number } = {
  Amounts: 64,
  Annotations: 256,
  Labels: 256,
};

/** No request exceeds its limit, except for storage: its limit is what a store reports. */
const WITHIN_LIMITS: Rule = {
  rule: compared("name == 'storage'", '<= 0'),
  message: 'no request may exceed its limit',
};

/** Kubernetes does not overcommit these. */
const DEVICES: Rule = {
  rule: compared("!(name.contains('/') || name.startsWith('hugepages-'))", '== 0'),
  message: 'devices and huge pages must be the same in requests and limits',
};

/** Requests against limits, except for some; another check refuses what is not a quantity. */
function compared(except: string, comparison: string): string {
  const [request, limit] = ['string(self.requests[name])', 'string(self.limits[name])'];
  const unlike = `!isQuantity(${request}) || !isQuantity(${limit})`;
  const holds = `quantity(${request}).compareTo(quantity(${limit})) ${comparison}`;
  return `!has(self.requests) || !has(self.limits) || self.requests.all(name, ${except} || !(name in self.limits) || ${unlike} || ${holds})`;
}

const OF_GROUPS: readonly Rule[] = [
  WITHIN_LIMITS,
  DEVICES,
  ...['requests', 'limits'].map((list) => ({
    rule: `!has(self.${list}) || self.${list}.all(name, !(name in ['memory', 'storage', 'ephemeral-storage'] || name.contains('/')) || !string(self.${list}[name]).matches('^[+]?[0-9]*[1-9][0-9]*m$') || string(self.${list}[name]).endsWith('000m'))`,
    message: `${list} has memory, storage or devices in thousandths; write Mi for megabytes`,
  })),
  keysOf('labels'),
  keysOf('nodeSelector'),
  keysOf('annotations'),
  ...['requests', 'limits'].map((list) => ({
    rule: `!has(self.${list}) || self.${list}.all(name, string(self.${list}[name]) == '' || name in ['cpu', 'memory', 'storage', 'ephemeral-storage'] || name.startsWith('hugepages-') || name.contains('/'))`,
    message: `${list} has a resource that Kubernetes does not have; other resources have full names, such as example.com/gpu`,
  })),
  {
    rule: "!has(self.requests) || !('storage' in self.requests) || !isQuantity(string(self.requests['storage'])) || quantity(string(self.requests['storage'])).isGreaterThan(quantity('0'))",
    message: 'requests.storage must be greater than 0',
  },
];

/** By the name of a type that occurs once in a group: rules, whose cost the API server limits. */
export const RULES: { readonly [type: string]: readonly Rule[] } = {
  AutoscaleSpec: [{ rule: 'self.min <= self.max', message: 'max must be at least min' }],
  PDGroupSpec: OF_GROUPS,
  SlowLogTailer: [WITHIN_LIMITS],
  TiCDCGroupSpec: OF_GROUPS,
  TiDBGroupSpec: [
    ...OF_GROUPS,
    {
      rule: '!has(self.autoscale) || (self.replicas >= self.autoscale.min && self.replicas <= self.autoscale.max)',
      message: 'replicas must be within autoscale.min and autoscale.max',
    },
  ],
  TiKVGroupSpec: OF_GROUPS,
  TiFlashGroupSpec: OF_GROUPS,
  TiProxyGroupSpec: OF_GROUPS,
  TiDBServiceSpec: [
    keysOf('labels'),
    keysOf('annotations'),
    {
      rule: "!has(self.clusterIP) || self.clusterIP != 'None' || !has(self.type) || self.type in ['', 'ClusterIP']",
      message: 'clusterIP None is for a Service of type ClusterIP only',
    },
    {
      rule: "(has(self.type) && !(self.type in ['', 'ClusterIP'])) || ((!has(self.mysqlNodePort) || self.mysqlNodePort == 0) && (!has(self.statusNodePort) || self.statusNodePort == 0) && (!has(self.externalTrafficPolicy) || self.externalTrafficPolicy == ''))",
      message: 'a Service of type ClusterIP has no node ports and no externalTrafficPolicy',
    },
    {
      rule: '!has(self.mysqlNodePort) || !has(self.statusNodePort) || self.mysqlNodePort == 0 || self.mysqlNodePort != self.statusNodePort',
      message: 'mysqlNodePort and statusNodePort must differ',
    },
  ],
};

/** The keys of a map; those of annotations may have capitals anywhere. */
function keysOf(map: string): Rule {
  const key = map === 'annotations' ? 'key.lowerAscii()' : 'key';
  const pattern = PATTERNS['label-key']?.pattern.replaceAll('\\', '\\\\');
  return {
    rule: `!has(self.${map}) || self.${map}.all(key, ${key}.matches('${pattern}'))`,
    message: `each key of ${map} must be one such as zone or example.com/zone`,
  };
}
