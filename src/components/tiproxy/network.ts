import type { Network } from '../network.ts';
import { API_PORT, PORTS } from './ports.ts';

export const network: Network = {
  talks: [
    { with: 'tidb', purpose: 'MySQL', port: 'server' },
    { with: 'pd', purpose: 'finds servers', port: 'client' },
  ],
  users: ['sql'],
  metrics: ['api'],
  clientPort: PORTS.sql,
  internalPorts: [API_PORT],
};
