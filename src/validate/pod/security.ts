import type { PodSecurityContext, SecurityContext } from '../../api/index.ts';
import type { Field } from '../../problem/index.ts';
import { Once } from '../meaning/once.ts';
import { show } from '../structure/show.ts';
import type { NewerPodSecurity } from './newer.ts';
import { checkWindows } from './windows.ts';

type Profile = NonNullable<SecurityContext['seccompProfile'] | SecurityContext['appArmorProfile']>;

/** The rights of one container. */
export function checkSecurity(context: SecurityContext, at: Field): void {
  const { allowPrivilegeEscalation, privileged, capabilities, procMount } = context;
  if (procMount === 'Unmasked') {
    const message =
      'must not be "Unmasked", which Kubernetes accepts only for pods with their own user namespace, and no field here sets that; remove it';
    at.to('procMount').add('field-choice', message);
  }
  if (allowPrivilegeEscalation === false) {
    const escalation = at.to('allowPrivilegeEscalation');
    if (privileged) {
      escalation.add('field-choice', 'must not be false with `privileged: true`; remove one of them');
    } else if (capabilities?.add?.includes('CAP_SYS_ADMIN')) {
      const message = 'must not be false with "CAP_SYS_ADMIN" in `capabilities.add`; remove one of them';
      escalation.add('field-choice', message);
    }
  }
  checkProfiles(context, at);
}

/** The rights of all containers of a pod. */
export function checkPodSecurity(context: NewerPodSecurity, at: Field): void {
  if (context.seLinuxChangePolicy === 'MountOption') {
    const message =
      'is "MountOption", which Kubernetes accepts only if its feature SELinuxMount is on; check that it is, or remove it';
    at.to('seLinuxChangePolicy').add('kubernetes-version', message);
  }
  const names = new Once();
  context.sysctls?.forEach(({ name }, index) => {
    if (names.isNew(name)) return;
    const message = `is ${show(name)}, which is set above already; remove one of them`;
    at.to('sysctls', index, 'name').add('name-duplicate', message);
  });
  checkProfiles(context, at);
}

function checkProfiles(context: SecurityContext | PodSecurityContext, at: Field): void {
  const { seccompProfile, appArmorProfile, windowsOptions } = context;
  if (seccompProfile) checkProfile(seccompProfile, at.to('seccompProfile'));
  if (appArmorProfile) {
    const place = at.to('appArmorProfile');
    checkProfile(appArmorProfile, place);
    checkAppArmor(appArmorProfile.localhostProfile ?? undefined, place.to('localhostProfile'));
  }
  if (windowsOptions) checkWindows(windowsOptions, at.to('windowsOptions'));
}

/** A profile of the node's own has a name there, and no other has. */
function checkProfile({ type, localhostProfile }: Profile, at: Field): void {
  const name = localhostProfile ?? undefined;
  if (type === 'Localhost' && name === undefined) {
    const message = 'is missing; add it: with `type: Localhost`, the path of the profile on the node';
    at.to('localhostProfile').add('field-missing', message);
  } else if (type !== 'Localhost' && name !== undefined) {
    const message = `requires \`type: Localhost\`, but the type is ${show(type)}; remove one of them`;
    at.to('localhostProfile').add('field-choice', message, 'key');
  }
}

/** `PATH_MAX - 1`, as Kubernetes has it. */
const LONGEST_PROFILE = 4095;

function checkAppArmor(name: string | undefined, at: Field): void {
  if (name === undefined) return;
  if (name.trim() === '') at.add('field-missing', 'must not be empty; give it a value');
  else if (name.trim() !== name) {
    at.add('text-syntax', `must have no blanks around it, but is ${show(name)}; remove them`);
  } else if (new TextEncoder().encode(name).length > LONGEST_PROFILE) {
    at.add('text-syntax', `must have at most ${LONGEST_PROFILE} bytes; shorten it`);
  }
}
