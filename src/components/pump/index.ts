import type { Component } from '../component.ts';

export const pump: Component = {
  name: 'pump',
  title: 'Pump',
  keeps: 'log',
  layer: 'binlogs',
  ports: { client: 8250 },
  baseImage: 'pingcap/tidb-binlog',
  configs: [
    { name: 'pump', key: 'pump-config', file: 'config', path: ['config'], in: ({ pump }) => pump?.config },
  ],
  labelsKey: 'server.labels',
  claims: { data: 'data', path: '/data' },
  dataDir: () => '/data',
};
