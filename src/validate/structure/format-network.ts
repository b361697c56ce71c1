import type { Format } from './formats.ts';

const OCTET = '(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)';
const IPV4 = new RegExp(`^${OCTET}(\\.${OCTET}){3}$`);
const PORT_NAME = /^(?=.*[a-z])(?!.*--)[a-z0-9]([a-z0-9-]{0,13}[a-z0-9])?$/;

export const NETWORK = {
  ip: {
    code: 'ip',
    must: 'an IP address such as "10.0.0.1" or "fd00::1"',
    matches: isIP,
  },
  'cluster-ip': {
    code: 'ip',
    must: '"None" or an IP address such as "10.0.0.1"',
    matches: (text) => text === 'None' || isIP(text),
  },
  cidr: {
    code: 'cidr',
    must: 'a range of IP addresses such as "10.0.0.0/8" or "fd00::/8"',
    matches: isCIDR,
    advice: (text) => (isIP(text) ? `write "${text}/${isIPv4(text) ? 32 : 128}" for one address` : undefined),
  },
  port: {
    code: 'port',
    must: 'a port from 1 to 65535 or the name of one',
    matches: (text) => PORT_NAME.test(text),
    advice: (text) => (/^\d{1,5}$/.test(text) ? `write ${Number(text)} without quotes` : undefined),
  },
  'port-name': {
    code: 'port',
    must: 'a name of at most 15 lowercase letters, digits and dashes, with at least one letter, such as "metrics"',
    matches: (text) => PORT_NAME.test(text),
    advice: (text) => (text.length > 15 ? `it has ${text.length} characters` : undefined),
  },
} satisfies { [name: string]: Format };

function isIPv4(text: string): boolean {
  return IPV4.test(text);
}

function isIP(text: string): boolean {
  return isIPv4(text) || isIPv6(text);
}

function isIPv6(text: string): boolean {
  if (text.length > 45) return false;
  const [head = '', tail, ...more] = text.split('::');
  if (more.length > 0) return false;
  const groups = [...groupsOf(head), ...groupsOf(tail ?? '')];
  // The last 32 bits may be written as IPv4: two groups.
  const last = groups.at(-1) ?? '';
  const embedded = isIPv4(last) && text.endsWith(last);
  const plain = embedded ? groups.slice(0, -1) : groups;
  if (!plain.every((group) => /^[0-9a-f]{1,4}$/i.test(group))) return false;
  const count = plain.length + (embedded ? 2 : 0);
  return tail === undefined ? count === 8 : count < 8;
}

function groupsOf(text: string): string[] {
  return text === '' ? [] : text.split(':');
}

function isCIDR(text: string): boolean {
  const [address = '', length = '', ...more] = text.split('/');
  if (more.length > 0 || !isIP(address) || !/^(0|[1-9]\d{0,2})$/.test(length)) return false;
  return Number(length) <= (isIPv4(address) ? 32 : 128);
}
