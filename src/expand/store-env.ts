import type { MapValue } from '../yaml/index.ts';
import { capacity } from './capacity.ts';
import { envField, envValue, podNameOnHost } from './env.ts';
import type { Member } from './member.ts';

/** The variable that the labels of a store are read from, beside those of its config. */
export const LABELS_VARIABLE = 'STORE_LABELS';

/** The variables that are generated for a store: where it is, and how much it may keep. */
export function storeEnv(member: Member, timezone: string | undefined): MapValue[] {
  const { names, spec } = member;
  return [
    envField('NAMESPACE', 'metadata.namespace'),
    envValue('CLUSTER_NAME', names.instance),
    envValue('HEADLESS_SERVICE_NAME', names.peer),
    envValue('CAPACITY', capacity(spec)),
    envValue('TZ', timezone),
    ...podNameOnHost(member),
  ];
}
