import { formatPath, type Problem } from '../problem/index.ts';

/** Says which problem is which from run to run: by the resource and field and not by the line, which others move. */
export class Fingerprints {
  private readonly seen = new Map<string, number>();

  /** `<16 hexadecimal digits>:<count>`, which counts the problems that are otherwise the same. */
  of({ code, origin, path = [], place }: Problem): string {
    const { apiVersion, kind, namespace, name } = origin?.id ?? {};
    const parts = [code, apiVersion, kind, namespace, name, formatPath(path), place?.file];
    const hash = hash64(JSON.stringify(parts));
    const count = (this.seen.get(hash) ?? 0) + 1;
    this.seen.set(hash, count);
    return `${hash}:${count}`;
  }
}

/** FNV-1a of 64 bits: enough to tell a repository's problems apart. */
function hash64(text: string): string {
  let hash = 0xcbf29ce484222325n;
  for (let i = 0; i < text.length; i++) {
    hash = BigInt.asUintN(64, (hash ^ BigInt(text.charCodeAt(i))) * 0x100000001b3n);
  }
  return hash.toString(16).padStart(16, '0');
}
