import type { Config } from '../../api/index.ts';
import type { At } from './at.ts';
import { checkConfigAgainstPod } from './config-against-pod.ts';
import { checkConfigNames } from './config-names.ts';
import type { Component, ServerSpec } from './server-spec.ts';
import { checkStoreLabelSyntax } from './store-label-syntax.ts';

/** What a config means to the server and its pod; whether it can be read at all is asked elsewhere. */
export function checkConfigOf(
  component: Component,
  spec: ServerSpec & { readonly config?: Config },
  at: At,
): void {
  const { config } = spec;
  checkConfigNames(component, config, at.to('config'));
  checkConfigAgainstPod(component, config, spec, at.to('config'));
  if (component === 'tikv') checkStoreLabelSyntax(spec, at);
}
