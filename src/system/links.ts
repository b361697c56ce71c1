import type { Layer, Link, ServerComponent, ServerLayer, Servers } from './system.ts';

export const LAYERS: { readonly [component in ServerComponent]: ServerLayer } = {
  tiproxy: 'proxies',
  tidb: 'sql',
  pump: 'binlogs',
  tikv: 'stores',
  tiflash: 'stores',
  ticdc: 'changefeeds',
  pd: 'placement',
  tso: 'placement',
  scheduling: 'placement',
};

interface Talk {
  readonly from: Layer;
  readonly to: ServerLayer;
  /** With which of the other layer's components it is about; the port is theirs. */
  readonly with: ServerComponent;
  readonly purpose: string;
  readonly port: number;
}

/** Who talks to whom in every TiDB cluster, as far as both are there. */
const TALKS: readonly Talk[] = [
  { from: 'proxies', to: 'sql', with: 'tidb', purpose: 'MySQL', port: 4000 },
  { from: 'proxies', to: 'placement', with: 'pd', purpose: 'finds servers', port: 2379 },
  { from: 'sql', to: 'placement', with: 'pd', purpose: 'timestamps, routing', port: 2379 },
  { from: 'sql', to: 'binlogs', with: 'pump', purpose: 'binlog', port: 8250 },
  { from: 'sql', to: 'stores', with: 'tikv', purpose: 'rows', port: 20160 },
  { from: 'sql', to: 'stores', with: 'tiflash', purpose: 'columns', port: 3930 },
  { from: 'binlogs', to: 'placement', with: 'pd', purpose: 'registers', port: 2379 },
  { from: 'stores', to: 'placement', with: 'pd', purpose: 'heartbeats', port: 2379 },
  { from: 'changefeeds', to: 'stores', with: 'tikv', purpose: 'changes', port: 20160 },
  { from: 'changefeeds', to: 'placement', with: 'pd', purpose: 'registers', port: 2379 },
];

/** The port that a client's connection goes to, by the component. */
const CLIENT_PORTS: Partial<Record<ServerComponent, number>> = { tiproxy: 6000, tidb: 4000 };

/** What the servers alone do not tell. */
export interface Known {
  /** Also where PD is not among the resources: servers that join it talk to it all the same. */
  readonly hasPD: boolean;
  readonly writesBinlog: boolean;
}

export function linksOf(servers: readonly Servers[], { hasPD, writesBinlog }: Known): Link[] {
  const here = new Set(servers.map(({ component }) => component));
  const layers = new Set<Layer>(servers.map(({ layer }) => layer));
  const talks = TALKS.filter(
    (talk) =>
      layers.has(talk.from) &&
      (here.has(talk.with) || (talk.with === 'pd' && hasPD)) &&
      (talk.with !== 'pump' || writesBinlog),
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

function clientTalks(servers: readonly Servers[]): Omit<Talk, 'with'>[] {
  return servers.flatMap(({ component, layer, services }) =>
    services.flatMap(({ ports }) => {
      const usual = CLIENT_PORTS[component];
      if (usual === undefined) return [];
      const port = ports.find(({ name }) => !NOT_FOR_CLIENTS.has(name))?.port ?? usual;
      return [{ from: 'clients' as const, to: layer, purpose: 'MySQL', port }];
    }),
  );
}

const NOT_FOR_CLIENTS = new Set(['status', 'tiproxy-api']);
