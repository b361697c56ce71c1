import { IMAGE } from './image.ts';

/** The form of texts, in the syntax of RE2, which CustomResourceDefinitions use. */
export interface TextRule {
  readonly pattern: string;
  readonly maxLength?: number;
}

const LABEL = '[a-z0-9]([-a-z0-9]*[a-z0-9])?';
const NAME = `${LABEL}(\\.${LABEL})*`;
const QUALIFIED = '[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?';
/** At most 63 characters. */
const SHORT_QUALIFIED = '[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?';
const KEY: TextRule = rule(`(${NAME}/)?${SHORT_QUALIFIED}`, 253 + 1 + 63);

const OCTET = '(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])';
const IPV4 = `${OCTET}(\\.${OCTET}){3}`;
const IPV6 = ipv6('[0-9a-fA-F]{1,4}');

const NUMBER = '([0-9]+(\\.[0-9]*)?|\\.[0-9]+)';

/** A part of a path, between slashes, that is not `..`; and one that does not begin with it. */
const STEP = '([^/.][^/]*|\\.|\\.[^/.][^/]*|\\.\\.[^/]+)';
const FIRST_STEP = '([^/.][^/]*|\\.|\\.[^/.][^/]*)';

const SEGMENT = '[a-z0-9]([-_a-z0-9]*[a-z0-9])?';
const DOMAIN = `_?${SEGMENT}(\\._?${SEGMENT})*`;
const HOST_PORT = '(\\[[^\\]\\[,]*\\]|[^:\\]\\[,]*):[^:\\]\\[,]*';

/**
 * What the formats of the schemas require, where only the API server checks them. `src/validate` says more about each;
 * tests compare the two. Formats that `validate` only warns about are not here.
 */
export const PATTERNS: { readonly [format: string]: TextRule } = {
  'absolute-path': rule('/(\\n|.)*'),
  cidr: rule(`${IPV4}/([0-9]|[12][0-9]|3[0-2])|(${IPV6})/([0-9]|[1-9][0-9]|1[01][0-9]|12[0-8])`),
  'cluster-ip': rule(`None|${IPV4}|${IPV6}`),
  'config-key': rule('[-_a-zA-Z0-9][-._a-zA-Z0-9]*|\\.[-_a-zA-Z0-9][-._a-zA-Z0-9]*', 253),
  'csi-driver': rule(NAME.replaceAll('a-z', 'A-Za-z'), 63),
  'dns-label': rule(LABEL, 63),
  'dns-name': rule(NAME, 253),
  'dns-search': rule(`\\.|${DOMAIN}\\.?`, 254),
  duration: rule(`0|\\+?(${NUMBER}(ns|us|µs|μs|ms|s|m|h))+`, 100),
  'env-name': rule('[ -<>-~]+'),
  'host-ports': rule(`${HOST_PORT}(,${HOST_PORT})*`),
  'http-header': rule('[-A-Za-z0-9]+'),
  image: rule(`${IMAGE.name}(:${IMAGE.tag})?(@${IMAGE.digest})?`, 1024),
  'image-name': rule(IMAGE.name, 512),
  ip: rule(`${IPV4}|${IPV6}`),
  'iscsi-name': rule(
    'iqn\\.[0-9]{4}-[0-9]{2}\\.[-.A-Za-z0-9]+:[^,;*&$|\\s]+|eui[^\\n][A-Za-z0-9]{16}|naa[^\\n][A-Za-z0-9]{32}',
  ),
  'label-key': KEY,
  'label-value': rule(QUALIFIED, 63),
  'local-path': rule(`${FIRST_STEP}(/${STEP}?)*`),
  path: rule(`${STEP}?(/${STEP}?)*`),
  port: portName(),
  'port-name': portName(),
  'qualified-name': KEY,
  quantity: rule(`\\+?${NUMBER}([KMGTPE]i|[numkMGTPE]|[eE][-+]?[0-9]{1,3})?`, 100),
  'relative-path': rule(`${STEP}(/${STEP}?)*`),
  sysctl: rule(`${SEGMENT}([./]${SEGMENT})*`, 253),
  tag: rule(IMAGE.tag),
};

/** An empty text counts as no text. */
function rule(pattern: string, maxLength?: number): TextRule {
  const whole = { pattern: `^(${pattern})?$` };
  return maxLength === undefined ? whole : { ...whole, maxLength };
}

/** Lowercase letters, at least one, and digits, with single dashes between them. */
function portName(): TextRule {
  return rule('([0-9]-?)*[a-z](-?[a-z0-9])*', 15);
}

/** Eight groups, or fewer around `::`; the last two may be written as IPv4. */
function ipv6(group: string): string {
  const before = (most: number) => `(${group}:){1,${most}}`;
  const after = (most: number) => `(:${group}){1,${most}}`;
  const whole = [`(${group}:){7}${group}`, `(${group}:){6}${IPV4}`];
  const cut = [1, 2, 3, 4, 5, 6].map((right) => `${before(7 - right)}${after(right)}`);
  const cutIPv4 = [1, 2, 3, 4].map((right) => `${before(5 - right)}${after(right)}:${IPV4}`);
  return [
    ...whole,
    ...cut,
    `${before(7)}:`,
    `:(${after(7)}|:)`,
    ...cutIPv4,
    `${before(5)}:${IPV4}`,
    `:(:${group}){0,5}:${IPV4}`,
  ].join('|');
}
