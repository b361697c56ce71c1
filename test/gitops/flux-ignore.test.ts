import { expect, test } from 'vitest';
import { readProject } from '../support/ci.ts';
import { at, readYaml } from '../support/read-yaml.ts';

test('the rule for Flux names one StatefulSet of SQL servers, which has the field that it ignores', () => {
  const [, kustomization] = readYaml(readProject('examples/flux/autoscaled.yaml'));
  const target = at(kustomization, 'spec', 'ignore', 0, 'target');
  expect(at(kustomization, 'spec', 'ignore', 0, 'paths')).toEqual(['/spec/replicas']);
  const named = readYaml(readProject('examples/kustomize/expected/prod.yaml')).filter(
    (resource) =>
      at(resource, 'metadata', 'name') === at(target, 'name') && resource.kind === at(target, 'kind'),
  );
  expect(named).toHaveLength(1);
  expect(named[0]?.apiVersion).toBe(`${at(target, 'group')}/${at(target, 'version')}`);
  expect(at(named[0], 'spec', 'replicas')).toBeGreaterThan(0);
  expect(at(named[0], 'metadata', 'annotations', 'groups.pingcap.com/generated-by')).toMatch(/^TiDBGroup\//);
});
