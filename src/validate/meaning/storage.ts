import { type Amount, type Amounts, wholeUnits } from '../../api/index.ts';
import { type AnySpec, componentIn, type Section } from '../../components/index.ts';
import type { Field } from '../../problem/index.ts';
import { show } from '../structure/show.ts';
import { quote } from '../structure/written.ts';
import { meantResource } from './amounts.ts';
import { dataClaim } from './volumes.ts';

/** The volumes that hold a component's data must have a size, and the data must stay inside. */
export function checkStorage(component: Section, spec: AnySpec, at: Field): void {
  if (dataClaim(component) !== undefined && isAbsent(spec.requests?.storage) && !isMistyped(spec.requests)) {
    const message = 'is missing; add it: how large the volume of each server must be, such as "100Gi"';
    at.to('requests', 'storage').add('field-missing', message);
  }
  checkSize(spec.requests?.storage, at.to('requests', 'storage'));
  checkUnused(component, spec, at.to('requests', 'storage'));
  spec.storageVolumes?.forEach(({ storageSize }, index) => {
    checkSize(storageSize, at.to('storageVolumes', index, 'storageSize'));
  });
  if (componentIn(component)?.claims.areListed) checkClaims(spec, at.to('storageClaims'));
  if (spec.dataSubDir) checkInside(spec.dataSubDir, at.to('dataSubDir'));
}

/** Servers without a volume of their own for data get none by a request for it. */
function checkUnused(section: Section, { requests }: AnySpec, at: Field): void {
  const component = componentIn(section);
  if (component?.group === undefined || component.claims.data !== undefined || isAbsent(requests?.storage))
    return;
  const instead = component.claims.areListed ? '`storageClaims`' : '`storageVolumes`';
  const message = `has no effect, because ${component.title} has no volume by that; write its volumes in ${instead}, and remove it`;
  at.add('no-effect', message, 'key');
}

function checkClaims({ storageClaims }: AnySpec, at: Field): void {
  if (storageClaims?.length === 0) {
    at.add('field-missing', 'is empty; add an entry: the data volume of each server');
  }
  storageClaims?.forEach(({ resources }, index) => {
    const size = resources?.requests?.storage;
    checkSize(size, at.to(index, 'resources', 'requests', 'storage'));
    if (!isAbsent(size) || isMistyped(resources?.requests)) return;
    const message = 'is missing; add it: how large the volume must be, such as "100Gi"';
    at.to(index, 'resources', 'requests', 'storage').add('field-missing', message);
  });
}

function checkInside(path: string, at: Field): void {
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

function isAbsent(size: Amount | null | undefined): boolean {
  return size === undefined || size === null || size === '';
}

function checkSize(size: Amount | undefined, at: Field): void {
  if (size !== undefined && wholeUnits(size) === 0n) {
    at.add('quantity', `must be greater than 0, but is ${quote(size, at)}; write a size such as "100Gi"`);
  }
}

/** Where the name is mistyped, that is reported. */
function isMistyped(amounts: Amounts | undefined): boolean {
  return Object.keys(amounts ?? {}).some((name) => meantResource(name) === 'storage');
}
