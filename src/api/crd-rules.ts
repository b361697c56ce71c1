import { PATTERNS } from './patterns.ts';

/**
 * What a CustomResourceDefinition checks by rules in CEL, and which lists have names that must be unique. It can only check
 * one group by itself; `validate` checks all of this and more, in its own words.
 */

/** A rule in CEL; a user who breaks it reads the message. */
interface Rule {
  readonly rule: string;
  readonly message: string;
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
