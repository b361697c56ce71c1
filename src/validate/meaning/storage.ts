import { show } from '../structure/show.ts';
import type { At } from './at.ts';
import type { Component, ServerSpec } from './server-spec.ts';

/** The volumes that hold a component's data must have a size, and the data must stay inside. */
export function checkStorage(component: Component, spec: ServerSpec, at: At): void {
  if ((component === 'pd' || component === 'tikv') && !spec.requests?.storage) {
    const message = 'is missing; add it: how large the volume of each server must be, such as "100Gi"';
    at.to('requests', 'storage').add('field-missing', message);
  }
  if (component === 'tiflash') checkClaims(spec, at.to('storageClaims'));
  if (spec.dataSubDir) checkInside(spec.dataSubDir, at.to('dataSubDir'));
}

function checkClaims({ storageClaims }: ServerSpec, at: At): void {
  if (storageClaims?.length === 0) {
    at.add('field-missing', 'is empty; add an entry: the data volume of each server');
  }
  storageClaims?.forEach(({ resources }, index) => {
    if (resources?.requests?.storage) return;
    const message = 'is missing; add it: how large the volume must be, such as "100Gi"';
    at.to(index, 'resources', 'requests', 'storage').add('field-missing', message);
  });
}

function checkInside(path: string, at: At): void {
  const written = `and ${show(path)}`;
  if (path.startsWith('/')) {
    const inside = path.replace(/^\/+/, '').replace(/^var\/lib\/[^/]+\/?/, '');
    const advice = inside === '' ? 'remove it' : `write ${show(inside)}`;
    at.add(
      'data-sub-dir',
      `must be a path inside the data volume, ${written} begins with a slash; ${advice}`,
    );
  } else if (path.split('/').includes('..')) {
    const message = `must stay inside the data volume, ${written} goes out of a directory; write it without ".."`;
    at.add('data-sub-dir', message);
  }
}
