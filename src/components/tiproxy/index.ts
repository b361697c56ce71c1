import { CONFIG_FILE } from '../../expand/index.ts';
import type { Component } from '../component.ts';
import { PORTS } from './ports.ts';

export const tiproxy: Component = {
  name: 'tiproxy',
  title: 'TiProxy',
  keeps: 'nothing',
  layer: 'proxies',
  ports: PORTS,
  hasOwnVersions: true,
  configs: [
    {
      name: 'tiproxy',
      key: CONFIG_FILE,
      file: 'config',
      path: ['config'],
      in: ({ tiproxy }) => tiproxy?.config,
    },
  ],
  labelsKey: 'server.labels',
  claims: {},
};
