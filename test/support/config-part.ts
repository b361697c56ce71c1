import { COMPONENTS } from '../../src/components/index.ts';
import type { ConfigName, ConfigPart } from '../../src/config/index.ts';

/** A component's config by whose keys it has. */
export function configPart(name: ConfigName): ConfigPart {
  const part = COMPONENTS.flatMap(({ configs }) => configs).find((candidate) => candidate.name === name);
  if (part === undefined) throw new Error(`no component has the config "${name}"`);
  return part;
}
