import type { Component } from '../component.ts';
import { directories } from './directories.ts';

export const tiflash: Component = {
  name: 'tiflash',
  title: 'TiFlash',
  keeps: 'columns',
  layer: 'stores',
  ports: { flash: 3930 },
  usesHelper: true,
  configs: [
    {
      name: 'tiflash.config',
      key: 'config_templ.toml',
      file: 'config',
      path: ['config', 'config'],
      in: ({ tiflash: its }) => its?.config?.config,
    },
    {
      name: 'tiflash.proxy',
      key: 'proxy_templ.toml',
      file: 'proxy',
      path: ['config', 'proxy'],
      in: ({ tiflash: its }) => its?.config?.proxy,
    },
  ],
  labelsKey: 'server.labels',
  directories,
  printedLogs: ['flash.flash_cluster.log', 'logger.errorlog', 'logger.log'],
  claims: { areListed: true },
  hasDeleteSlots: true,
};
