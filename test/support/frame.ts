/** A rendered stream without the lines that say how many resources it has. */
export function unframed(stream: string): string {
  return stream
    .replace(/^# Rendered by tidb-groups: .*\n/, '')
    .replace(/^# End of .* rendered by tidb-groups\.\n$/m, '');
}

/** The documents of a rendered stream. */
export function documentsOf(stream: string): string[] {
  return unframed(stream).split(/^---\n/m);
}

/** The same text without the TidbCluster's record of its groups, for tests of something else. */
export function withoutTally(text: string): string {
  return text.replaceAll(/^ *groups\.pingcap\.com\/rendered: \d+-[0-9a-f]{7}\n/gm, '');
}
