import { expect } from 'vitest';

/**
 * kpt-functions' TestRunner was written for jasmine; this is the part of jasmine's `expectAsync` that it calls, on
 * vitest's `expect`.
 */
export function offerExpectAsync(): void {
  Object.assign(globalThis, {
    expect,
    expectAsync: (promise: Promise<unknown>) => ({
      toBeResolved: () => expect(promise).resolves.toBeUndefined(),
      toBeRejectedWithError: async (type: new () => Error, message?: string | RegExp) => {
        const error = await promise.then(
          () => undefined,
          (reason: unknown) => reason,
        );
        expect(error).toBeInstanceOf(typeof type === 'function' ? type : Error);
        if (message !== undefined) expect(String(error)).toMatch(message);
      },
    }),
  });
}
