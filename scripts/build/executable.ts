import { readFileSync } from 'node:fs';
import { deflateRawSync } from 'node:zlib';
import { program } from './checksum.generated.json';
import type { Parts } from './split.ts';

/** Bytes of the loader, with the comment's beginning and blanks behind it. */
const HEAD = 6656;

/** V8 wants code on round addresses, and in the code cache a text stands before it. */
const ALIGNED = 8;

/**
 * The parts as a file that starts quickly. They stand packed in a comment, which V8 steps over, because each start reads
 * the whole file. The loader above it takes what is wanted from the code cache beside the file, if that holds what
 * `cached` says, as `cache.cjs` has written it; and else from there.
 */
export function executable({ core, others }: Parts, cached = '{}'): string {
  const index: Record<string, [start: number, end: number]> = {};
  let body = '';
  for (const [name, text] of [['core', core] as const, ...others]) {
    const source = ascii(`(function(require,module,exports){${text}\n})`);
    const aligned = source.padEnd(Math.ceil(source.length / ALIGNED) * ALIGNED);
    const packed = deflateRawSync(aligned, { level: 9 }).toString('base64');
    const start = HEAD + body.length;
    index[name] = [start, start + packed.length];
    body += `${packed}\n`;
  }
  const loader = readFileSync('scripts/build/loader.cjs', 'utf8')
    .replace("'INDEX'", JSON.stringify(index))
    .replace("'CACHED'", cached)
    .replace("'CHECKSUM'", JSON.stringify(program));
  const head = `#!/usr/bin/env node\n${loader}/*`;
  if (head.length >= HEAD) throw new Error(`the loader must fit into ${HEAD} bytes, and has ${head.length}`);
  return `${head.padEnd(HEAD - 1)}\n${body}*/\n`;
}

/** Offsets count bytes and characters alike. What esbuild leaves are regular expressions, where an escape is as good. */
function ascii(source: string): string {
  return source.replace(/[^\0-\x7f]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
