import { expect } from 'vitest';
import type { ComponentName } from '../../src/api/index.ts';
import { byName } from '../../src/components/index.ts';
import type { Started } from './start.ts';

/** The environment of a store with labels. */
export const STORE_LABELS = { env: [{ name: 'STORE_LABELS', value: 'zone=a,host=b' }] };

/** The labels of a store are its last argument. Without labels that argument is missing. */
export function expectStoreLabels(labeled: Started, plain: Started): void {
  expect([labeled.errors, plain.errors]).toEqual(['', '']);
  expect(labeled.argv?.slice(-2)).toEqual(['--labels', 'zone=a,host=b']);
  expect(plain.argv).not.toContain('--labels');
}

/** Checks that all flags that a config is validated against exist. */
export function expectFlags(component: ComponentName, { argv = [], errors }: Started): void {
  expect(errors).toBe('');
  for (const { flag, values } of Object.values(byName[component].configFacts?.flags({}) ?? {})) {
    const given = argv.find((argument) => argument.startsWith(`${flag}=`));
    expect([component, flag, given !== undefined]).toEqual([component, flag, true]);
    if (values) expect(values).toContain(given?.slice(flag.length + 1));
  }
}

/** Checks that the container stays up without a server, as the annotation `runmode` says. */
export function expectHeldOpen({ argv, output }: Started): void {
  expect(argv).toBeUndefined();
  expect(output).toMatch(/^runmode is debug: .*\ntail -f \/dev\/null$/);
}
