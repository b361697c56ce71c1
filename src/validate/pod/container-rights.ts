import type { Container, SecurityContext } from '../../api/index.ts';
import type { AnySpec } from '../../components/index.ts';
import type { Profile } from './annotations.ts';
import { generatedPod } from './generated.ts';
import { laidOver } from './laid-over.ts';
import type { Servers } from './pod.ts';

/** The profiles that a container runs under. */
export interface ContainerRights {
  readonly seccomp?: Profile | undefined;
  readonly appArmor?: Profile | undefined;
}

/** The containers of a pod by name, as far as they are known. */
export function containerRights({ component, spec, cluster }: Servers): Map<string, ContainerRights> {
  const contexts = new Map<string, SecurityContext>();
  for (const name of generatedNames(component, spec)) {
    const other =
      name === 'slowlog'
        ? spec.slowLogTailer
        : name.endsWith('log')
          ? spec.logTailer
          : initializerOf(name, spec);
    const own = name === component || name === spec.customizedStartupProbe?.binaryName;
    contexts.set(name, (own ? spec.securityContext : other?.securityContext) ?? {});
  }
  const all: readonly Container[] = [...(spec.additionalContainers ?? []), ...(spec.initContainers ?? [])];
  for (const { name, securityContext } of all) {
    contexts.set(name, laidOver(contexts.get(name) ?? {}, securityContext ?? {}));
  }
  const pod = spec.podSecurityContext ?? cluster?.spec.podSecurityContext;
  return new Map(
    [...contexts].map(([name, { seccompProfile, appArmorProfile }]) => [
      name,
      { seccomp: seccompProfile, appArmor: appArmorProfile ?? pod?.appArmorProfile },
    ]),
  );
}

/** What prepares TiFlash's config. */
function initializerOf(name: string, { initializer }: AnySpec): AnySpec['initializer'] {
  return name === 'init' ? initializer : undefined;
}

function generatedNames(component: Servers['component'], spec: AnySpec): string[] {
  const { containers = [component], initContainers = [], logContainers } = generatedPod(component) ?? {};
  return [
    ...containers,
    ...initContainers,
    ...(logContainers?.(spec) ?? []),
    ...(spec.customizedStartupProbe ? [spec.customizedStartupProbe.binaryName] : []),
    // Sets kernel settings before the server starts, where an annotation asks for it.
    'init',
  ];
}
