import { byName, type Component } from '../components/index.ts';
import { NETWORK } from '../components/network.generated.ts';
import { type MapValue, mapsAt } from '../yaml/index.ts';

/** The ports of a component's servers, by who reaches them. */
export interface ServerPorts {
  /** All of them: what its servers listen on for others of the cluster. */
  readonly all: readonly number[];
  /** For whoever is not of the cluster. */
  readonly users: readonly number[];
  readonly metrics: readonly number[];
  /** Whether clients of the database use it, so that everybody may unless somebody says otherwise. */
  readonly isPublic: boolean;
}

/** The ports of a component, with those that the containers of a pod template declare. */
export function portsOf({ name, ports }: Component, template: MapValue): ServerPorts {
  const { users = [], metrics = [], clientPort } = NETWORK[name] ?? {};
  const declared = mapsAt(template, 'spec', 'containers')
    .filter((container) => container.name === name)
    .flatMap((container) => mapsAt(container, 'ports'))
    .flatMap(({ containerPort }) => (typeof containerPort === 'number' ? [containerPort] : []));
  const numbers = (names: readonly string[]) =>
    sorted(names.flatMap((port) => byName[name].ports[port] ?? []));
  return {
    all: sorted([...Object.values(ports), ...declared]),
    users: numbers(users),
    metrics: numbers(metrics),
    isPublic: clientPort !== undefined,
  };
}

function sorted(ports: readonly number[]): number[] {
  return [...new Set(ports)].sort((a, b) => a - b);
}
