import { readFileSync } from 'node:fs';
import { type Servers, type System, systemOf } from '../../src/system/index.ts';
import { snapshot } from './plan.ts';

/** The system that manifests describe; they must be free of errors. */
export async function systemIn(...texts: readonly string[]): Promise<System> {
  return systemOf(await snapshot(texts.join('\n---\n')));
}

/** The system of `fixtures/systems/NAME.yaml`. */
export function systemNamed(name: string): Promise<System> {
  return systemIn(readFileSync(new URL(`../../fixtures/systems/${name}.yaml`, import.meta.url), 'utf8'));
}

/** The servers of that name and component, in any cluster. */
export function serversNamed({ clusters }: System, name: string, component: Servers['component']): Servers {
  const found = clusters
    .flatMap(({ servers }) => servers)
    .find((servers) => servers.name === name && servers.component === component);
  if (found === undefined) throw new Error(`there is no ${component} ${name}`);
  return found;
}
