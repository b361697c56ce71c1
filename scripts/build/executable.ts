import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

/** Stands between the slashes of what would end a comment, wherever the bundle has that. */
const GUARD = '\u0001';

/**
 * The bundle as a file that starts quickly. The bundle stands in a comment, which V8 steps over; the loader above it
 * takes it from there and compiles it, with the code cache beside the file if that was made from this very bundle by
 * this very Node.
 */
export function executable(bundle: string): string {
  const wrapped = `(function(require,module,exports){${bundle}\n})`;
  const id = createHash('sha256').update(wrapped).digest('hex');
  const loader = readFileSync('scripts/build/loader.cjs', 'utf8').replace('BUNDLE_ID', id);
  return `#!/usr/bin/env node\n${loader}/*BUNDLE\n${wrapped.replaceAll('*/', `*${GUARD}/`)}\n*/\n`;
}
