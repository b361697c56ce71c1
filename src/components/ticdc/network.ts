import type { Network } from '../network.ts';

export const network: Network = {
  talks: [
    { with: 'tikv', purpose: 'changes', port: 'server' },
    { with: 'pd', purpose: 'registers', port: 'client' },
  ],
  users: ['ticdc'],
  metrics: ['ticdc'],
};
