import type { TiCDCSpec } from '../../api/index.ts';
import {
  annotationsMount,
  annotationsVolume,
  CONFIG_FILE,
  clientSecret,
  clusterSecret,
  configMapVolume,
  copyList,
  isDnsLabel,
  type Member,
  readOnlyMount,
  secretVolume,
  storageMounts,
} from '../../expand/index.ts';
import type { MapValue } from '../../yaml/index.ts';
import { hasConfigFile } from './config.ts';

const CONFIG = 'config';
const TLS = 'ticdc-tls';
const CLIENT_TLS = 'cluster-client-tls';

export const CONFIG_DIR = '/etc/ticdc';
/** Where the certificate is by which the cluster knows the server. */
export const TLS_DIR = '/var/lib/ticdc-tls';
/** Where the certificates are for the systems that changes go to. */
const SINK_TLS_DIR = '/var/lib/sink-tls';

/** Scripts of version 1 know nothing of the pod's annotations. */
export function hasAnnotations({ cluster }: Member<TiCDCSpec>): boolean {
  return cluster.startScriptVersion === 'v2';
}

export function ticdcMounts(member: Member<TiCDCSpec>): MapValue[] {
  const { spec, clusterTls } = member;
  return [
    ...(hasAnnotations(member) ? [annotationsMount()] : []),
    ...(clusterTls
      ? [readOnlyMount(TLS, TLS_DIR), readOnlyMount(CLIENT_TLS, '/var/lib/cluster-client-tls')]
      : []),
    ...storageMounts('ticdc', spec.storageVolumes),
    ...copyList(spec.additionalVolumeMounts),
    ...(hasConfigFile(member) ? [readOnlyMount(CONFIG, CONFIG_DIR)] : []),
    ...(spec.tlsClientSecretNames ?? []).map((name) => readOnlyMount(name, `${SINK_TLS_DIR}/${name}`)),
  ];
}

export function ticdcVolumes(member: Member<TiCDCSpec>): MapValue[] {
  const { names, clusterTls } = member;
  return [
    ...(hasAnnotations(member) ? [annotationsVolume()] : []),
    ...(clusterTls
      ? [
          secretVolume(TLS, clusterSecret(names.instance, 'ticdc')),
          secretVolume(CLIENT_TLS, clientSecret(names.instance)),
        ]
      : []),
  ];
}

export function ticdcLastVolumes(member: Member<TiCDCSpec>, configMap: string): MapValue[] {
  const { tlsClientSecretNames = [] } = member.spec;
  reportNames(member);
  return [
    ...tlsClientSecretNames.map((name) => secretVolume(name, name)),
    ...(hasConfigFile(member) ? [configMapVolume(CONFIG, configMap, CONFIG_FILE, 'ticdc.toml')] : []),
  ];
}

/** Each of the Secrets also names a volume, and must not be named as another one. */
function reportNames({
  spec: { tlsClientSecretNames = [], additionalVolumes = [] },
  report,
}: Member<TiCDCSpec>): void {
  const taken = new Set([
    CONFIG,
    TLS,
    CLIENT_TLS,
    'annotations',
    ...additionalVolumes.map(({ name }) => name),
  ]);
  for (const [index, name] of tlsClientSecretNames.entries()) {
    const path = ['spec', 'tlsClientSecretNames', index];
    if (!isDnsLabel(name)) {
      const rule = 'at most 63 lower-case letters, digits and dashes, and neither begin nor end with a dash';
      report(
        'name-not-dns',
        path,
        `"${name}" also names a volume, so it must have ${rule}; rename the Secret`,
      );
    }
    if (taken.has(name)) {
      report(
        'name-duplicate',
        path,
        `the pod would have two volumes "${name}"; give this Secret another name`,
      );
    }
    taken.add(name);
  }
}
