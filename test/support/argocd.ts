import { readFileSync } from 'node:fs';
import { parse } from 'yaml';

export interface Plugin {
  readonly metadata: { readonly name: string };
  readonly spec: {
    readonly generate: { readonly command: readonly string[] };
    readonly parameters: { readonly static: readonly { readonly name: string; readonly string: string }[] };
  };
}

export const PLUGIN: Plugin = parse(readArgocdExample('plugin/plugin.yaml'));

/** The script that the plugin runs, and its path in the image. */
export const SCRIPT = {
  text: readArgocdExample('plugin/generate.sh'),
  path: PLUGIN.spec.generate.command.at(-1) ?? '',
};

/** The environment that the repo-server gives a plugin: the Application, and its parameters in both forms. */
export function environment(set: Readonly<Record<string, string>>): Record<string, string> {
  const announced = Object.entries(set).map(([name, string]) => ({ name, string }));
  return {
    ARGOCD_APP_NAME: 'tidb-prod',
    ARGOCD_APP_NAMESPACE: 'tidb-prod',
    ARGOCD_APP_PROJECT_NAME: 'default',
    ARGOCD_APP_REVISION: '4f9c1d0c2b7f4b51b36a80ec0c7f52f2a9a4c0de',
    ARGOCD_APP_REVISION_SHORT: '4f9c1d0',
    ARGOCD_APP_REVISION_SHORT_8: '4f9c1d0c',
    ARGOCD_APP_SOURCE_PATH: '.',
    ARGOCD_APP_SOURCE_REPO_URL: 'https://git.example/platform/tidb.git',
    ARGOCD_APP_SOURCE_TARGET_REVISION: 'main',
    KUBE_VERSION: '1.33.0',
    KUBE_API_VERSIONS: 'v1,apps/v1',
    ARGOCD_APP_PARAMETERS: JSON.stringify(announced),
    ...Object.fromEntries(announced.map(({ name, string }) => [`PARAM_${name.toUpperCase()}`, string])),
  };
}

export function readArgocdExample(file: string): string {
  return readFileSync(new URL(`../../examples/argocd/${file}`, import.meta.url), 'utf8');
}
