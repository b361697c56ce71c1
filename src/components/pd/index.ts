import { CONFIG_FILE } from '../../expand/index.ts';
import type { Component } from '../component.ts';
import { configKeys, DATA_DIR } from './config-keys.ts';
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
  configKeys,
  claims: { data: 'pd', mountPath: DATA_DIR, areChecked: true },
  dataDir: ({ dataSubDir = '' }) => `${DATA_DIR}/${dataSubDir}`,
  hasDeleteSlots: true,
};
