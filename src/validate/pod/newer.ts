import type { Container, EnvVar, Lifecycle, PodSecurityContext, Volume } from '../../api/index.ts';
import type { ContainerResources } from './resources.ts';

/**
 * Kubernetes' types with the fields that the package of types does not have yet; see `scripts/generate/kubernetes.txt`.
 */

export interface NewerContainer extends Omit<Container, 'resources'> {
  /** As in TiDB Operator's own types, amounts may be numbers. */
  readonly resources?: ContainerResources;
  readonly env?: NewerEnvVar[];
  readonly lifecycle?: NewerLifecycle;
  readonly restartPolicyRules?: readonly RestartRule[];
}

export interface RestartRule {
  readonly action: string;
  readonly exitCodes?: { readonly values?: readonly number[] };
}

export interface NewerEnvVar extends EnvVar {
  readonly valueFrom?: NonNullable<EnvVar['valueFrom']> & { readonly fileKeyRef?: FileKey };
}

export interface FileKey {
  readonly volumeName: string;
}

export interface NewerLifecycle extends Lifecycle {
  readonly stopSignal?: string;
}

export interface NewerVolume extends Volume {
  readonly image?: object;
}

export interface NewerPodSecurity extends PodSecurityContext {
  readonly seLinuxChangePolicy?: string;
}
