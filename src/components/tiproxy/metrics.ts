import type { Metrics } from '../metrics.ts';
import { API_PORT } from './ports.ts';

/** Its certificate may be the one for MySQL clients, which has TiDB's names. */
export const metrics: Metrics = [{ port: API_PORT, hasOtherNames: true }];
