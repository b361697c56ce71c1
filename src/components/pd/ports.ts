import { PD_PORT } from '../../expand/index.ts';

export const PORTS = { client: PD_PORT, peer: 2380 };
