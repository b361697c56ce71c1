import { readFileSync } from 'node:fs';
import { brotliCompressSync, constants } from 'node:zlib';
import { transformSync } from 'esbuild';
import { flagsOf } from '../../src/io/flags.ts';
import { program } from './checksum.generated.json';
import type { Parts } from './split.ts';

/** The size of the loader in bytes, including the start of the comment and the padding after it. */
const HEAD = 8192;

const ABOUT =
  '// tidb-groups. The program is in the comment below; this compiles it, with a code cache where there is one.';

/** V8 needs aligned code, and in the code cache a text comes before the code. */
const ALIGNED = 8;

/** The parts as they are stored in the executable. */
export interface Packed {
  /** Compressed texts: the part that runs first, and all others, concatenated. */
  readonly texts: readonly [core: string, others: string];
  /** Maps the name of a part to the position of its text among the others. */
  readonly index: Readonly<Record<string, readonly [start: number, end: number]>>;
}

export function pack({ core, others }: Parts): Packed {
  const index: Record<string, readonly [start: number, end: number]> = { core: [0, 0] };
  let joined = '';
  for (const [name, text] of others) {
    const source = asFunction(text);
    index[name] = [joined.length, joined.length + source.length];
    joined += source;
  }
  return { texts: [packText(asFunction(core)), packText(joined)], index };
}

/**
 * The parts as a file that starts quickly. A comment holds them compressed, because each start reads the whole file. The
 * loader above it takes what it needs from the code cache beside the file, if `cache.cjs` wrote one that matches `cached`.
 * Otherwise it unpacks the comment.
 */
export function executable({ texts, index }: Packed, cached = ''): string {
  const [core, others] = texts;
  const ends = [HEAD, HEAD + core.length, HEAD + core.length + 1 + others.length] as const;
  const parts = Object.entries(index).map(([name, range]) => `;${name}:${range.join()}`);
  const loader = readFileSync('scripts/build/loader.cjs', 'utf8')
    .replace("'PACKED'", JSON.stringify([ends.slice(0, 2), [ends[1] + 1, ends[2]]]))
    .replace("'INDEX'", JSON.stringify(`${parts.join('')};`))
    .replace("'CACHED'", JSON.stringify(cached))
    .replace("'FLAGS'", JSON.stringify(flagsOf(process.versions.node).map(([little]) => little)))
    .replace("'CHECKSUM'", JSON.stringify(program));
  const { code } = transformSync(loader, { minify: true, target: 'node20', charset: 'ascii' });
  const head = `#!/usr/bin/env node\n${ABOUT}\n${code}/*`;
  if (head.length >= HEAD) throw new Error(`the loader must fit into ${HEAD} bytes, but has ${head.length}`);
  return `${head.padEnd(HEAD - 1)}\n${core}\n${others}\n*/\n`;
}

function asFunction(text: string): string {
  const source = ascii(`(function(require,module,exports){${text}\n})`);
  return source.padEnd(Math.ceil(source.length / ALIGNED) * ALIGNED);
}

function packText(text: string): string {
  const params = {
    [constants.BROTLI_PARAM_LGWIN]: constants.BROTLI_MAX_WINDOW_BITS,
    [constants.BROTLI_PARAM_SIZE_HINT]: text.length,
  };
  return brotliCompressSync(Buffer.from(text, 'latin1'), { params }).toString('base64');
}

/** Offsets count bytes and characters alike. The rest of esbuild's output is regular expressions, where an escape means the same. */
function ascii(source: string): string {
  return source.replace(/[^\0-\x7f]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
