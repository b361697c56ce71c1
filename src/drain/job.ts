import type { Labels } from '../api/index.ts';
import { copy, digest, jobLabels, jobSecurityContext, unlessEmpty } from '../expand/index.ts';
import { isMap, type MapValue, setOwn, type Value } from '../yaml/index.ts';
import { DRAIN_DIGEST, DRAIN_JQ, DRAIN_SH } from './scripts.generated.ts';

/** What a drain of a group's stores is made from. */
export interface DrainSettings {
  readonly group: string;
  /** Undefined where it is left to whoever applies it. */
  readonly namespace: string | undefined;
  /** The StatefulSet, such as `hot-tikv`, and the Service that its pods have their addresses from. */
  readonly set: string;
  readonly peer: string;
  /** As many stores stay. */
  readonly replicas: number;
  /** PD's URLs, with commas between them. */
  readonly pd: string;
  readonly clusterDomain: string | undefined;
  /** The Secret with the group's own certificate, where servers talk by TLS. */
  readonly secret: string | undefined;
  /** One with a shell, curl and jq. */
  readonly image: string;
  readonly imagePullPolicy: string;
  /** Where its pod may run, and what it is labeled with beside its own labels: fields of a pod's spec and metadata. */
  readonly pod: DrainPod;
  /** In seconds. Without one it takes as long as it takes. */
  readonly timeout: number | undefined;
}

export interface DrainPod {
  readonly labels?: { readonly [key: string]: string };
  readonly annotations?: { readonly [key: string]: string };
  readonly dnsConfig?: object;
  readonly dnsPolicy?: string;
  readonly imagePullSecrets?: readonly object[] | undefined;
  readonly nodeSelector?: { readonly [key: string]: string } | undefined;
  readonly tolerations?: readonly object[] | undefined;
  readonly priorityClassName?: string | undefined;
  readonly schedulerName?: string | undefined;
}

const FILES = '/etc/drain';
const CERTIFICATES = '/var/lib/tikv-tls';
const PORT = '20160';

/** What an exit status says that will be the same however often it is tried: see the ends of `drain.sh`. */
const FINAL = [2, 3];

/** As often as Kubernetes counts: an attempt only ends early where its node does. */
const FOREVER = 2_147_483_647;

/**
 * A ConfigMap with the scripts and the wanted number of replicas, and a Job that runs them. The Job's name changes with
 * all that it is made of, because a Job cannot be changed. The ConfigMap's does not: a Job of an earlier render sees in
 * it that a later one has taken over.
 */
export function drain(settings: DrainSettings): [configMap: MapValue, job: MapValue] {
  const { namespace, set, replicas } = settings;
  const files = `${set}-drain`;
  const itsName: MapValue = { name: 'JOB' };
  const spec = jobSpec(settings, files, itsName);
  const name = jobName(set, digest(canonical([set, replicas, spec, DRAIN_DIGEST])));
  itsName.value = name;
  const labels = labelsOf(settings);
  const metadata = (named: string): MapValue => ({
    name: named,
    ...(namespace !== undefined && { namespace }),
    labels: { ...labels },
  });
  return [
    {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: metadata(files),
      data: { 'drain.jq': DRAIN_JQ, 'drain.sh': DRAIN_SH, target: `${name} ${replicas}\n` },
    },
    { apiVersion: 'batch/v1', kind: 'Job', metadata: metadata(name), spec },
  ];
}

/** The same text for what means the same: kustomize sorts maps. Numbers beyond 2^53 are none in JSON. */
function canonical(value: Value): string {
  return JSON.stringify(sorted(value));
}

function sorted(value: Value): Value {
  if (typeof value === 'bigint') return String(value);
  if (Array.isArray(value)) return value.map(sorted);
  if (!isMap(value)) return value;
  const result: MapValue = {};
  const keys = Object.keys(value);
  // Most are in order, and to sort takes longer than to see that.
  if (keys.some((key, index) => key < (keys[index - 1] ?? ''))) keys.sort();
  for (const key of keys) setOwn(result, key, sorted(value[key] ?? null));
  return result;
}

