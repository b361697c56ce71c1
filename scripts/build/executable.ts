import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { deflateRawSync } from 'node:zlib';
import type { Parts } from './split.ts';

/** Stands between the slashes of what would end a comment, wherever a part has that. */
const GUARD = '\u0001';

const WORTH_PACKING = 4096;
/** Bytes of the loader, with the comment's beginning and blanks behind it. */
const HEAD = 8192;

/**
 * The parts as a file that starts quickly. They stand in a comment, which V8 steps over; the loader above it takes from
 * there what is wanted and compiles it, with the code cache beside the file if that was made from these very parts by
 * this very Node. What only some commands need is packed, because each start reads the whole file.
 */
export function executable({ core, others, forCommands }: Parts): string {
  const index: Record<string, [start: number, end: number, packed: 0 | 1]> = {};
  let body = '';
  for (const [name, text] of [['core', core] as const, ...others]) {
    const source = ascii(`(function(require,module,exports){${text}\n})`);
    const packed = name !== 'core' && !forCommands.has(name) && source.length > WORTH_PACKING;
    const written = packed ? deflateRawSync(source, { level: 9 }).toString('base64') : guarded(source);
    const start = HEAD + body.length;
    index[name] = [start, start + written.length, packed ? 1 : 0];
    body += `${written}\n`;
  }
  const id = createHash('sha256').update(body).digest('hex');
  const loader = readFileSync('scripts/build/loader.cjs', 'utf8')
    .replace('BUNDLE_ID', id)
    .replace("'INDEX'", JSON.stringify(index));
  const head = `#!/usr/bin/env node\n${loader}/*`;
  if (head.length >= HEAD) throw new Error(`the loader must fit into ${HEAD} bytes, and has ${head.length}`);
  return `${head.padEnd(HEAD - 1)}\n${body}*/\n`;
}

/** Offsets count bytes and characters alike. What esbuild leaves are regular expressions, where an escape is as good. */
function ascii(source: string): string {
  return source.replace(/[^\0-\x7f]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

function guarded(source: string): string {
  return source.replaceAll('*/', `*${GUARD}/`);
}
