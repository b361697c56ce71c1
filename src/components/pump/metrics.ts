import type { Metrics } from '../metrics.ts';

export const metrics: Metrics = [{ port: 'pump', service: '' }];
