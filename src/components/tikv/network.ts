import type { Network } from '../network.ts';

export const network: Network = {
  talks: [{ with: 'pd', purpose: 'heartbeats', port: 'client' }],
  users: ['server'],
  metrics: ['status'],
};
