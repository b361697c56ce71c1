import { spawnSync } from 'node:child_process';
import type { MapValue } from '../../src/yaml/index.ts';
import { PROMETHEUS_JUDGE, PROMETHEUS_OPERATOR_JUDGE, type Tool } from './tools.ts';

/** What Prometheus would scrape. */
export interface Target {
  readonly url: string;
  /** Those that all of its metrics have. */
  readonly labels: { readonly [name: string]: string };
  /** The files of the certificates, or what they are taken from; `none`. */
  readonly certificates: string;
  readonly honorLabels: boolean;
  /** In seconds. */
  readonly interval: number;
}

export interface Scraped {
  /** Why the configuration cannot be loaded. */
  readonly refused?: string;
  readonly targets: readonly Target[];
}

/** What each configuration finds among its pods. */
export function scraped(
  questions: readonly { readonly config: string; readonly pods: readonly MapValue[] }[],
): Scraped[] {
  return ask(PROMETHEUS_JUDGE, questions);
}

/** The configurations that Prometheus Operator makes of PodMonitors, whose Secrets are there. */
export function configsOf(podMonitors: readonly (readonly MapValue[])[]): string[] {
  return ask(PROMETHEUS_OPERATOR_JUDGE, podMonitors);
}

function ask<Answer>(tool: Tool, questions: readonly object[]): Answer[] {
  const input = JSON.stringify(questions, (_, value) => (typeof value === 'bigint' ? Number(value) : value));
  const { status, stdout, stderr } = spawnSync(tool.path ?? '', [], {
    input,
    encoding: 'utf8',
    maxBuffer: 2 ** 30,
  });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout);
}
