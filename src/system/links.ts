import type { ComponentName } from '../api/index.ts';
import {
  byName,
  COMPONENTS,
  type Component,
  isComponentName,
  type ServerLayer,
} from '../components/index.ts';
import { NETWORK } from '../components/network.generated.ts';
import type { Network } from '../components/network.ts';
import { LAYERS, type Link, type ServerComponent, type Servers } from './system.ts';

type Connection = Omit<Link, 'ports'> & { readonly port: number };

/** What the servers alone do not tell. */
export interface Surroundings {
  /** Also where PD is not among the resources: servers that join it talk to it all the same. */
  readonly hasPD: boolean;
  readonly writesBinlog: boolean;
}

export function linksOf(servers: readonly Servers[], { hasPD, writesBinlog }: Surroundings): Link[] {
  const here = new Set(servers.map(({ component }) => component));
  const isThere = ({ name, keeps }: Component) =>
    (here.has(name) || (keeps === 'quorum' && hasPD)) && (keeps !== 'log' || writesBinlog);
  const talking = LAYERS.flatMap((layer) =>
    COMPONENTS.filter(({ name, layer: its }) => its === layer && here.has(name)),
  );
  const talks = talking.flatMap(({ name, layer }) =>
    connections(name, layer).filter(({ with: other }) => isThere(other)),
  );
  const joined = new Map<string, Link>();
  for (const { from, to, purpose, port } of [...clientTalks(servers), ...talks]) {
    const before = joined.get(`${from} ${to}`);
    joined.set(`${from} ${to}`, {
      from,
      to,
      purpose: [...new Set([...(before ? [before.purpose] : []), purpose])].join(', '),
      ports: [...new Set([...(before?.ports ?? []), port])],
    });
  }
  return [...joined.values()];
}

/** To whom a component's servers talk, wherever both are there. */
function connections(name: ComponentName, from: ServerLayer): (Connection & { readonly with: Component })[] {
  return (NETWORK[name]?.talks ?? []).flatMap(({ with: other, purpose, port }) => {
    const its = byName[other];
    const number = its.ports[port];
    return number === undefined ? [] : [{ from, to: its.layer, with: its, purpose, port: number }];
  });
}

function clientTalks(servers: readonly Servers[]): Connection[] {
  return servers.flatMap(({ component, layer, services }) =>
    services.flatMap(({ ports }) => {
      const { clientPort, internalPorts = [] } = networkOf(component);
      if (clientPort === undefined) return [];
      const port = ports.find(({ name }) => !internalPorts.includes(name))?.port ?? clientPort;
      return [{ from: 'clients' as const, to: layer, purpose: 'MySQL', port }];
    }),
  );
}

function networkOf(component: ServerComponent): Partial<Network> {
  return (isComponentName(component) && NETWORK[component]) || {};
}
