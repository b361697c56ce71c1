import type { DNSPolicy, PodDNSConfig } from '../../api/index.ts';
import type { Field } from '../../problem/index.ts';

/** Characters that the domains to search in may have together, with a blank between two. */
const MOST = 2048;

export function checkDnsConfig({ searches }: PodDNSConfig, at: Field): void {
  const count = (searches ?? []).join(' ').length;
  if (count <= MOST) return;
  at.to('searches').add(
    'field-range',
    `must have at most ${MOST} characters in total, but has ${count}; remove some`,
  );
}

/** A pod that uses no name server of the cluster must name its own. `at` is the policy. */
export function checkDnsPolicy(
  policy: DNSPolicy | undefined,
  config: PodDNSConfig | undefined,
  at: Field,
): void {
  if (policy !== 'None' || config?.nameservers?.length) return;
  const message = 'requires `dnsConfig.nameservers`, but there are none; add some, or choose another policy';
  at.add('field-choice', message);
}
