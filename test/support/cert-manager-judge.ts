import { spawnSync } from 'node:child_process';
import type { MapValue } from '../../src/yaml/index.ts';
import { CERT_MANAGER_JUDGE } from './tools.ts';

/** A Certificate, and hosts that somebody would connect to. */
export interface Question {
  readonly certificate: MapValue;
  readonly hosts: readonly string[];
}

export interface Judged {
  /** Why cert-manager does not take it. */
  readonly refused?: string;
  /** The hosts for which the certificate would not hold. */
  readonly strangers: readonly string[];
  /** Whether a server may show it, and a client. */
  readonly server: boolean;
  readonly client: boolean;
  /** Whether cert-manager would fill in something. */
  readonly defaulted: boolean;
}

/** Asks for all at once: starting the program takes longer than what it does. */
export function judgeCertificates(questions: readonly Question[]): Judged[] {
  const input = JSON.stringify(questions, (_, value) => (typeof value === 'bigint' ? Number(value) : value));
  const { status, stdout, stderr } = spawnSync(CERT_MANAGER_JUDGE.path ?? '', ['judge'], {
    input,
    encoding: 'utf8',
    maxBuffer: 2 ** 30,
  });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout);
}
