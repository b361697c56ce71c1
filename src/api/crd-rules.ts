import type { MapValue } from '../yaml/index.ts';
import { PATTERNS } from './patterns.ts';

/**
 * What a CustomResourceDefinition says beyond the types: fields that do not go together, and names that are there once.
 * Only what holds for one group by itself can stand in one; `validate` says all of it, and more, in its own words.
 */

/** A rule in CEL; whoever breaks it reads the message. */
interface Rule {
  readonly rule: string;
  readonly message: string;
}

const NOT_EMPTY = { minLength: 1 };

/** By the name of a type: schemas that must hold besides. They cost nothing, wherever the type stands in lists. */
export const ALSO: { readonly [type: string]: readonly MapValue[] } = {
  AppArmorProfile: ofLocalhost(),
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
  // A probe that asks nothing may be merged into the server's own.
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

/** So many entries has a map of a type; without a limit, nobody knows what a rule may cost. */
export const MOST_ENTRIES: { readonly [type: string]: number } = {
  Amounts: 64,
  Annotations: 256,
  Labels: 256,
};

/** Nothing is asked for that is over its limit, but storage: the limit of that is what a store reports. */
const WITHIN_LIMITS: Rule = {
  rule: compared("name == 'storage'", '<= 0'),
  message: 'no request may be over its limit',
};

/** Of these, nobody can have more than asked for. */
const DEVICES: Rule = {
  rule: compared("!(name.contains('/') || name.startsWith('hugepages-'))", '== 0'),
  message: 'devices and huge pages must be the same in requests and limits',
};

/** Requests against limits, but for some; what is no quantity is refused elsewhere, or counts as none. */
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
    message: `${list} has a resource that Kubernetes does not have; those of others have full names, such as example.com/gpu`,
  })),
  {
    rule: "!has(self.requests) || !('storage' in self.requests) || !isQuantity(string(self.requests['storage'])) || quantity(string(self.requests['storage'])).isGreaterThan(quantity('0'))",
    message: 'requests.storage must be more than nothing',
  },
];

/** By the name of a type that stands once in a group: rules, of which the API server counts what they may cost. */
export const RULES: { readonly [type: string]: readonly Rule[] } = {
  PDGroupSpec: OF_GROUPS,
  SlowLogTailer: [WITHIN_LIMITS],
  TiCDCGroupSpec: OF_GROUPS,
  TiDBGroupSpec: OF_GROUPS,
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

function oneOf(...names: string[]): MapValue {
  return { oneOf: names.map((name) => ({ required: [name] })) };
}

function atMostOne(...names: string[]): MapValue {
  const pairs = names.flatMap((one, index) =>
    names.slice(index + 1).map((other) => ({ required: [one, other] })),
  );
  return { not: { anyOf: pairs } };
}

/** What a field must be, if it is there. */
function within(name: string, schema: MapValue): MapValue {
  return { properties: { [name]: schema } };
}

function needs(name: string, schema: MapValue): MapValue {
  return { required: [name], ...within(name, schema) };
}

function without(name: string): MapValue {
  return { not: { required: [name] } };
}

/** Not all of the fields as they are here. */
function never(fields: { readonly [name: string]: MapValue }): MapValue {
  const said = Object.entries(fields).filter(([, schema]) => Object.keys(schema).length > 0);
  return { not: { required: Object.keys(fields), properties: Object.fromEntries(said) } };
}

/** A profile of the node's has a name, and no other has. */
function ofLocalhost(): MapValue[] {
  return [
    { anyOf: [{ required: ['localhostProfile'] }, never({ type: { enum: ['Localhost'] } })] },
    never({ type: { enum: ['RuntimeDefault', 'Unconfined'] }, localhostProfile: NOT_EMPTY }),
  ];
}

/** Some operators compare with values, and the others have none. */
function ofOperator(comparing: string[]): MapValue[] {
  return [
    { anyOf: [needs('values', { minItems: 1 }), never({ operator: { enum: comparing } })] },
    never({ operator: { enum: ['Exists', 'DoesNotExist'] }, values: { minItems: 1 } }),
  ];
}
