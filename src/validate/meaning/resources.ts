import { type Amount, type Amounts, isMore } from '../../api/index.ts';
import { type AnyResources, type AnySpec, componentIn, type Section } from '../../components/index.ts';
import type { Field } from '../../problem/index.ts';
import { quote } from '../structure/written.ts';
import { checkAmounts } from './amounts.ts';

/** Containers may only use resources that exist, and requests must be within limits. */
export function checkResources(component: Section, spec: AnySpec, at: Field): void {
  checkRequests(spec, spec, at);
  for (const field of ['logTailer', 'slowLogTailer', 'initializer'] as const) {
    const own = spec[field];
    if (own) checkRequests(own, own, at.to(field));
  }
  spec.additionalContainers?.forEach(({ name, resources }, index) => {
    if (!resources) return;
    const { requests, limits } = generated(component, spec, name);
    const merged = {
      requests: { ...requests, ...resources.requests },
      limits: { ...limits, ...resources.limits },
    };
    checkRequests(merged, resources, at.to('additionalContainers', index, 'resources'));
  });
  spec.initContainers?.forEach(({ resources }, index) => {
    if (resources) checkRequests(resources, resources, at.to('initContainers', index, 'resources'));
  });
}

/** What the generated container has that an additional one of this name is merged into. */
function generated(component: Section, spec: AnySpec, name: string): AnyResources {
  if (name === component) return spec;
  if (name === 'raftlog' || name === 'rocksdblog' || isPrintedLog(component, name))
    return spec.logTailer ?? {};
  return name === 'slowlog' ? (spec.slowLogTailer ?? {}) : {};
}

function isPrintedLog(component: Section, name: string): boolean {
  const prints = componentIn(component)?.printedLogs !== undefined;
  return prints && ['clusterlog', 'errorlog', 'serverlog'].includes(name);
}

/** `own` is as much of it as was written at this place; the rest is reported where that was. */
function checkRequests({ requests, limits }: AnyResources, own: AnyResources, at: Field): void {
  for (const list of ['requests', 'limits'] as const) checkAmounts(own[list], at.to(list));
  for (const name of Object.keys(limits ?? {})) {
    const request = amountOf(requests, name);
    const limit = amountOf(limits, name);
    // The limit of a TiKV's storage is the capacity that it reports, and may be below the size of its volume.
    if (name === 'storage' || request === undefined || limit === undefined || !isMore(request, limit))
      continue;
    const field = (['requests', 'limits'] as const).find((list) => amountOf(own[list], name) !== undefined);
    if (field === undefined) continue;
    const amounts = `the request ${quote(request, at.to('requests', name))} is more than the limit ${quote(limit, at.to('limits', name))}`;
    const message = `must keep the request within the limit, but ${amounts}; lower the request or raise the limit`;
    at.to(field, name).add('request-over-limit', message);
  }
}

function amountOf(amounts: Amounts | undefined, name: string): Amount | undefined {
  return amounts && Object.hasOwn(amounts, name) ? (amounts[name] ?? undefined) : undefined;
}
