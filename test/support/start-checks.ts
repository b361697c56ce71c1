import { expect } from 'vitest';
import type { ComponentName } from '../../src/api/index.ts';
import { byName } from '../../src/components/index.ts';
import type { Started } from './start.ts';

/** The environment of a store with labels. */
export const STORE_LABELS = { env: [{ name: 'STORE_LABELS', value: 'zone=a,host=b' }] };

/** The labels of a store are its last argument, and without any there is none of it. */
export function expectStoreLabels(labeled: Started, plain: Started): void {
  expect([labeled.errors, plain.errors]).toEqual(['', '']);
  expect(labeled.argv?.slice(-2)).toEqual(['--labels', 'zone=a,host=b']);
  expect(plain.argv).not.toContain('--labels');
}

/** The flags that a config is checked against are all there. */
export function expectFlags(component: ComponentName, { argv = [], errors }: Started): void {
  expect(errors).toBe('');
  for (const { flag, values } of Object.values(byName[component].configFacts?.flags({}) ?? {})) {
    const given = argv.find((argument) => argument.startsWith(`${flag}=`));
    expect([component, flag, given !== undefined]).toEqual([component, flag, true]);
    if (values) expect(values).toContain(given?.slice(flag.length + 1));
  }
}

/** The container is held open, as the annotation `runmode` says, and no server is started. */
export function expectHeldOpen({ argv, output }: Started): void {
  expect(argv).toBeUndefined();
  expect(output).toMatch(/^runmode is debug: .*\ntail -f \/dev\/null$/);
}
