import type { Format } from './formats.ts';

export const PATHS = {
  'mount-path': {
    code: 'mount-path',
    must: 'a path without ":"',
    matches: (text) => !text.includes(':'),
  },
  path: {
    code: 'path',
    must: 'a path without ".."',
    matches: (text) => !climbs(text),
  },
  'absolute-path': {
    code: 'path',
    must: 'a path that begins with a slash',
    matches: (text) => text.startsWith('/'),
    advice: (text) => `did you mean "/${text}"?`,
  },
  'relative-path': {
    code: 'path',
    must: 'a path without ".." that does not begin with a slash',
    matches: isInside,
    advice: insideAdvice,
  },
  'local-path': {
    code: 'path',
    must: 'a path without ".." that begins neither with a slash nor with two dots',
    matches: (text) => isInside(text) && !text.startsWith('..'),
    advice: insideAdvice,
  },
} satisfies { [name: string]: Format };

function climbs(path: string): boolean {
  return path.split('/').includes('..');
}

function isInside(path: string): boolean {
  return !path.startsWith('/') && !climbs(path);
}

function insideAdvice(path: string): string | undefined {
  const inside = path.replace(/^\/+/, '');
  return inside === '' || inside === path || climbs(inside) ? undefined : `did you mean "${inside}"?`;
}
