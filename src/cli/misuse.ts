/** A command called in a way that cannot work; the message says what to do. */
export class Misuse extends Error {}

const REASONS: { readonly [code: string]: string } = {
  EACCES: 'you have no permission; ask for it, or run as another user',
  EPERM: 'you have no permission; ask for it, or run as another user',
  EBADF: 'it is closed; open it',
  EDQUOT: 'your disk quota is exhausted; free some space',
  EEXIST: 'it is there already; remove it, or use another directory',
  EFBIG: 'the file would exceed the size limit (see `ulimit -f`); raise the limit',
  EISDIR: 'it is a directory',
  ELOOP: 'its symbolic links form a loop; fix them',
  ENAMETOOLONG: 'its name is too long; use a shorter one',
  EMOVED: 'a link appeared in its path meanwhile; find out what else changes files here',
  EMFILE: 'too many files are open; raise the limit (see `ulimit -n`)',
  ENOENT: 'it does not exist; check the path',
  ENOSPC: 'the disk is full; free some space',
  ENOTDIR: 'part of its path is not a directory; check the path',
  EPIPE: 'whoever read it has stopped; read it to its end',
  EROFS: 'the file system is read-only; use another',
};

/** Why the system refused, for a message; throws what no system has said. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error) || !('code' in error) || !('syscall' in error)) throw error;
  // Node has no other name for a file whose own is not UTF-8, and finds none by this one.
  if (error.code === 'ENOENT' && 'path' in error && `${error.path}`.includes('\ufffd'))
    return 'its name is not UTF-8; rename it';
  const reason = Object.hasOwn(REASONS, `${error.code}`) ? REASONS[`${error.code}`] : undefined;
  return reason ?? `the system says ${error.code}; check the path`;
}
