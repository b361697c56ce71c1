import type { MonitoringSpec } from '../api/index.ts';

/** As TidbMonitor has it. */
const USUAL = 15;

/** How often a server is asked, as Prometheus writes it. */
export function intervalOf({ intervalSeconds = USUAL }: MonitoringSpec): string {
  return `${intervalSeconds}s`;
}
