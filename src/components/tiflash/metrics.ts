import type { Metrics } from '../metrics.ts';

/** TiFlash, and the proxy by which it is a store among those of TiKV. */
export const metrics: Metrics = [
  { port: 'metrics' },
  { port: 'proxy', annotation: 'tiflash.proxy.prometheus.io/port', job: 'tiflash-proxy' },
];
