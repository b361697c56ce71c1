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
 * By the name of a type: schemas that must hold in a CustomResourceDefinition too, such as of fields that conflict. They cost
 * nothing, even if the type is in lists.
 */
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
