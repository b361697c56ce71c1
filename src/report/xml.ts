import { visible } from '../text/index.ts';

/** A text inside an element or an attribute of XML or HTML; what is no character there stands as an escape. */
export function asXml(text: string): string {
  return visible(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
