import type { EnvVar } from '../api/index.ts';
import type { Field } from '../problem/index.ts';
import type { MapValue } from '../yaml/index.ts';
import { copyList, fields } from './copy.ts';
import type { Member } from './member.ts';

export function envValue(name: string, value: string | undefined): MapValue {
  return fields({ name, value: value || undefined });
}

export function envField(name: string, fieldPath: string): MapValue {
  return { name, valueFrom: { fieldRef: { fieldPath } } };
}

/** The pod's name, on the host's network: the host's name is not the pod's there. */
export function podNameOnHost({ settings }: Pick<Member, 'settings'>): MapValue[] {
  return settings.hostNetwork ? [envField('POD_NAME', 'metadata.name')] : [];
}

/** The generated variables, then the user's at `at`; one whose name is generated already is left out. */
export function serverEnv(
  generated: readonly MapValue[],
  user: readonly EnvVar[] | undefined,
  at: Field,
): MapValue[] {
  const names = new Set(generated.map(({ name }) => name));
  const added = copyList(user).filter(({ name }, index) => {
    if (!names.has(name)) return true;
    const message = `the variable "${name}" has no effect, because a generated one replaces it; remove it, or set it in \`spec.additionalContainers\``;
    at.to(index).say('no-effect', message);
    return false;
  });
  return [...generated, ...added];
}
