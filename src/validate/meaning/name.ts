import { byKind, byName, isComponentName, isGroupKind, SECTIONS } from '../../components/index.ts';
import { Field, type Origin, type Problems } from '../../problem/index.ts';
import { isMap, type MapValue } from '../../yaml/index.ts';
import { show } from '../structure/show.ts';

/** Kubernetes labels each pod of a StatefulSet with the set's name, a dash and a hash of up to ten characters. */
const SET_LENGTH = 63 - 11;

/** The names of generated resources begin with the name of the group, which must leave room for their endings. */
export function checkName(object: MapValue, origin: Origin, problems: Problems): void {
  const { kind } = origin.id;
  // What is no map or no text is reported with the structure.
  if (!isMap(object.metadata)) return;
  checkNamespace(object.metadata, origin, problems);
  const name = object.metadata.name ?? '';
  if (typeof name !== 'string') return;
  const at = new Field(origin, problems, ['metadata', 'name']);
  if (name === '') {
    at.add('field-missing', `is missing; add it: the name of the ${kind}`);
  } else if (!/^[a-z]([a-z0-9-]*[a-z0-9])?$/.test(name)) {
    const rule = 'lowercase letters, digits and dashes, beginning with a letter and not ending with a dash';
    at.add('name-not-dns', `must be a DNS label, but ${show(name)} is not: ${rule}; rename the ${kind}`);
  } else {
    checkLength(name, longestComponent(object, kind), kind, at);
  }
}

/** No namespace of another form exists, so nothing could be applied. */
function checkNamespace({ namespace }: MapValue, origin: Origin, problems: Problems): void {
  if (typeof namespace !== 'string' || namespace === '') return;
  if (namespace.length <= 63 && /^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/.test(namespace)) return;
  const rule =
    'at most 63 lowercase letters, digits and dashes, beginning and ending with a letter or a digit';
  const message = `must be a DNS label, but ${show(namespace)} is not: ${rule}; write the name of the namespace`;
  new Field(origin, problems, ['metadata', 'namespace']).add('name-not-dns', message);
}

function checkLength(name: string, component: string, kind: string, at: Field): void {
  const set = `${name}-${component}`;
  if (set.length <= SET_LENGTH) return;
  const longest = SET_LENGTH - component.length - 1;
  const message = `must have at most ${longest} characters, but has ${name.length}: the StatefulSet would be called ${show(set)}, and Kubernetes derives labels from that; use a shorter name for the ${kind}`;
  at.add('name-too-long', message);
}

function longestComponent({ spec }: MapValue, kind: string): string {
  if (isGroupKind(kind)) return byKind[kind].name;
  const there = SECTIONS.filter((section) => isComponentName(section) && isMap(spec) && isMap(spec[section]));
  return there.reduce<string>(
    (longest, one) => (one.length > longest.length ? one : longest),
    byName.pd.name,
  );
}
