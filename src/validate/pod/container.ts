import type { Field } from '../../problem/index.ts';
import { Once } from '../meaning/once.ts';
import { show } from '../structure/show.ts';
import { quote } from '../structure/written.ts';
import { checkEnvFrom, checkVariables } from './env.ts';
import { laidOver } from './laid-over.ts';
import { checkDevices, checkMount } from './mounts.ts';
import type { NewerContainer } from './newer.ts';
import type { Pod } from './pod.ts';
import { checkLifecycle, checkProbes, checkRunsToEnd, type GeneratedProbes } from './probes.ts';
import { checkDeviceClaims, checkExclusive, checkNoStorage } from './resources.ts';
import { checkSecurity } from './security.ts';

/** How a container gets into a pod. `merged`: the user's fields are merged over a generated container. */
export type Role = 'added' | 'init' | 'merged';

/** What a container is laid over. */
export interface Below {
  readonly container: NewerContainer;
  readonly probes: GeneratedProbes;
}

/** What the user writes for a container; problems are reported there. */
export function checkContainer(
  own: NewerContainer,
  { container: below, probes }: Below,
  role: Role,
  pod: Pod,
  at: Field,
): void {
  const whole = laidOver(below, own);
  const { env, envFrom, resources, resizePolicy, volumeDevices, volumeMounts } = own;
  checkVariables(env ?? [], pod.volumes, at.to('env'));
  checkEnvFrom(envFrom ?? [], at.to('envFrom'));
  const isPrivileged = whole.securityContext?.privileged ?? false;
  volumeMounts?.forEach((mount, index) => {
    checkMount(mount, isPrivileged, at.to('volumeMounts', index));
  });
  checkDevices(volumeDevices ?? [], whole.volumeMounts ?? [], pod.volumes, at.to('volumeDevices'));
  if (whole.securityContext && own.securityContext) {
    const here = at.to('securityContext');
    checkSecurity(whole.securityContext, here);
    checkHostProcess(own.securityContext.windowsOptions?.hostProcess ?? undefined, pod, here);
  }
  if (resources) {
    const here = at.to('resources');
    checkDeviceClaims(resources, here);
    checkExclusive(whole.resources ?? resources, resources, here);
    checkNoStorage(resources, here);
  }
  checkResizing(resizePolicy ?? [], own, role, at.to('resizePolicy'));
  checkRestarts(own, role, at);
  if (role === 'init' && own.restartPolicy !== 'Always') {
    checkRunsToEnd(own, at);
    return;
  }
  checkProbes(own, probes, at);
  if (own.lifecycle) checkLifecycle(own.lifecycle, pod, at.to('lifecycle'));
}

/** On Windows either all containers of a pod are processes of the host, or none. */
export function checkHostProcess(own: boolean | undefined, pod: Pod, at: Field): void {
  if (own === undefined || own === (pod.hostProcess ?? false)) return;
  const message =
    'must be the same in all containers of a pod; write it in `podSecurityContext.windowsOptions`, or remove it';
  at.to('windowsOptions', 'hostProcess').add('field-choice', message);
}

function checkResizing(
  policies: NonNullable<NewerContainer['resizePolicy']>,
  { restartPolicy }: NewerContainer,
  role: Role,
  at: Field,
): void {
  const names = new Once();
  policies.forEach(({ resourceName, restartPolicy: resize }, index) => {
    if (!names.isNew(resourceName)) {
      const message = `is ${show(resourceName)}, which is listed above already; remove one of them`;
      at.to(index, 'resourceName').add('name-duplicate', message);
    }
    if (role !== 'init' || restartPolicy === 'Always' || resize !== 'RestartContainer') return;
    const message = 'must be "NotRequired" for an init container, from Kubernetes 1.34 on; write that';
    at.to(index, 'restartPolicy').add('kubernetes-version', message);
  });
}

const SINCE_RULES = 'which needs Kubernetes 1.35; check that yours is new enough, or remove it';

/** When a container is started again, apart from its pod. */
function checkRestarts(
  { restartPolicy, restartPolicyRules: rules }: NewerContainer,
  role: Role,
  at: Field,
): void {
  if (restartPolicy && (role !== 'init' || restartPolicy !== 'Always')) {
    const what = role === 'init' ? 'an init container' : 'a sidecar container';
    const message = `is ${show(restartPolicy)} for ${what}, ${SINCE_RULES}`;
    at.to('restartPolicy').add('kubernetes-version', message);
  }
  if (!rules?.length) return;
  if (!restartPolicy) {
    const message = 'is missing; add it: the policy if none of `restartPolicyRules` matches';
    at.to('restartPolicy').add('field-missing', message);
  }
  rules.forEach(({ action, exitCodes }, index) => {
    const here = at.to('restartPolicyRules', index);
    checkExitCodes(exitCodes?.values ?? [], here.to('exitCodes', 'values'));
    if (!exitCodes) {
      here.to('exitCodes').add('field-missing', 'is missing; add it: the exit codes that it matches');
    } else if (action === 'RestartAllContainers' || (role === 'init' && restartPolicy === 'Always')) {
      here.add('kubernetes-version', `is a rule ${SINCE_RULES.replace('1.35', '1.36')}`);
    } else {
      here.add('kubernetes-version', `is a rule, ${SINCE_RULES}`);
    }
  });
}

/** They are a set: server-side apply refuses one that is there twice. */
function checkExitCodes(values: readonly number[], at: Field): void {
  const known = new Once();
  values.forEach((value, index) => {
    if (known.isNew(String(value))) return;
    const message = `is ${quote(value, at.to(index))}, which is listed above already; remove one of them`;
    at.to(index).add('name-duplicate', message);
  });
}
