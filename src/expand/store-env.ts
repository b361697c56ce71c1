import type { MapValue } from '../yaml/index.ts';
import { capacity } from './capacity.ts';
import { envField, envValue, serverEnv } from './env.ts';
import type { Member } from './member.ts';

/** The variables of a store's container: where it is, and how much it may keep. */
export function storeEnv(
  { names, spec, settings, report }: Member,
  timezone: string | undefined,
): MapValue[] {
  const generated = [
    envField('NAMESPACE', 'metadata.namespace'),
    envValue('CLUSTER_NAME', names.instance),
    envValue('HEADLESS_SERVICE_NAME', names.peer),
    envValue('CAPACITY', capacity(spec)),
    envValue('TZ', timezone),
    // On the host's network the host's name is not the pod's.
    ...(settings.hostNetwork ? [envField('POD_NAME', 'metadata.name')] : []),
  ];
  return serverEnv(generated, spec.env, report);
}
