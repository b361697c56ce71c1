import type { TiDBSpec } from '../../api/index.ts';
import type { Path } from '../../problem/index.ts';
import type { AnySpec } from '../any-spec.ts';
import type { LogVolumeField } from '../component.ts';

export function logVolumes({ separateSlowLog }: AnySpec): LogVolumeField[] {
  return (separateSlowLog ?? true) ? ['slowLogVolumeName'] : [];
}

export function ignored(spec: AnySpec): [path: Path, why: string][] {
  const { separateSlowLog, customizedStartupProbe: probe, service } = spec;
  const found: [Path, string][] = [];
  if (separateSlowLog === false) {
    const [first] = (['slowLogVolumeName', 'slowLogTailer'] as const).filter((field) => spec[field]);
    if (first) found.push([[first], 'with `separateSlowLog: false`; remove one of them']);
  }
  if (probe?.initialDelaySeconds) {
    const advice =
      'raise `failureThreshold` or `periodSeconds` for a server that starts slowly, and remove it';
    found.push([['customizedStartupProbe', 'initialDelaySeconds'], `on a start-up probe; ${advice}`]);
  }
  if (service?.exposeStatus === false && service.statusNodePort) {
    found.push([['service', 'statusNodePort'], 'with `exposeStatus: false`; remove one of them']);
  }
  return found;
}

export function operatorOnly({ initializer, tlsClient }: TiDBSpec): [path: Path, why: string][] {
  const found: [Path, string][] = [];
  if (initializer?.createPassword) {
    const why =
      'only TiDB Operator creates a password, so the root user has none; set it by hand, or with a `TidbInitializer`';
    found.push([['initializer', 'createPassword'], why]);
  }
  if (tlsClient?.skipInternalClientCA) {
    const why = 'only clients inside TiDB Operator use it; remove it';
    found.push([['tlsClient', 'skipInternalClientCA'], why]);
  }
  return found;
}
