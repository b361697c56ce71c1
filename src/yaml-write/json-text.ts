import { asJson } from './quote.ts';

/** What JSON may have in a text or around it, and YAML reads in another way, or not at all. */
const OTHERWISE_IN_YAML = /\\\/|\\u[dD][89a-fA-F]|[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]|\s:|^\s/;

/** A text, blanks, or what stands between these. */
const TOKENS = /"(?:[^"\\]|\\.)*"|\s+|[^"\s]+/g;

/**
 * A resource in JSON, so that it means the same where it is read as YAML: kubectl does so once a comment stands above it.
 * Undefined where it is no JSON, or means the same as it stands.
 */
export function jsonForYaml(text: string): string | undefined {
  if (!OTHERWISE_IN_YAML.test(text) || !isJson(text)) return undefined;
  const tokens = text.match(TOKENS) ?? [];
  return tokens
    .map((token, index) => {
      if (token.startsWith('"')) return OTHERWISE_IN_YAML.test(token) ? rewritten(token) : token;
      const isDropped = token.trim() === '' && (index === 0 || tokens[index + 1]?.startsWith(':'));
      return isDropped ? '' : token;
    })
    .join('');
}

/** Half a character is read as U+FFFD from JSON, and refused in YAML. */
function rewritten(token: string): string {
  const text: string = JSON.parse(token);
  return asJson(text.toWellFormed());
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
