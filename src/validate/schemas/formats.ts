import { isIP, isIPv4, isIPv6 } from 'node:net';

/**
 * The formats that Kubernetes checks in texts under a CRD, by its own rules, with dashes taken out of their names. It
 * knows a few more, for numbers of books, cards and persons, which are not looked at.
 * (apiextensions-apiserver: pkg/apiserver/validation/formats.go; kube-openapi: pkg/validation/strfmt)
 */
export const FORMATS: { readonly [name: string]: (text: string) => boolean } = {
  byte: (text) => text.length % 4 === 0 && /^[A-Za-z0-9+/]+={0,2}$/.test(text),
  cidr: isCIDR,
  date: isDate,
  datetime: isDateTime,
  duration: isDuration,
  hexcolor: (text) => /^#?([0-9a-fA-F]{3}|[0-9a-fA-F]{6})$/.test(text),
  hostname: isHostname,
  ipv4: isSloppyIPv4,
  ipv6: (text) => isIPv6(text) && !text.includes('%'),
  k8slongname: (text) => text.length <= 253 && NAME.test(text),
  k8sshortname: (text) => text.length <= 63 && LABEL.test(text),
  mac: (text) => MAC.test(text),
  uri: isURI,
  uuid: (text) => UUID.test(text),
  uuid3: (text) => UUID.test(text) && version(text) === '3',
  uuid4: (text) => UUID.test(text) && version(text) === '4' && VARIANT.test(text.replaceAll('-', '')),
  uuid5: (text) => UUID.test(text) && version(text) === '5' && VARIANT.test(text.replaceAll('-', '')),
};

const LABEL = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;
const NAME = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const UUID = /^[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}$/i;
const VARIANT = /^.{16}[89ab]/i;
const MAC =
  /^(?:[0-9a-f]{2}(?::[0-9a-f]{2}){5}|[0-9a-f]{2}(?::[0-9a-f]{2}){7}|[0-9a-f]{2}(?::[0-9a-f]{2}){19}|[0-9a-f]{2}(?:-[0-9a-f]{2}){5}|[0-9a-f]{2}(?:-[0-9a-f]{2}){7}|[0-9a-f]{2}(?:-[0-9a-f]{2}){19}|[0-9a-f]{4}(?:\.[0-9a-f]{4}){2}|[0-9a-f]{4}(?:\.[0-9a-f]{4}){3}|[0-9a-f]{4}(?:\.[0-9a-f]{4}){9})$/i;

function version(uuid: string): string | undefined {
  return uuid.replaceAll('-', '')[12];
}

/** Zeros may stand before the digits of an address, as long ago. */
function isSloppyIPv4(text: string): boolean {
  return isIPv4(plain(text)) || (isIPv6(text) && text.includes('.') && !text.includes('%'));
}

function plain(address: string): string {
  return address.replaceAll(/(?<=^|\.)0+(?=\d)/g, '');
}

function isCIDR(text: string): boolean {
  const [address = '', length = '', ...more] = text.split('/');
  const family = address.includes(':') ? isIP(address) : isIP(plain(address));
  if (more.length > 0 || family === 0 || address.includes('%') || !/^\d{1,8}$/.test(length)) return false;
  return Number(length) <= (family === 4 ? 32 : 128);
}

function isDate(text: string): boolean {
  const [, year = '', month = '', day = ''] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text) ?? [];
  if (year === '') return false;
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.getUTCDate() === Number(day) && month !== '00';
}

function isDateTime(text: string): boolean {
  const [date = '', time = ''] = text.toLowerCase().split('t');
  const [, hours = '', minutes = '', seconds = ''] =
    /^(\d{2}):(\d{2}):(\d{2})(?:.\d+)?(?:z|[+-]\d{2}:\d{2})$/.exec(time) ?? [];
  return isDate(date) && hours !== '' && hours <= '23' && minutes <= '59' && seconds <= '59';
}

/** As Go writes it, or as Scala does, of which any part will do. */
function isDuration(text: string): boolean {
  if (text.length > 1000) return false;
  if (/^[+-]?(?:0|(?:(?:\d+(?:\.\d*)?|\.\d+)(?:ns|us|µs|μs|ms|s|m|h))+)$/.test(text)) return true;
  return [...text.matchAll(/(?<!\d)\d+\s*([A-Za-zµ]+)/g)].some(([, unit = '']) => SCALA.test(unit));
}

const SCALA = /^(?:ns|us|µs|ms|[smhdw]|hr|wk)$|^(?:nano|micro|milli|sec|min|hour|day|week)/i;

function isHostname(text: string): boolean {
  const labels = text.split('.');
  const last = labels.pop() ?? '';
  if (Buffer.byteLength(text) > 255 || labels.some((label) => Buffer.byteLength(label) > 63)) return false;
  if (labels.length === 0) return Buffer.byteLength(text) <= 63 && ONLY_LABEL.test(text);
  return labels.every((label) => HOST_LABEL.test(label)) && LAST_LABEL.test(last);
}

const ONLY_LABEL = /^[a-zA-Z0-9\p{S}\p{L}]-?[a-zA-Z0-9\p{S}\p{L}]*$/u;
const HOST_LABEL = /^(?!-)[-a-zA-Z0-9\p{S}\p{L}]+(?<!-)$/u;
const LAST_LABEL = /^[a-zA-Z\p{L}]{2,63}$/u;

/** What Go takes for the target of a request: with a scheme, or a path from the root. */
function isURI(text: string): boolean {
  if ([...text].some((char) => char < ' ' || char === '\x7f')) return false;
  return /^[A-Za-z][A-Za-z0-9+.-]*:/.test(text) || text.startsWith('/');
}
