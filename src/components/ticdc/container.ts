import type { TiCDCSpec } from '../../api/index.ts';
import { envField, envValue, inCommand, type Member, serverContainer } from '../../expand/index.ts';
import type { MapValue } from '../../yaml/index.ts';
import { settingsOf } from './config.ts';
import { PORTS } from './ports.ts';
import { ticdcStartScript } from './start-script.ts';
import { ticdcMounts } from './volumes.ts';

export function ticdcContainer(member: Member<TiCDCSpec>, image: string): MapValue {
  return serverContainer(member, image, {
    command: ['/bin/sh', '-c', inCommand(ticdcStartScript(member))],
    env: [
      envField('POD_NAME', 'metadata.name'),
      envField('NAMESPACE', 'metadata.namespace'),
      envValue('HEADLESS_SERVICE_NAME', member.names.peer),
      envValue('TZ', settingsOf(member).timezone),
    ],
    ports: { ticdc: PORTS.ticdc },
    volumeMounts: ticdcMounts(member),
  });
}
