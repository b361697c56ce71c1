import { type Amount, type Amounts, isMore, wholeUnits } from '../../api/index.ts';
import type { Field } from '../../problem/index.ts';
import { FORMATS } from '../structure/formats.ts';
import { show } from '../structure/show.ts';
import { quote } from '../structure/written.ts';

export interface ContainerResources {
  readonly claims?: readonly { readonly name: string }[];
  readonly limits?: Amounts;
  readonly requests?: Amounts;
}

/** Claims of devices must be declared by the pod, which no field of a TidbCluster or a group does. */
export function checkDeviceClaims({ claims }: ContainerResources, at: Field): void {
  if (!claims?.length) return;
  const message =
    'cannot work: no field declares the resource claims of a pod, so Kubernetes refuses the pod or drops this, and Argo CD never reports Synced; remove it';
  at.to('claims').add('resource-claim', message, 'key');
}

const HUGE_PAGES = 'hugepages-';

/** Whether Kubernetes assigns the resource exclusively and in whole units: devices and huge pages. */
function isExclusive(name: string): boolean {
  return name.startsWith(HUGE_PAGES) || (name.includes('/') && !name.includes('kubernetes.io/'));
}

/** Of exclusive resources a container gets exactly what it asks for. `own` is what was written at this place. */
export function checkExclusive(all: ContainerResources, own: ContainerResources, at: Field): void {
  const [limits, requests] = [new Map(amountsIn(all.limits)), new Map(amountsIn(all.requests))];
  for (const list of ['limits', 'requests'] as const) {
    for (const [name, amount] of amountsIn(own[list])) {
      if (!isExclusive(name)) continue;
      const here = at.to(list, name);
      if (!isNamedRight(name, here)) continue;
      checkPieces(name, amount, here);
      if (list === 'requests') checkEqual(name, amount, limits.get(name), at);
    }
  }
  if (['cpu', 'memory'].some((name) => limits.has(name) || requests.has(name))) return;
  for (const list of ['limits', 'requests'] as const) {
    const pages = amountsIn(own[list]).find(([name]) => name.startsWith(HUGE_PAGES));
    if (pages === undefined) continue;
    at.to(list, pages[0]).add('field-missing', 'requires `cpu` or `memory`; add one of them', 'key');
    return;
  }
}

function amountsIn(amounts: Amounts | undefined): [string, Amount][] {
  return Object.entries(amounts ?? {}).filter(([, amount]) => amount !== null && amount !== '');
}

function isNamedRight(name: string, at: Field): boolean {
  const rule = FORMATS['label-key'];
  if (name.startsWith(HUGE_PAGES)) {
    const size = wholeUnits(name.slice(HUGE_PAGES.length)) ?? 0n;
    if (size > 0n && rule?.matches(name)) return true;
    at.add('field-unknown', 'must name a page size, such as `hugepages-2Mi`; write that', 'key');
    return false;
  }
  // Kubernetes puts this before the name where it counts quotas, and takes it for no resource's own.
  if (!name.startsWith('requests.') && rule?.matches(name) && rule.matches(`requests.${name}`)) return true;
  at.add('field-unknown', 'is not a resource name; write one such as `example.com/gpu`', 'key');
  return false;
}

function checkPieces(name: string, amount: Amount, at: Field): void {
  const whole = wholeUnits(amount);
  const page = name.startsWith(HUGE_PAGES) ? (wholeUnits(name.slice(HUGE_PAGES.length)) ?? 1n) : 1n;
  if (whole !== undefined && whole % page === 0n) return;
  const unit = page === 1n ? 'a whole number' : `a multiple of ${name.slice(HUGE_PAGES.length)}`;
  at.add('quantity', `must be ${unit}, but ${quote(amount, at)} is not`);
}

function checkEqual(name: string, request: Amount, limit: Amount | undefined, at: Field): void {
  const here = at.to('requests', name);
  if (limit === undefined) {
    const message = `must be in \`limits\` too, because Kubernetes does not overcommit ${show(name)}; add it there`;
    here.add('field-missing', message);
  } else if (isMore(limit, request)) {
    const message = `must equal the limit, ${quote(limit, at.to('limits', name))}, but is ${quote(request, here)}; write the same in both`;
    here.add('request-over-limit', message);
  }
}

/** In a component's own amounts `storage` is the size of its volume; a container has no such resource. */
export function checkNoStorage({ limits, requests }: ContainerResources, at: Field): void {
  for (const [list, amounts] of Object.entries({ limits, requests })) {
    if (!amountsIn(amounts).some(([name]) => name === 'storage')) continue;
    const message = 'is not a resource of containers; write `ephemeral-storage`, or remove it';
    at.to(list, 'storage').add('field-unknown', message, 'key');
  }
}
