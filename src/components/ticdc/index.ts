import { CONFIG_FILE } from '../../expand/index.ts';
import type { Component } from '../component.ts';

export const ticdc: Component = {
  name: 'ticdc',
  title: 'TiCDC',
  keeps: 'nothing',
  layer: 'changefeeds',
  ports: {},
  configs: [
    { name: 'ticdc', key: CONFIG_FILE, file: 'config', path: ['config'], in: ({ ticdc }) => ticdc?.config },
  ],
  labelsKey: 'server.labels',
  claims: {},
};
