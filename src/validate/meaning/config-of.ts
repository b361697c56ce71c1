import type { Config } from '../../api/index.ts';
import type { Reader } from '../../config/index.ts';
import type { At } from './at.ts';
import { checkConfigAgainstPod } from './config-against-pod.ts';
import { checkConfigNames } from './config-names.ts';
import type { ServerSpec } from './server-spec.ts';
import { checkStoreLabelSyntax } from './store-label-syntax.ts';

/** What a config means to the server and its pod; whether it can be read at all is asked elsewhere. */
export function checkConfigOf(
  component: 'pd' | 'tidb' | 'tikv',
  spec: ServerSpec & { readonly config?: Config },
  reader: Reader,
  at: At,
): void {
  const { config } = spec;
  checkConfigNames(component, config, reader, at.to('config'));
  checkConfigAgainstPod(component, config, reader, spec, at.to('config'));
  if (component === 'tikv') checkStoreLabelSyntax(spec, reader, at);
}
