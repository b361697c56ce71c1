import type { OnlineKeys } from '../online-keys.ts';

/**
 * TiProxy watches its file, and takes most keys when that changes, those of certificates, too. These are read at its start
 * only: where it listens and what it is called, where it finds PD, where it keeps files, and what it does once.
 * Source: TiProxy, the fields that are marked `reloadable:"false"`; those of 2023 that it no longer has are here, too.
 */
const AT_START = [
  'advance',
  'api',
  'balance.routing-rule',
  'ha',
  'log.encoder',
  'metering',
  'metrics',
  'proxy.addr',
  'proxy.advertise-addr',
  'proxy.pd-addrs',
  'proxy.server-version',
  'security.encryption',
  'security.peer-tls',
  'workdir',
];

export const onlineKeys: OnlineKeys = {
  taken: (key) =>
    AT_START.some((one) => key === one || key.startsWith(`${one}.`)) ? undefined : { takes: 'reload' },
};
