import type { TidbClusterSpec } from '../../api/index.ts';
import type { AnySpec, Component } from '../../components/index.ts';
import type { Reader } from '../../config/index.ts';
import type { Field } from '../../problem/index.ts';
import { checkConfigAgainstPod } from './config-against-pod.ts';
import { checkConfigNames } from './config-names.ts';
import { checkDataDirectories } from './data-directories.ts';
import { checkPrintedLogs } from './printed-logs.ts';
import { checkLabelsVariable, checkStoreLabelSyntax } from './store-label-syntax.ts';

/**
 * What a config means to the server and its pod; another check tells whether it can be read. `cluster` has the
 * component, and `at` is its section, or a group's spec.
 */
export function checkConfigOf(
  component: Component,
  cluster: TidbClusterSpec,
  reader: Reader,
  at: Field,
): void {
  const { name, configs } = component;
  const spec: AnySpec = cluster[name] ?? {};
  checkLabelsVariable(component, spec, at);
  const [part] = configs;
  const config = part.in(cluster);
  const written = config && { component, part, config, reader, at: at.to(...part.path) };
  if (written) {
    checkConfigNames(written);
    checkConfigAgainstPod(written, spec);
  }
  for (const one of configs) {
    const its = one.in(cluster);
    if (its) checkStoreLabelSyntax({ component, part: one, config: its, reader, at: at.to(...one.path) });
  }
  if (!written) return;
  checkDataDirectories(written, spec);
  checkPrintedLogs(written, spec);
}
