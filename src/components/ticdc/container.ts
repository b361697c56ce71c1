import type { TiCDCSpec } from '../../api/index.ts';
import {
  containerResources,
  copy,
  copyList,
  envField,
  envValue,
  fields,
  inCommand,
  type Member,
  serverEnv,
  unlessEmpty,
} from '../../expand/index.ts';
import type { MapValue } from '../../yaml/index.ts';
import { settingsOf } from './config.ts';
import { PORTS } from './ports.ts';
import { ticdcStartScript } from './start-script.ts';
import { ticdcMounts } from './volumes.ts';

export function ticdcContainer(member: Member<TiCDCSpec>, image: string): MapValue {
  const { spec, settings } = member;
  return fields({
    name: 'ticdc',
    image,
    imagePullPolicy: settings.imagePullPolicy,
    command: ['/bin/sh', '-c', inCommand(ticdcStartScript(member))],
    env: ticdcEnv(member),
    envFrom: unlessEmpty(copyList(spec.envFrom)),
    ports: [{ name: 'ticdc', containerPort: PORTS.ticdc, protocol: 'TCP' }],
    resources: containerResources(spec),
    securityContext: copy(spec.securityContext),
    volumeMounts: unlessEmpty(ticdcMounts(member)),
  });
}

function ticdcEnv(member: Member<TiCDCSpec>): MapValue[] {
  const { names, spec, report } = member;
  const generated = [
    envField('POD_NAME', 'metadata.name'),
    envField('NAMESPACE', 'metadata.namespace'),
    envValue('HEADLESS_SERVICE_NAME', names.peer),
    envValue('TZ', settingsOf(member).timezone),
  ];
  return serverEnv(generated, spec.env, report);
}
