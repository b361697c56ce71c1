import type { LabelSyntax } from './config-facts.ts';

/** What the labels of a store may be. Source: TiKV, `validate_label`; TiFlash's proxy is a TiKV. */
export const STORE_LABELS: LabelSyntax = {
  key: /^\$?[A-Za-z0-9](?:[-A-Za-z0-9_./]*[A-Za-z0-9])?$/,
  value: /^[-A-Za-z0-9_./]*$/,
  characters: 'letters, digits, dashes, underscores, dots and slashes',
};
