import type { TiCDCSpec } from '../../api/index.ts';
import {
  annotationsMount,
  annotationsVolume,
  type Certificate,
  CONFIG_FILE,
  certificateMounts,
  certificateVolumes,
  clientCertificate,
  clusterCertificate,
  configMapVolume,
  copyList,
  isDnsLabel,
  type Member,
  readOnlyMount,
  secretVolume,
  storageMounts,
  storageVolumeName,
} from '../../expand/index.ts';
import type { MapValue } from '../../yaml/index.ts';
import { hasConfigFile } from './config.ts';

const CONFIG = 'config';

export const CONFIG_DIR = '/etc/ticdc';
/** Where the certificates are for the systems that changes go to. */
const SINK_TLS_DIR = '/var/lib/sink-tls';

/** Scripts of version 1 know nothing of the pod's annotations. */
export function hasAnnotations({ cluster }: Member<TiCDCSpec>): boolean {
  return cluster.startScriptVersion === 'v2';
}

function certificatesOf(instance: string): Certificate[] {
  return [clusterCertificate(instance, 'ticdc'), clientCertificate(instance)];
}

export function ticdcMounts(member: Member<TiCDCSpec>): MapValue[] {
  const { spec, clusterTls, names } = member;
  return [
    ...(hasAnnotations(member) ? [annotationsMount()] : []),
    ...(clusterTls ? certificateMounts(certificatesOf(names.instance)) : []),
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
    ...(clusterTls ? certificateVolumes(certificatesOf(names.instance)) : []),
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

/** Each of the Secrets also names a volume, and must not be named as another one of the pod. */
function reportNames(member: Member<TiCDCSpec>): void {
  const { spec } = member;
  const { tlsClientSecretNames = [], additionalVolumes = [], storageVolumes = [] } = spec;
  const taken = new Set([
    ...(hasConfigFile(member) ? [CONFIG] : []),
    ...[...ticdcVolumes(member), ...additionalVolumes].map(({ name }) => String(name)),
    ...storageVolumes.map(({ name }) => storageVolumeName('ticdc', name)),
  ]);
  for (const [index, name] of tlsClientSecretNames.entries()) {
    const at = member.at.to('spec', 'tlsClientSecretNames', index);
    if (!isDnsLabel(name)) {
      const rule = 'at most 63 lower-case letters, digits and dashes, and neither begin nor end with a dash';
      at.say('name-not-dns', `"${name}" also names a volume, so it must have ${rule}; rename the Secret`);
    }
    if (taken.has(name)) {
      at.say('name-duplicate', `the pod would have two volumes "${name}"; give this Secret another name`);
    }
    taken.add(name);
  }
}
