import { NAMES } from './format-names.ts';
import type { Format } from './formats.ts';

const SEGMENT = '[a-z0-9](?:[-_a-z0-9]*[a-z0-9])?';
const SYSCTL = new RegExp(`^${SEGMENT}(?:[./]${SEGMENT})*$`);
const SEARCH = /^_?[a-z0-9](?:[-_a-z0-9]*[a-z0-9])?(?:\._?[a-z0-9](?:[-_a-z0-9]*[a-z0-9])?)*$/;
const ISCSI =
  /^(?:iqn\.\d{4}-\d{2}\.[-.A-Za-z0-9]+:[^,;*&$|\s]+|(?:eui.[A-Za-z0-9]{16})|(?:naa.[A-Za-z0-9]{32}))$/;

/** Texts that few write: Kubernetes has a rule for each. */
export const RARE = {
  'csi-driver': {
    code: 'text-syntax',
    must: 'the name of a CSI driver: a DNS name of at most 63 characters',
    matches: (text) => text.length <= 63 && NAMES['dns-name'].matches(text.toLowerCase()),
  },
  'dns-search': {
    code: 'text-syntax',
    must: 'a search domain, such as "svc.example.com"',
    matches: isSearch,
  },
  'host-ports': {
    code: 'text-syntax',
    must: 'one or more of "host:port", with commas between them',
    matches: (text) => text.split(',').every(isHostPort),
  },
  'http-header': {
    code: 'text-syntax',
    must: 'the name of an HTTP header: letters, digits and dashes',
    matches: (text) => /^[-A-Za-z0-9]+$/.test(text),
  },
  'iscsi-name': {
    code: 'text-syntax',
    must: 'an iSCSI name such as "iqn.2001-04.com.example:storage.disk1"',
    matches: (text) => ISCSI.test(text),
  },
  sysctl: {
    code: 'text-syntax',
    must: 'the name of a kernel setting such as "net.core.somaxconn"',
    matches: (text) => text.length <= 253 && SYSCTL.test(text),
  },
} satisfies { [name: string]: Format };

function isSearch(text: string): boolean {
  const domain = text.replace(/\.$/, '');
  return text === '.' || (domain.length <= 253 && SEARCH.test(domain));
}

/** As Go splits it: brackets stand around what holds colons itself. */
function isHostPort(text: string): boolean {
  return /^(?:\[[^\][]*\]|[^:\][]*):[^:\][]*$/.test(text);
}
