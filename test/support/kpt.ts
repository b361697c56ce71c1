import type { Ran, Sandbox } from './sandbox.ts';

/** A package whose pipeline is the function; `rest` is text to add to its entry in the pipeline. */
export function kptfile(name: string, rest = ''): string {
  return `apiVersion: kpt.dev/v1
kind: Kptfile
metadata:
  name: ${name}
pipeline:
  mutators:
  - exec: tidb-groups
${rest}`;
}

/** A package without a pipeline. */
export function subPackage(name: string): string {
  return `apiVersion: kpt.dev/v1\nkind: Kptfile\nmetadata:\n  name: ${name}\n`;
}

/** Renders the package in `package`; results are written to `results`. */
export function renderPackage(sandbox: Sandbox, kpt: string): Ran {
  return sandbox.run(kpt, ['fn', 'render', '--allow-exec', '--results-dir', 'results', 'package']);
}

/** The files of the package after a render that must succeed. */
export function rendered(sandbox: Sandbox, kpt: string): Record<string, string> {
  const { status, stderr } = renderPackage(sandbox, kpt);
  if (status !== 0) throw new Error(`kpt fn render exited with ${status}: ${stderr}`);
  return sandbox.files('package');
}
