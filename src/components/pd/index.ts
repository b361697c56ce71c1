import { CONFIG_FILE } from '../../expand/index.ts';
import type { Component } from '../component.ts';
import { configFacts, DATA_DIR } from './config-facts.ts';
import { PORTS } from './ports.ts';

export const pd: Component = {
  name: 'pd',
  title: 'PD',
  keeps: 'quorum',
  layer: 'placement',
  ports: PORTS,
  arePortsChecked: true,
  configs: [{ name: 'pd', key: CONFIG_FILE, file: 'config', path: ['config'], in: ({ pd }) => pd?.config }],
  labelsKey: 'server.labels',
  configFacts,
  claims: { data: 'pd', path: DATA_DIR, areChecked: true },
  dataDir: ({ dataSubDir = '' }) => `${DATA_DIR}/${dataSubDir}`,
  hasDeleteSlots: true,
};
