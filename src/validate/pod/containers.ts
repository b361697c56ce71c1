import type { Container } from '../../api/index.ts';
import type { AnySpec, Section } from '../../components/index.ts';
import type { Field } from '../../problem/index.ts';
import { checkEnv } from '../meaning/env.ts';
import { checkMountPaths } from '../meaning/mounts.ts';
import { Once } from '../meaning/once.ts';
import { show } from '../structure/show.ts';
import { type Below, checkContainer } from './container.ts';
import { generatedPod } from './generated.ts';
import { checkHostPorts } from './host-ports.ts';
import { podOf, type Servers } from './pod.ts';
import { type GeneratedProbes, NO_PROBES } from './probes.ts';

const TAILERS = ['raftlog', 'rocksdblog', 'slowlog'];

/** The containers that the user adds to a server's pods, and the user's changes to generated ones. */
export function checkContainers(servers: Servers): void {
  const { component, spec, at, isGroup } = servers;
  const pod = podOf(servers);
  const names = new Once();
  spec.additionalContainers?.forEach((container, index) => {
    const place = at.to('additionalContainers', index);
    checkOne(container, names, place);
    const below = generated(servers, container.name);
    checkContainer(container, below ?? NOTHING_BELOW, below ? 'merged' : 'added', pod, place);
  });
  const taken = generatedPod(component);
  if (!isGroup)
    for (const name of [...(taken?.containers ?? []), ...(taken?.initContainers ?? [])]) names.isNew(name);
  spec.initContainers?.forEach((container, index) => {
    const place = at.to('initContainers', index);
    checkOne(container, names, place);
    checkContainer(container, NOTHING_BELOW, 'init', pod, place);
  });
  checkHostPorts(spec, pod, at);
}

function checkOne({ name, image, env, volumeMounts }: Container, names: Once, at: Field): void {
  if (!names.isNew(name)) {
    const message = `is ${show(name)}, as in another container of the pod; give this one another name`;
    at.to('name').add('name-duplicate', message);
  }
  if (!image) {
    at.to('image').add('field-missing', 'is missing; add it: every container here must have an image');
  }
  checkEnv(env, at.to('env'));
  checkMountPaths(volumeMounts, at.to('volumeMounts'));
}

const NOTHING_BELOW: Below = { container: { name: '' }, probes: NO_PROBES };

/** What the user's settings make of a generated container, or undefined for a name that no generated container has. */
function generated({ component, spec, isGroup }: Servers, name: string): Below | undefined {
  const { limits, requests, securityContext, lifecycle, additionalVolumeMounts } = spec;
  if (name === component) {
    const container = {
      name,
      resources: { ...(limits && { limits }), ...(requests && { requests }) },
      ...(securityContext && { securityContext }),
      ...(lifecycle && { lifecycle }),
      ...(additionalVolumeMounts && { volumeMounts: additionalVolumeMounts }),
    };
    return { container, probes: probesOf(component, spec, isGroup) };
  }
  if (!TAILERS.includes(name) && !generatedPod(component)?.containers.includes(name)) return undefined;
  const tailer = name === 'slowlog' ? spec.slowLogTailer : spec.logTailer;
  const { securityContext: rights } = tailer ?? {};
  const container = {
    name,
    ...(tailer && { resources: tailer }),
    ...(rights && { securityContext: rights }),
  };
  return { container, probes: NO_PROBES };
}

/** Of a group, the render itself says what does not go together with a generated probe. */
function probesOf(component: Section, spec: AnySpec, isGroup: boolean): GeneratedProbes {
  const known = generatedPod(component)?.probes?.(spec);
  if (known === undefined) {
    return new Map(['readinessProbe', 'startupProbe'].map((name) => [name, undefined]));
  }
  return new Map(Object.entries(known).map(([name, handler]) => [name, isGroup ? undefined : handler]));
}
