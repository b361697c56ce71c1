import { isMap, type MapValue, type Value } from '../yaml/index.ts';

/** What a kustomization makes of a file that it names, and that is no resource by itself. */
export interface NamedFile {
  /** As the kustomization writes it. */
  readonly path: string;
  /** `a patch`. */
  readonly as: string;
}

const LISTS: readonly (readonly [field: string, as: string])[] = [
  ['patches', 'a patch'],
  ['patchesStrategicMerge', 'a patch'],
  ['patchesJson6902', 'a patch'],
  ['replacements', 'replacements'],
  ['configurations', 'configuration'],
];

const GENERATORS = ['configMapGenerator', 'secretGenerator'];

/** The files that a kustomization names as something else than resources; it may name one as a resource, too. */
export function filesOfKustomization(kustomization: MapValue): NamedFile[] {
  const resources = ['resources', 'components', 'generators', 'transformers', 'validators'].flatMap((field) =>
    textsIn(kustomization[field]),
  );
  const lists = LISTS.flatMap(([field, as]) =>
    listIn(kustomization[field]).flatMap((entry) =>
      textsIn([isMap(entry) ? entry.path : entry]).map((path) => ({ path, as })),
    ),
  );
  const generated = GENERATORS.flatMap((field) => listIn(kustomization[field])).flatMap((entry) => {
    const { files, envs, env } = isMap(entry) ? entry : {};
    const paths = [...textsIn(files), ...textsIn(envs), ...textsIn([env])];
    // `key=path`, or only a path.
    return paths.map((path) => ({ path: path.slice(path.indexOf('=') + 1), as: 'the data of a generator' }));
  });
  const values = listIn(kustomization.helmCharts).flatMap((entry) => {
    const { valuesFile, additionalValuesFiles } = isMap(entry) ? entry : {};
    return [...textsIn([valuesFile]), ...textsIn(additionalValuesFiles)];
  });
  const { path: openapi } = isMap(kustomization.openapi) ? kustomization.openapi : {};
  const others = [
    ...values.map((path) => ({ path, as: 'the values of a Helm chart' })),
    ...textsIn([openapi]).map((path) => ({ path, as: 'a schema' })),
  ];
  return [...lists, ...generated, ...others].filter(
    ({ path }) => !path.includes('\n') && !resources.includes(path),
  );
}

function listIn(value: Value | undefined): readonly Value[] {
  return Array.isArray(value) ? value : [];
}

function textsIn(value: Value | undefined | readonly (Value | undefined)[]): string[] {
  return Array.isArray(value) ? value.filter((entry) => typeof entry === 'string') : [];
}
