import { CONFIG_API_VERSION, CONFIG_KIND, RENDERED } from '../api/index.ts';
import { FUNCTION, KUSTOMIZE, LOCAL_CONFIG } from '../krm/index.ts';
import type { MapValue } from '../yaml/index.ts';
import { writeMap } from '../yaml-write/index.ts';

/** What runs the function. */
export type Tool = 'kustomize' | 'kpt';

export const TOOLS: readonly Tool[] = ['kustomize', 'kpt'];

/** What a directory starts with. */
export interface Start {
  readonly tool: Tool;
  /** The name of the TidbCluster. */
  readonly cluster: string;
  /** The names of the files with resources. */
  readonly resources: readonly string[];
}

/** The files beside those with resources: what has the tool run the function. */
export function startingFiles({ tool, cluster, resources }: Start): Map<string, string> {
  return new Map(tool === 'kpt' ? kptFiles(cluster) : kustomizeFiles(cluster, resources));
}

type File = readonly [name: string, text: string];

/** Neither kustomize nor kpt brings these resources into a cluster. */
const LOCAL: MapValue = { [LOCAL_CONFIG]: 'true' };

const CONFIG = 'expand-tidb-groups';
const CONFIG_FILE = `${CONFIG}.yaml`;

function kptFiles(cluster: string): File[] {
  const kptfile = {
    apiVersion: 'kpt.dev/v1',
    kind: 'Kptfile',
    metadata: { name: cluster, annotations: LOCAL },
    info: { description: `TidbCluster ${cluster} and its groups.` },
    pipeline: { mutators: [{ exec: 'tidb-groups', configPath: CONFIG_FILE }] },
  };
  return [
    ['Kptfile', `# Render with: kpt fn render --allow-exec\n${writeMap(kptfile)}`],
    [CONFIG_FILE, config({})],
  ];
}

const GUARD = 'fail-unless-expanded';
const GUARD_FILE = `${GUARD}.yaml`;

function kustomizeFiles(cluster: string, resources: readonly string[]): File[] {
  const kustomization = {
    apiVersion: `${KUSTOMIZE}v1beta1`,
    kind: 'Kustomization',
    resources: [...resources],
  };
  const transformers = { transformers: [CONFIG_FILE, GUARD_FILE] };
  const head = '# Build with: kustomize build --enable-alpha-plugins --enable-exec\n';
  const outermost = '# With an overlay, move these into it: they belong in the outermost kustomization.\n';
  const exec = { [FUNCTION]: 'exec:\n  path: tidb-groups\n' };
  return [
    ['kustomization.yaml', `${head}${writeMap(kustomization)}${outermost}${writeMap(transformers)}`],
    [CONFIG_FILE, config(exec)],
    [GUARD_FILE, guard(cluster)],
  ];
}

function config(annotations: MapValue): string {
  const map = {
    apiVersion: CONFIG_API_VERSION,
    kind: CONFIG_KIND,
    metadata: { name: CONFIG, annotations: { ...LOCAL, ...annotations } },
  };
  return `# Runs tidb-groups, which must be in the PATH. Settings go into a field "spec".\n${writeMap(map)}`;
}

/** Copies an annotation of the TidbCluster onto itself, which fails where it is missing. */
function guard(cluster: string): string {
  const select = { kind: 'TidbCluster', name: cluster };
  const field = `metadata.annotations.[${RENDERED}]`;
  const map = {
    apiVersion: 'builtin',
    kind: 'ReplacementTransformer',
    metadata: { name: GUARD, annotations: LOCAL },
    replacements: [{ source: { ...select, fieldPath: field }, targets: [{ select, fieldPaths: [field] }] }],
  };
  const why =
    '# Without --enable-exec kustomize skips tidb-groups silently. This makes the build fail: only tidb-groups writes the\n' +
    '# annotation that is looked for here.\n';
  return `${why}${writeMap(map)}`;
}
