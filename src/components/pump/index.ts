import type { Component } from '../component.ts';

/** Where Pump's claim is mounted, and its start script has it keep its data. */
export const DATA_DIR = '/data';

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
  claims: { data: 'data', path: DATA_DIR },
  dataDir: () => DATA_DIR,
  leavesOutVolumes: true,
  ignored: (spec) =>
    (['additionalVolumes', 'additionalVolumeMounts'] as const)
      .filter((field) => spec[field]?.length)
      .map((field) => [[field], 'on Pump, because TiDB Operator does not add it to pods of Pump; remove it']),
};
