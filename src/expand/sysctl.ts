import type { MapValue, Value } from '../yaml/index.ts';
import { copy, fields } from './copy.ts';
import type { Member } from './member.ts';
import { containerResources } from './resources.ts';
import { quote } from './shell.ts';

/** On nodes whose kubelet does not allow a sysctl, this annotation has an init container set it instead. */
export const SYSCTL_INIT = 'tidb.pingcap.com/sysctl-init';

export interface PodSecurity {
  readonly securityContext: Value | undefined;
  readonly initContainers: readonly MapValue[];
}

/** `container` is the name of the init container; without it the sysctls stay where they are. */
export function podSecurity({ spec, settings, helper }: Member, container: string | undefined): PodSecurity {
  const context = settings.podSecurityContext;
  const sysctls = context?.sysctls ?? [];
  if (container === undefined || settings.annotations[SYSCTL_INIT] !== 'true' || sysctls.length === 0) {
    return { securityContext: copy(context), initContainers: [] };
  }
  const assignments = sysctls.map(({ name, value }) => quote(`${name}=${value}`));
  const init = fields({
    name: container,
    image: helper.image,
    command: ['sh', '-c', `sysctl -w ${assignments.join(' ')}`],
    // The same as the server, so that the pod needs no more resources for this container.
    resources: containerResources(spec),
    securityContext: { privileged: true },
  });
  return { securityContext: copy({ ...context, sysctls: undefined }), initContainers: [init] };
}
