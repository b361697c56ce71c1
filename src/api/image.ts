const PART = '[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*';
const HOST = '(?:[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?|\\[[0-9a-fA-F:]+\\])(?::\\d{1,5})?';
/** The parts of a reference, as regular expressions. */
export const IMAGE = {
  name: `(?:${HOST}/)?${PART}(?:/${PART})*`,
  tag: '\\w[\\w.-]{0,127}',
  digest: '[A-Za-z][A-Za-z0-9+._-]*:[0-9a-fA-F]{32,}',
};
const NAME = new RegExp(`^${IMAGE.name}$`);
/** Most names match this; the pattern for all of them is expensive to compile. */
const SIMPLE_NAME = /^[a-z0-9]+(?:\/[a-z0-9]+)*$/;

/** The parts of an image reference; a tag or a digest is '' if there is none. */
interface ImageReference {
  readonly name: string;
  readonly tag: string;
  readonly digest: string;
}

/** The parts of a reference such as `pingcap/tikv:v8.5.7`; undefined if it is not one. */
export function imageReference(text: string): ImageReference | undefined {
  if (text.length > 1024) return undefined;
  const [tagged, digest] = parted(text, '@', isDigest);
  const [name, tag] = parted(tagged, ':', isTag);
  return isImageName(name) ? { name, tag, digest } : undefined;
}

/** The text before the last separator and after it, if the part after it matches. */
function parted(text: string, sign: string, isRight: (end: string) => boolean): [start: string, end: string] {
  const at = text.lastIndexOf(sign);
  const end = text.slice(at + 1);
  return at >= 0 && isRight(end) ? [text.slice(0, at), end] : [text, ''];
}

function isDigest(text: string): boolean {
  const [algorithm = '', hex = '', ...more] = text.split(':');
  if (more.length > 0 || hex.length < 32) return false;
  return /^[A-Za-z][A-Za-z0-9+._-]*$/.test(algorithm) && /^[0-9a-fA-F]+$/.test(hex);
}

export function isImageName(text: string): boolean {
  return text.length <= 512 && (SIMPLE_NAME.test(text) || NAME.test(text));
}

export function isTag(text: string): boolean {
  return text.length <= 128 && /^\w[\w.-]*$/.test(text);
}