/** Pods are labeled with the name of their Job, so it is as short as a label. */
function jobName(set: string, suffix: string): string {
  const end = `-drain-${suffix}`;
  let stem = set.slice(0, 63 - end.length);
  while (stem.endsWith('-')) stem = stem.slice(0, -1);
  return `${stem}${end}`;
}

function labelsOf({ group }: DrainSettings): Labels {
  return jobLabels('tikv-drain', group);
}

/** `itsName` is the environment variable that gets the name of the Job, which depends on all that is here. */
function jobSpec(settings: DrainSettings, files: string, itsName: MapValue): MapValue {
  const { pod, secret, timeout } = settings;
  const volumes = [
    { name: 'drain', configMap: { name: files } },
    ...(secret === undefined ? [] : [{ name: 'tikv-tls', secret: { secretName: secret } }]),
  ];
  return {
    ...(timeout !== undefined && { activeDeadlineSeconds: timeout }),
    backoffLimit: FOREVER,
    podFailurePolicy: {
      rules: [
        { action: 'FailJob', onExitCodes: { containerName: 'drain', operator: 'In', values: [...FINAL] } },
        { action: 'Ignore', onPodConditions: [{ type: 'DisruptionTarget', status: 'True' }] },
      ],
    },
    template: {
      metadata: {
        labels: { ...pod.labels, ...labelsOf(settings) },
        ...(unlessEmpty({ ...pod.annotations }) && { annotations: { ...pod.annotations } }),
      },
      spec: {
        automountServiceAccountToken: false,
        containers: [container(settings, itsName)],
        enableServiceLinks: false,
        ...placement(pod),
        restartPolicy: 'Never',
        securityContext: jobSecurityContext(),
        volumes,
      },
    },
  };
}

/** What is written of where the pod may run. */
function placement({ labels: _, annotations: __, ...spec }: DrainPod): MapValue {
  const entries = Object.entries(spec).flatMap(([key, value]) => {
    const copied = copy(value);
    const isEmpty =
      copied === undefined || copied === '' || (isMap(copied) && unlessEmpty(copied) === undefined);
    return isEmpty ? [] : [[key, copied] as const];
  });
  return Object.fromEntries(entries);
}

function container(settings: DrainSettings, itsName: MapValue): MapValue {
  const { set, peer, pd, clusterDomain, secret, image, imagePullPolicy } = settings;
  return {
    command: ['/bin/sh', `${FILES}/drain.sh`],
    env: [
      { name: 'NAMESPACE', valueFrom: { fieldRef: { apiVersion: 'v1', fieldPath: 'metadata.namespace' } } },
      variable('DOMAIN', clusterDomain),
      itsName,
      variable('PD', pd),
      variable('PEER', peer),
      variable('PORT', PORT),
      variable('SET', set),
      variable('TLS', secret === undefined ? '' : CERTIFICATES),
    ],
    image,
    imagePullPolicy,
    name: 'drain',
    resources: { limits: { memory: '128Mi' }, requests: { cpu: '10m', memory: '32Mi' } },
    securityContext: {
      allowPrivilegeEscalation: false,
      capabilities: { drop: ['ALL'] },
      readOnlyRootFilesystem: true,
    },
    terminationMessagePolicy: 'FallbackToLogsOnError',
    volumeMounts: [
      { name: 'drain', mountPath: FILES, readOnly: true },
      ...(secret === undefined ? [] : [{ name: 'tikv-tls', mountPath: CERTIFICATES, readOnly: true }]),
    ],
  };
}

/** Kubernetes drops a value that is empty, and the variable is there all the same. */
function variable(name: string, value = ''): MapValue {
  return value === '' ? { name } : { name, value };
}
