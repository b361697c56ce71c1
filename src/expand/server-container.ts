import { isMap, type MapValue, type Value } from '../yaml/index.ts';
import { copy, copyList, fields, unlessEmpty } from './copy.ts';
import { serverEnv } from './env.ts';
import type { Member } from './member.ts';
import { containerResources } from './resources.ts';

/** What the server's container has that other components' containers do not. */
interface OwnParts {
  readonly command: string[];
  /** The generated variables; the user's come after them. */
  readonly env: readonly MapValue[];
  /** By their names. */
  readonly ports: { readonly [name: string]: number };
  readonly volumeMounts: MapValue[];
  readonly lifecycle?: Value | undefined;
  readonly readinessProbe?: MapValue | undefined;
  readonly startupProbe?: MapValue | undefined;
  /** For pods whose spec has none. */
  readonly securityContext?: MapValue;
}

/** The container of the server itself, which is called after its component. */
export function serverContainer(member: Member, image: string, own: OwnParts): MapValue {
  const { component, spec, settings, safe, at } = member;
  // What the user merges into the container takes the place of a generated hook or probe.
  const merged = safe && spec.additionalContainers?.find(({ name }) => name === component);
  return fields({
    name: component,
    image,
    imagePullPolicy: settings.imagePullPolicy,
    command: own.command,
    env: serverEnv(own.env, spec.env, at.to('spec', 'env')),
    envFrom: unlessEmpty(copyList(spec.envFrom)),
    ports: Object.entries(own.ports).map(([name, containerPort]) => ({
      name,
      containerPort,
      protocol: 'TCP',
    })),
    resources: containerResources(spec),
    lifecycle: withHook(own.lifecycle, merged?.lifecycle?.preStop ? undefined : safe?.preStop),
    readinessProbe: own.readinessProbe ?? (merged?.readinessProbe ? undefined : safe?.readinessProbe),
    startupProbe: own.startupProbe,
    securityContext: copy(spec.securityContext) ?? own.securityContext,
    volumeMounts: unlessEmpty(own.volumeMounts),
  });
}

/** The group's own hook goes before a generated one. */
function withHook(lifecycle: Value | undefined, preStop: MapValue | undefined): Value | undefined {
  if (preStop === undefined) return lifecycle;
  return { preStop, ...(lifecycle !== undefined && isMap(lifecycle) && lifecycle) };
}
