const PART = '[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*';
const HOST = '(?:[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?|\\[[0-9a-fA-F:]+\\])(?::\\d{1,5})?';
const TAG = '\\w[\\w.-]{0,127}';
const DIGEST = '[A-Za-z][A-Za-z0-9+._-]*:[0-9a-fA-F]{32,}';
/** The parts of a reference, as regular expressions. */
export const IMAGE = { name: `(?:${HOST}/)?${PART}(?:/${PART})*`, tag: TAG, digest: DIGEST };
const NAME = new RegExp(`^${IMAGE.name}$`);
const DIGEST_END = new RegExp(`@${DIGEST}$`);
const TAG_END = new RegExp(`:${TAG}$`);
const ONLY_TAG = new RegExp(`^${TAG}$`);

/** What an image is referred to by; a tag or a digest is '' where there is none. */
interface ImageReference {
  readonly name: string;
  readonly tag: string;
  readonly digest: string;
}

/** The parts of a reference such as `pingcap/tikv:v8.5.7`; undefined where it is none. */
export function imageReference(text: string): ImageReference | undefined {
  if (text.length > 1024) return undefined;
  const [digest = ''] = DIGEST_END.exec(text) ?? [];
  const tagged = text.slice(0, text.length - digest.length);
  const [tag = ''] = TAG_END.exec(tagged) ?? [];
  const name = tagged.slice(0, tagged.length - tag.length);
  return isImageName(name) ? { name, tag: tag.slice(1), digest: digest.slice(1) } : undefined;
}

export function isImageName(text: string): boolean {
  return text.length <= 512 && NAME.test(text);
}

export function isTag(text: string): boolean {
  return ONLY_TAG.test(text);
}
