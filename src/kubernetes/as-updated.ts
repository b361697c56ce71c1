import { isMap, type MapValue, mapAt, type Value, valueAt } from '../yaml/index.ts';
import { asCreated, type WriteAmount } from './as-created.ts';
import { serviceAfter } from './service.ts';

/**
 * A resource as the API server stores it when it is applied over an earlier state of it: as it would be created, and with
 * what the API server has given it and keeps.
 */
export function asUpdated(old: MapValue, now: MapValue, write?: WriteAmount): MapValue {
  switch (now.kind) {
    case 'Service':
      return serviceAfter(old, now);
    case 'Job':
    case 'StatefulSet':
      return asCreated(withServiceAccount(old, withFilledIn(now.kind, old, now)), write);
    default:
      return asCreated(now, write);
  }
}

/**
 * Defaults that look at their neighbors. Nobody owns a value that was filled in once, so applying does not remove it,
 * even if the other fields have changed.
 */
const FILLED_IN = {
  Job: [
    ['spec', 'completions'],
    ['spec', 'parallelism'],
  ],
  StatefulSet: [['spec', 'updateStrategy', 'rollingUpdate']],
};

function withFilledIn(kind: keyof typeof FILLED_IN, old: MapValue, now: MapValue): MapValue {
  const isWritten = (path: readonly string[]) =>
    [old, now].some((side) => (valueAt(side, ...path) ?? null) !== null);
  const missing = FILLED_IN[kind].filter((path) => !isWritten(path));
  if (missing.length === 0) return now;
  const stored = asCreated(old);
  return missing.reduce((whole, path) => withValue(whole, path, valueAt(stored, ...path)), now);
}

/**
 * The name of a service account is in two fields, of which the API server fills in the one that is not written. Where it
 * is told another way, or no longer, the one that it has filled in stays and counts.
 */
function withServiceAccount(old: MapValue, now: MapValue): MapValue {
  const pod = ['spec', 'template', 'spec'];
  const [before, after] = [mapAt(old, ...pod), mapAt(now, ...pod)];
  const [name, alias] = [before.serviceAccountName || undefined, before.serviceAccount || undefined];
  if (after.serviceAccountName || (name !== undefined && alias !== undefined)) return now;
  const kept = alias ?? (after.serviceAccount ? undefined : name);
  return withValue(now, [...pod, 'serviceAccountName'], kept);
}

function withValue(
  map: MapValue,
  [step = '', ...rest]: readonly string[],
  value: Value | undefined,
): MapValue {
  if (value === undefined) return map;
  const inner = map[step];
  return { ...map, [step]: rest.length === 0 ? value : withValue(isMap(inner) ? inner : {}, rest, value) };
}
