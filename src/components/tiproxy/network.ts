import type { Network } from '../network.ts';
import { PORTS } from './ports.ts';

const API = 'tiproxy-api';

export const network: Network = {
  talks: [
    { with: 'tidb', purpose: 'MySQL', port: 'server' },
    { with: 'pd', purpose: 'finds servers', port: 'client' },
  ],
  clientPort: PORTS.sql,
  internalPorts: [API],
  // The operator opens it on every node, whatever is asked for.
  service: () => ({
    type: 'NodePort',
    ports: [
      { name: API, port: PORTS.api },
      { name: 'tiproxy-sql', port: PORTS.sql },
    ],
  }),
};
