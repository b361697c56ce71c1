import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { GROUP_COMPONENTS } from '../../src/components/index.ts';
import type { MapValue } from '../../src/yaml/index.ts';
import { GROUP_CRDS } from '../support/group-crds.ts';
import { created } from '../support/kubernetes-judge.ts';
import { readYaml, titleOf } from '../support/read-yaml.ts';
import { describeWith, KUBERNETES_JUDGE } from '../support/tools.ts';

const DIRECTORY = new URL('../../examples/', import.meta.url);

/** API groups of kinds that an API server does not have of itself. */
const OF_OTHERS =
  /^(?:argoproj\.io|builtin|cert-manager\.io|groups\.pingcap\.com|kpt\.dev|kustomize\.config\.k8s\.io|kustomize\.toolkit\.fluxcd\.io|monitoring\.coreos\.com|pingcap\.com|source\.toolkit\.fluxcd\.io)(?:\/|$)/;

/** Parts of resources that are somebody else's. */
const PATCHES = 'argocd/install/';

interface Found {
  readonly file: string;
  readonly resource: MapValue;
}

/** Every resource of the examples that an API server knows, as kubectl reads it. */
function resources(): Found[] {
  const files = readdirSync(DIRECTORY, { recursive: true, encoding: 'utf8' }).sort();
  return files
    .filter((file) => /\.(?:yaml|json)$/.test(file) && !file.startsWith(PATCHES))
    .flatMap((file) =>
      readYaml(readFileSync(new URL(file, DIRECTORY), 'utf8')).map((resource) => ({ file, resource })),
    )
    .filter(
      ({ resource }) => typeof resource.kind === 'string' && !OF_OTHERS.test(String(resource.apiVersion)),
    );
}

describeWith([KUBERNETES_JUDGE], 'an API server takes', () => {
  test('every resource of the examples', () => {
    const found = resources();
    const answers = created(found.map(({ resource }) => resource));
    const refused = found.flatMap(({ file, resource }, index) =>
      (answers[index]?.refused ?? []).map(
        ({ field, message }) => `${file}: ${titleOf(resource)}: ${field}: ${message}`,
      ),
    );
    expect(refused).toEqual([]);
    const kinds = new Set(found.map(({ resource }) => resource.kind));
    for (const kind of ['CustomResourceDefinition', 'StatefulSet', 'CronJob', 'ClusterRole']) {
      expect(kinds).toContain(kind);
    }
  });

  test('the CustomResourceDefinitions of the groups', () => {
    const definitions = readYaml(GROUP_CRDS);
    expect(definitions.map(({ kind }) => kind)).toEqual(
      GROUP_COMPONENTS.map(() => 'CustomResourceDefinition'),
    );
    expect(created(definitions).map(({ refused }) => refused)).toEqual(GROUP_COMPONENTS.map(() => undefined));
  });
});
