/**
 * One resource as a person wrote it: block style, two spaces, compact sequences.
 *
 * The text is in two parts because tools add their annotations in the middle: `head` ends inside
 * `metadata.annotations`, `tail` begins with the first line after it.
 */
export interface Resource {
  kind: string;
  name: string;
  namespace: string;
  /** The path of its file, relative to the package. */
  file: string;
  /** A comment before the resource, without `# `. */
  comment?: string;
  head: string;
  tail: string;
}

/** The resource as it is written in its file. */
export function asFile(resource: Resource): string {
  const comment = resource.comment === undefined ? '' : `# ${resource.comment}\n`;
  return `${comment}${resource.head}${resource.tail}`;
}
