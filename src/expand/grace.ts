import type { Member } from './member.ts';

/** What Kubernetes gives a pod, in seconds. */
const DEFAULT_GRACE = 30;

/** Reports a grace period of fewer seconds than needed; `takes` says who needs them, and what for. */
export function reportGracePeriod({ spec, at }: Member, needed: number, takes: string): void {
  const { terminationGracePeriodSeconds: own } = spec;
  if (needed <= (own ?? DEFAULT_GRACE)) return;
  const has =
    own === undefined ? `is not written, so Kubernetes gives a pod ${DEFAULT_GRACE} seconds` : `is "${own}"`;
  const message = `\`spec.terminationGracePeriodSeconds\` ${has}, but ${takes}, and is killed before it is done; write ${needed} or more`;
  at.to('spec', own === undefined ? 'config' : 'terminationGracePeriodSeconds').say('grace-period', message);
}
