import { COMPONENTS } from '../../src/components/index.ts';
import type { ConfigName, ConfigPart } from '../../src/config/index.ts';

/** The config with that name. Throws if no component has it. */
export function configPart(name: ConfigName): ConfigPart {
  const part = COMPONENTS.flatMap(({ configs }) => configs).find((candidate) => candidate.name === name);
  if (part === undefined) throw new Error(`no component has the config "${name}"`);
  return part;
}
