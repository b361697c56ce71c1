import type { OnlineKeys } from '../online-keys.ts';

/**
 * TiProxy watches its file, and takes most keys when that changes. These are read at its start only: where it listens and
 * what it is called, where it finds PD, where it keeps files, and which certificates it has.
 * Source: TiProxy documentation, "TiProxy Configuration File", v1.3.
 */
const AT_START = [
  'api',
  'ha',
  'proxy.addr',
  'proxy.advertise-addr',
  'proxy.pd-addrs',
  'proxy.port-range',
  'security',
  'workdir',
];

export const onlineKeys: OnlineKeys = {
  taken: (key) =>
    AT_START.some((one) => key === one || key.startsWith(`${one}.`)) ? undefined : { takes: 'reload' },
};
