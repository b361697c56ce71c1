import type { Network } from '../network.ts';
import { PORTS } from './ports.ts';

export const network: Network = {
  talks: [],
  service: ({ pd }) => {
    const { type, portName } = pd?.service ?? {};
    return { type: type || 'ClusterIP', ports: [{ name: portName || 'client', port: PORTS.client }] };
  },
};
