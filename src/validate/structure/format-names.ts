import type { Format } from './formats.ts';

const LABEL = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;
const NAME = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const QUALIFIED = /^[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?$/;

export const NAMES = {
  'dns-label': {
    code: 'dns-name',
    must: 'at most 63 lowercase letters, digits and dashes, with a letter or digit at both ends',
    matches: (text) => text.length <= 63 && LABEL.test(text),
    advice: (text) => tooLong(text, 63) ?? lowerCase(text, LABEL),
  },
  'dns-name': {
    code: 'dns-name',
    must: 'at most 253 lowercase letters, digits, dashes and dots, with a letter or digit at both ends',
    matches: (text) => text.length <= 253 && NAME.test(text),
    advice: (text) => tooLong(text, 253) ?? lowerCase(text, NAME),
  },
  'label-key': {
    code: 'label-syntax',
    must: 'a label key such as "zone" or "example.com/zone"',
    matches: isQualified,
    advice: keyAdvice,
  },
  'annotation-key': {
    code: 'annotation-syntax',
    must: 'an annotation key such as "team" or "example.com/team"',
    matches: (text) => isQualified(text.toLowerCase()),
    advice: keyAdvice,
  },
  'label-value': {
    code: 'label-syntax',
    must: 'at most 63 letters, digits, dashes, underscores and dots, with a letter or digit at both ends',
    matches: (text) => text.length <= 63 && QUALIFIED.test(text),
    advice: (text) => tooLong(text, 63),
  },
  'config-key': {
    code: 'config-key',
    must: 'a key of a ConfigMap or Secret: at most 253 letters, digits, dashes, underscores and dots',
    matches: (text) => text.length <= 253 && /^(?!\.$|\.\.)[-._a-zA-Z0-9]+$/.test(text),
    advice: (text) => tooLong(text, 253) ?? (/^\.\.?/.test(text) ? 'it must not begin with ".."' : undefined),
  },
  'env-name': {
    code: 'env-name',
    must: 'printable ASCII characters except "=", such as "LOG_LEVEL"',
    matches: (text) => /^[ -<>-~]+$/.test(text),
    advice: (text) => (text.includes('=') ? 'write what follows "=" as its value' : undefined),
  },
  'qualified-name': {
    code: 'text-syntax',
    must: 'a name such as "internal" or "example.com/internal"',
    matches: isQualified,
    advice: keyAdvice,
  },
} satisfies { [name: string]: Format };

/** A name of at most 63 characters, after an optional DNS name and a slash. */
function isQualified(text: string): boolean {
  const [first = '', second, ...more] = text.split('/');
  const [prefix, name] = second === undefined ? [undefined, first] : [first, second];
  if (more.length > 0 || name.length > 63 || !QUALIFIED.test(name)) return false;
  return prefix === undefined || (prefix.length <= 253 && NAME.test(prefix));
}

function keyAdvice(text: string): string | undefined {
  if (text.split('/').length > 2) return 'it must have at most one slash';
  return tooLong(text.slice(text.indexOf('/') + 1), 63);
}

function tooLong(text: string, limit: number): string | undefined {
  return text.length > limit ? `it has ${text.length} characters` : undefined;
}

function lowerCase(text: string, pattern: RegExp): string | undefined {
  const lower = text.toLowerCase().replaceAll('_', '-');
  return lower !== text && pattern.test(lower) ? `did you mean "${lower}"?` : undefined;
}
