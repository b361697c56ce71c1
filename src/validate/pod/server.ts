import type { SecurityContext } from '../../api/index.ts';
import type { Field } from '../../problem/index.ts';
import { checkHostProcess } from './container.ts';
import { checkEnvFrom, checkVariables } from './env.ts';
import { checkMount } from './mounts.ts';
import { type Pod, podOf, type Servers } from './pod.ts';
import { checkLifecycle } from './probes.ts';
import { checkDeviceClaims, checkExclusive } from './resources.ts';
import { checkSecurity } from './security.ts';

/** What the user sets of the containers that are generated: the server's, and those beside it. */
export function checkServer(servers: Servers): void {
  const { spec, at } = servers;
  const pod = podOf(servers);
  checkVariables(spec.env ?? [], pod.volumes, at.to('env'));
  checkEnvFrom(spec.envFrom ?? [], at.to('envFrom'));
  checkDeviceClaims(spec, at);
  checkExclusive(spec, spec, at);
  const isPrivileged = spec.securityContext?.privileged ?? spec.privileged ?? false;
  spec.additionalVolumeMounts?.forEach((mount, index) => {
    checkMount(mount, isPrivileged, at.to('additionalVolumeMounts', index));
  });
  if (spec.lifecycle) checkLifecycle(spec.lifecycle, pod, at.to('lifecycle'));
  const { logTailer, slowLogTailer, initializer, securityContext } = spec;
  for (const [name, container] of Object.entries({ logTailer, slowLogTailer, initializer })) {
    if (!container) continue;
    checkDeviceClaims(container, at.to(name));
    checkExclusive(container, container, at.to(name));
    if (container.securityContext)
      checkRights(container.securityContext, pod, at.to(name, 'securityContext'));
  }
  if (securityContext) checkRights(securityContext, pod, at.to('securityContext'));
}

function checkRights(context: SecurityContext, pod: Pod, at: Field): void {
  checkSecurity(context, at);
  checkHostProcess(context.windowsOptions?.hostProcess ?? undefined, pod, at);
}
