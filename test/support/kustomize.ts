import type { MapValue } from '../../src/yaml/index.ts';
import { readYaml } from './read-yaml.ts';
import { TRIES_ALL } from './runs.ts';
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
  flags: readonly string[] = WITH_FUNCTIONS,
): Ran {
  if (!TRIES_ALL) leaveOutSchemas(sandbox, directory);
  return sandbox.run(kustomize, ['build', ...flags, ...args, directory]);
}

/**
 * Version 4.5 spends half a second of each build on reading the schemas of Kubernetes, and version 5 a third of its time.
 * Only patches need them, so other builds get empty ones. With `FUZZ_RUNS=all` every build gets what users have.
 */
function leaveOutSchemas(sandbox: Sandbox, directory: string): void {
  const file = `${directory}/kustomization.yaml`;
  const text = sandbox.exists(file) ? sandbox.read(file) : 'openapi';
  if (/patch|openapi/i.test(text)) return;
  sandbox.write({
    [file]: `${text.replace(/(?<!\n)$/, '\n')}openapi: {path: openapi.json}\n`,
    [`${directory}/openapi.json`]: '{"definitions": {}}\n',
  });
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
