/** How Prometheus finds the servers of a TidbCluster and of its groups, as one cluster. */
export type { Instance, Monitored } from './monitored.ts';
export { podMonitor } from './pod-monitor.ts';
export { scrapeConfigMap } from './scrape-config.ts';
