import type { MapValue } from '../../src/yaml/index.ts';
import { readYaml } from './read-yaml.ts';
import type { Ran, Sandbox } from './sandbox.ts';

/** The function, as a kustomization's `transformers:` name it. */
export const EXPAND = transformer('');

/** `rest` is text to add to the function config. */
export function transformer(rest: string): string {
  return `apiVersion: groups.pingcap.com/v1alpha1
kind: ExpandTidbGroups
metadata:
  name: expand
  annotations:
    config.kubernetes.io/function: |
      exec:
        path: tidb-groups
${rest}`;
}

const WITH_FUNCTIONS = ['--enable-alpha-plugins', '--enable-exec'];

export function build(
  sandbox: Sandbox,
  kustomize: string,
  directory = '.',
  args: readonly string[] = [],
): Ran {
  return sandbox.run(kustomize, ['build', ...WITH_FUNCTIONS, ...args, directory]);
}

/** The resources of a build that must succeed. */
export function built(
  sandbox: Sandbox,
  kustomize: string,
  directory = '.',
  args: readonly string[] = [],
): MapValue[] {
  const { status, stdout, stderr } = build(sandbox, kustomize, directory, args);
  if (status !== 0) throw new Error(`kustomize build exited with ${status}: ${stderr}`);
  return readYaml(stdout);
}
