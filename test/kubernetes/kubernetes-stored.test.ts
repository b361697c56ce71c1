import fc from 'fast-check';
import { expect, test } from 'vitest';
import { asCreated } from '../../src/kubernetes/index.ts';
import { isMap, type MapValue, textAt, type Value } from '../../src/yaml/index.ts';
import { created } from '../support/kubernetes-judge.ts';
import { anyOf } from '../support/kubernetes-values.ts';
import { runs } from '../support/runs.ts';
import { describeWith, KUBERNETES_JUDGE } from '../support/tools.ts';

/** What Kubernetes hands out: it stands in what is stored, and in no file. */
const HANDED_OUT: readonly (readonly [apiVersion: string, kind: string, handedOut: RegExp])[] = [
  ['apps/v1', 'StatefulSet', /^spec\.volumeClaimTemplates\[\d+\]\.status$/],
  ['v1', 'Service', /^spec\.(?:clusterIPs?|ipFamilies)$/],
  ['v1', 'ConfigMap', /^$/],
  ['v1', 'PersistentVolumeClaim', /^$/],
  ['policy/v1', 'PodDisruptionBudget', /^$/],
  ['batch/v1', 'Job', /^(?:metadata\.labels|spec\.selector|spec\.template\.metadata\.labels)\b/],
];

const METADATA: MapValue = { name: 'a', namespace: 'b' };

describeWith([KUBERNETES_JUDGE], 'what is stored', () => {
  test.each(HANDED_OUT)('is known of any %s %s', (apiVersion, kind, handedOut) => {
    const resources = fc.sample(anyOf(kind, 8), { numRuns: runs(1000), seed: 1 }).map((value): MapValue => {
      return { ...value, apiVersion, kind, metadata: METADATA };
    });
    const found = created(resources).flatMap(({ stored, refused }, index) => {
      const resource = resources[index] ?? {};
      // Such a Service loses a field when it is read again.
      if (refused !== undefined && textAt(resource, 'spec', 'type') === 'ExternalName') return [];
      return differences('', JSON.parse(JSON.stringify(asCreated(resource))), stored).filter(
        (path) => !handedOut.test(path),
      );
    });
    expect(found).toEqual([]);
  });
});

/** The paths at which a value is not the same as another. A required field without a value has an empty one there. */
function differences(path: string, ours: Value | undefined, theirs: Value | undefined): string[] {
  if (ours === undefined && theirs === null) return [];
  if (Array.isArray(ours) && Array.isArray(theirs) && ours.length === theirs.length) {
    return ours.flatMap((item, index) => differences(`${path}[${index}]`, item, theirs[index]));
  }
  if (isMap(ours) && isMap(theirs)) {
    const names = [...new Set([...Object.keys(ours), ...Object.keys(theirs)])];
    return names.flatMap((name) =>
      differences(path === '' ? name : `${path}.${name}`, ours[name], theirs[name]),
    );
  }
  return ours === theirs ? [] : [path];
}
