import { imageReference, isImageName, isTag } from '../../api/index.ts';
import type { Format } from './formats.ts';

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
    matches: isTag,
  },
} satisfies { [name: string]: Format };

function isImage(text: string): boolean {
  return imageReference(text) !== undefined;
}

function imageAdvice(text: string): string | undefined {
  if (/^https?:\/\//.test(text)) return 'leave out the scheme';
  if (/\s/.test(text)) return 'it must not hold spaces';
  const lower = text.toLowerCase();
  return lower !== text && isImage(lower) ? `did you mean "${lower}"?` : undefined;
}
