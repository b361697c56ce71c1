import type { Format } from './formats.ts';

const PART = '[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*';
const HOST = '(?:[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?|\\[[0-9a-fA-F:]+\\])(?::\\d{1,5})?';
const TAG = '\\w[\\w.-]{0,127}';
const DIGEST = '[A-Za-z][A-Za-z0-9+._-]*:[0-9a-fA-F]{32,}';
const NAME = new RegExp(`^(?:${HOST}/)?${PART}(?:/${PART})*$`);
const DIGEST_END = new RegExp(`@${DIGEST}$`);
const TAG_END = new RegExp(`:${TAG}$`);
const WHOLE_TAG = new RegExp(`^${TAG}$`);

export const IMAGES = {
  image: {
    code: 'image-reference',
    must: 'an image such as "pingcap/tikv:v8.5.7"',
    matches: isImage,
    advice: (text) => imageAdvice(text),
  },
  'image-name': {
    code: 'image-reference',
    must: 'an image without its tag, such as "pingcap/tikv"',
    matches: isImageName,
    advice: (text) =>
      isImage(text) ? 'write the tag in `version`, or all of it in `image` instead' : imageAdvice(text),
  },
  tag: {
    code: 'image-reference',
    must: 'the tag of an image, such as "v8.5.7"',
    matches: (text) => WHOLE_TAG.test(text),
  },
} satisfies { [name: string]: Format };

function isImageName(text: string): boolean {
  return text.length <= 512 && NAME.test(text);
}

function isImage(text: string): boolean {
  return text.length <= 1024 && isImageName(text.replace(DIGEST_END, '').replace(TAG_END, ''));
}

function imageAdvice(text: string): string | undefined {
  if (/^https?:\/\//.test(text)) return 'leave out the scheme';
  if (/\s/.test(text)) return 'it must not hold spaces';
  const lower = text.toLowerCase();
  return lower !== text && isImage(lower) ? `did you mean "${lower}"?` : undefined;
}
