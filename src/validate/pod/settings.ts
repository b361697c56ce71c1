import type { LocalObjectReference, PodSecurityContext, PodSettings } from '../../api/index.ts';
import { SYSCTL_INIT } from '../../expand/index.ts';
import type { Field } from '../../problem/index.ts';
import { Once } from '../meaning/once.ts';
import { show } from '../structure/show.ts';
import { checkAnnotations } from './annotations.ts';
import { containerRights } from './container-rights.ts';
import { checkDnsConfig, checkDnsPolicy } from './dns.ts';
import type { Servers } from './pod.ts';
import { checkPodSecurity } from './security.ts';

/** The settings that a TidbCluster has for all its components, as far as they stand for themselves. */
export function checkClusterSettings(settings: PodSettings, at: Field): void {
  const { dnsConfig, imagePullSecrets, podSecurityContext } = settings;
  if (dnsConfig) checkDnsConfig(dnsConfig, at.to('dnsConfig'));
  if (podSecurityContext) checkPodSecurity(podSecurityContext, at.to('podSecurityContext'));
  if (imagePullSecrets) checkPullSecrets(imagePullSecrets, at.to('imagePullSecrets'));
}

/**
 * The settings of some servers, together with what they have from their cluster; each problem where its cause stands.
 */
export function checkSettings(servers: Servers): void {
  const { spec, at, cluster } = servers;
  checkClusterSettings(spec, at);
  const base = cluster?.spec ?? {};
  /** Where a setting stands that counts; a cluster's is only looked at with the cluster. */
  const placeOf = (field: keyof PodSettings) => (spec[field] || !cluster ? at : cluster.at).to(field);
  const policy = spec.dnsPolicy || base.dnsPolicy || undefined;
  checkDnsPolicy(policy, spec.dnsConfig ?? base.dnsConfig, placeOf('dnsPolicy'));
  const security = spec.podSecurityContext ?? base.podSecurityContext;
  const annotations = { ...base.annotations, ...spec.annotations };
  const hostNetwork = spec.hostNetwork ?? base.hostNetwork ?? false;
  if (security) {
    const place = placeOf('podSecurityContext');
    if (hostNetwork && annotations[SYSCTL_INIT] !== 'true') checkSysctls(security, place);
    if (security.windowsOptions?.hostProcess && !hostNetwork) {
      const message = 'requires `hostNetwork: true`; write that too, or remove it';
      place.to('windowsOptions', 'hostProcess').add('field-choice', message, 'key');
    }
  }
  checkAnnotations(annotations, security?.seccompProfile, containerRights(servers), (key) => {
    const own = spec.annotations && Object.hasOwn(spec.annotations, key);
    return (own || !cluster ? at : cluster.at).to('annotations', key);
  });
}

/** As with duplicate variables, the API server refuses these in server-side apply only. */
function checkPullSecrets(secrets: readonly LocalObjectReference[], at: Field): void {
  const names = new Once();
  secrets.forEach(({ name }, index) => {
    if (names.isNew(name ?? '')) return;
    const message = `is ${show(name ?? '')}, which is listed above already; remove one of them`;
    at.to(index, 'name').add('name-duplicate', message);
  });
}

/** On the node's own network a pod cannot have settings of that for itself. */
function checkSysctls({ sysctls }: PodSecurityContext, at: Field): void {
  sysctls?.forEach(({ name }, index) => {
    if (!/^net[./]/.test(name)) return;
    const message = `is ${show(name)}, which a pod on the node's own network (\`hostNetwork\`) cannot set; remove one of them`;
    at.to('sysctls', index, 'name').add('field-choice', message);
  });
}
