import { describe, expect, it } from 'vitest';
import { isSince, releaseOf, secondsOf, secondsOfDuration } from '../../src/expand/index.ts';

describe('a release is that of the tag', () => {
  it.each([
    ['pingcap/tikv:v8.5.7', [8, 5, 7], false],
    ['pingcap/tikv:8.5.7', [8, 5, 7], false],
    ['registry.local:5000/pingcap/tikv:v6.1.0', [6, 1, 0], false],
    ['pingcap/tikv:v9.0.0-beta.2', [9, 0, 0], true],
    ['pingcap/tikv:v9.0.0-beta.2.pre', [9, 0, 0], true],
    ['pingcap/tikv:v8.5.7-20250101-abcdef0', [8, 5, 7], false],
    ['pingcap/tikv:v8.5.7+build', [8, 5, 7], false],
    ['pingcap/tikv:v8.5.7@sha256:abc', [8, 5, 7], false],
  ] as const)('%s', (image, number, isPreview) => {
    expect(releaseOf(image)).toEqual({ number, isPreview });
  });

  it.each([
    'pingcap/tikv:nightly',
    'pingcap/tikv',
    'pingcap/tikv:v8.5',
    'registry:5000/tikv',
    'tikv@sha256:abc',
  ])('%s has none', (image) => expect(releaseOf(image)).toBeUndefined());

  it.each([
    ['v8.5.5', true],
    ['v8.5.4', false],
    ['v8.6.0', true],
    ['v9.0.0', true],
    ['v7.9.9', false],
  ])('%s is since v8.5.5: %s', (tag, is) => {
    const release = releaseOf(`tikv:${tag}`);
    expect(release && isSince(release, [8, 5, 5])).toBe(is);
  });
});

describe('a duration in seconds', () => {
  it.each([
    ['20s', 20],
    ['1m30s', 90],
    ['1h', 3600],
    ['1d', 86_400],
    ['500ms', 1],
    ['1.5s', 2],
    ['0s', 0],
    ['0', 0],
    ['1h2m3s4ms', 3724],
  ])('%s is %i', (text, seconds) => expect(secondsOf(text)).toBe(seconds));

  it.each(['', '20', 's', '20 s', '-20s', '20s ', '1m 30s', '20x'])('%j is none', (text) =>
    expect(secondsOf(text)).toBeUndefined(),
  );

  it.each([
    ['+1h30m', 5400],
    ['1h30m', 5400],
  ])('%s of the API is %i', (text, seconds) => expect(secondsOfDuration(text)).toBe(seconds));

  it('takes no longer for a text that is longer', () => {
    const started = performance.now();
    expect(secondsOf(`${'1'.repeat(200_000)}x`)).toBeUndefined();
    expect(secondsOf('1s'.repeat(100_000))).toBe(100_000);
    expect(performance.now() - started).toBeLessThan(2000);
  });
});
