import type { Network } from '../network.ts';
import { PORTS } from './ports.ts';

export const network: Network = {
  talks: [
    { with: 'pd', purpose: 'timestamps, routing', port: 'client' },
    { with: 'pump', purpose: 'binlog', port: 'client' },
    { with: 'tikv', purpose: 'rows', port: 'server' },
    { with: 'tiflash', purpose: 'columns', port: 'flash' },
  ],
  users: ['server'],
  metrics: ['status'],
  clientPort: PORTS.server,
  internalPorts: ['status'],
};
