import type { Annotations } from '../../api/index.ts';
import type { Field } from '../../problem/index.ts';
import { allowedValues, show } from '../structure/show.ts';
import type { ContainerRights } from './container-rights.ts';

const DELETION_COST = 'controller.kubernetes.io/pod-deletion-cost';
const MIRROR = 'kubernetes.io/config.mirror';
const TOLERATIONS = 'scheduler.alpha.kubernetes.io/tolerations';
const SECCOMP_POD = 'seccomp.security.alpha.kubernetes.io/pod';
const SECCOMP = 'container.seccomp.security.alpha.kubernetes.io/';
const APP_ARMOR = 'container.apparmor.security.beta.kubernetes.io/';

/** The annotations of a pod that Kubernetes reads itself. `rights` are those of its containers, by name. */
export function checkAnnotations(
  annotations: Annotations,
  podProfile: Profile | undefined,
  rights: ReadonlyMap<string, ContainerRights>,
  at: (key: string) => Field,
): void {
  for (const [key, value] of Object.entries(annotations)) {
    if (key === DELETION_COST) checkCost(value, at(key));
    else if (key === MIRROR)
      at(key).add(
        'annotation-syntax',
        'must not be set, because only a kubelet creates such pods; remove it',
        'key',
      );
    else if (key === TOLERATIONS) checkTolerationsText(value, at(key));
    else if (key === SECCOMP_POD) checkSeccomp(value, podProfile, at(key));
    else if (key.startsWith(SECCOMP)) {
      checkSeccomp(value, rights.get(key.slice(SECCOMP.length))?.seccomp, at(key));
    } else if (key.startsWith(APP_ARMOR)) checkAppArmor(value, key.slice(APP_ARMOR.length), rights, at(key));
  }
}

/** A profile as fields have it. */
export interface Profile {
  readonly type: string;
  readonly localhostProfile?: string | null;
}

function checkCost(value: string, at: Field): void {
  if (/^(?:0|-?[1-9]\d{0,9}|-0+)$/.test(value) && Math.abs(Number(value) + 0.5) < 2 ** 31) return;
  at.add('field-range', `must be an integer of 32 bits, but is ${show(value)}`);
}

function checkTolerationsText(value: string, at: Field): void {
  if (value === '' || isList(value)) return;
  at.add('text-syntax', 'must be a JSON list; use the field `tolerations` instead');
}

function isList(text: string): boolean {
  try {
    return Array.isArray(JSON.parse(text));
  } catch {
    return false;
  }
}

const LOCALHOST = 'localhost/';
const UNCONFINED = 'unconfined';
const RUNTIME = 'runtime/default';

function checkSeccomp(value: string, field: Profile | undefined, at: Field): void {
  const name = value.startsWith(LOCALHOST) ? value.slice(LOCALHOST.length) : undefined;
  const known = [RUNTIME, 'docker/default', UNCONFINED];
  const isRight =
    name === undefined ? known.includes(value) : !name.startsWith('/') && !name.split('/').includes('..');
  if (!isRight) {
    const message = `must be ${allowedValues(known)}, or "${LOCALHOST}" and a path on the node, but is ${show(value)}; better, write it as \`seccompProfile\``;
    at.add('text-syntax', message);
  } else checkAlike(value === 'docker/default' ? RUNTIME : value, field, 'seccompProfile', at);
}

function checkAppArmor(
  value: string,
  container: string,
  rights: ReadonlyMap<string, ContainerRights>,
  at: Field,
): void {
  const known = [RUNTIME, UNCONFINED];
  if (!rights.has(container)) {
    const names = [...rights.keys()].map(show).join(', ');
    at.add(
      'annotation-syntax',
      `is for a container ${show(container)}, but the pod has ${names}; name one of them`,
      'key',
    );
  } else if (value !== '' && !known.includes(value) && !value.startsWith(LOCALHOST)) {
    const message = `must be ${allowedValues(known)}, or "${LOCALHOST}" and a profile, but is ${show(value)}; better, write it as \`appArmorProfile\``;
    at.add('text-syntax', message);
  } else checkAlike(value, rights.get(container)?.appArmor, 'appArmorProfile', at);
}

/** Kubernetes accepts an annotation and the field that replaced it only if both have the same value. */
function checkAlike(value: string, field: Profile | undefined, name: string, at: Field): void {
  if (!field) return;
  const texts: { readonly [type: string]: string } = { RuntimeDefault: RUNTIME, Unconfined: UNCONFINED };
  const same = texts[field.type] ?? `${LOCALHOST}${field.localhostProfile ?? ''}`;
  if (value === same) return;
  const message = `must equal \`${name}\`, which is ${show(same)}, but is ${show(value)}; remove the annotation`;
  at.add('field-choice', message);
}
