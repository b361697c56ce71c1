import type { TidbClusterSpec } from '../../api/index.ts';
import type { AnySpec, Component } from '../../components/index.ts';
import type { Reader } from '../../config/index.ts';
import type { At } from './at.ts';
import { checkConfigAgainstPod } from './config-against-pod.ts';
import { checkConfigNames } from './config-names.ts';
import { checkStoreLabelSyntax } from './store-label-syntax.ts';

/** What a config means to the server and its pod; whether it can be read at all is asked elsewhere. */
export function checkConfigOf(
  component: Component,
  cluster: TidbClusterSpec,
  spec: AnySpec,
  reader: Reader,
  at: At,
): void {
  if (component.configFacts === undefined) return;
  const config = component.configs[0].in(cluster);
  checkConfigNames(component, config, reader, at.to('config'));
  checkConfigAgainstPod(component, config, reader, spec, at.to('config'));
  if (component.keeps === 'regions') checkStoreLabelSyntax(spec, config, reader, at);
}
