import type { Network } from '../network.ts';

export const network: Network = { talks: [], users: ['client'], metrics: ['client'] };
