import type { Network } from '../network.ts';

export const network: Network = {
  talks: [{ with: 'pd', purpose: 'registers', port: 'client' }],
  users: ['client'],
  metrics: ['client'],
};
