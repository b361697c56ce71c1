import { readFileSync } from 'node:fs';
import { brotliDecompressSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { EXECUTABLE } from '../support/sandbox.ts';

/** Texts that stand in one file of the source each, which a run that makes workloads has no use for. */
const OF_OTHERS = [
  ['what makes a TidbCluster of groups', 'and both become one TidbCluster'],
  ['what makes groups of a TidbCluster', 'cannot be a group; keep'],
  ['what draws a system', 'classDef absent stroke-dasharray'],
  ['what lists a system', 'DIFFERS FROM THE BASE IN'],
  ['what checks by schemas of others', 'and Kubernetes drops it'],
  ['the validator for them', 'strict mode: '],
  ['their patterns', 'RE2JSException'],
  ['what a system is', 'timestamps, routing'],
  ['which config keys a running server takes', 'ratio-threshold batch-keys'],
  ['what is generated into pods, for the checks of these', 'pump-tls'],
  ['what makes Certificates', 'rotationPolicy'],
  ['what makes NetworkPolicies', 'kubernetes.io/metadata.name'],
] as const;

/** The texts in the comment of the executable: the part that runs first, and all others. */
function packed(): readonly [core: string, others: string] {
  const [core = '', others = ''] = readFileSync(EXECUTABLE, 'latin1').split('\n').slice(-4);
  return [unpacked(core), unpacked(others)];
}

function unpacked(text: string): string {
  return brotliDecompressSync(Buffer.from(text, 'base64')).toString('latin1');
}

test('a run that makes workloads compiles nothing of what is for TiDB Operator, or to look at', () => {
  const [core, others] = packed();
  for (const [what, text] of OF_OTHERS) {
    expect({ what, core: core.includes(text), others: others.includes(text) }).toEqual({
      what,
      core: false,
      others: true,
    });
  }
});
