import type { NamedService, ServiceType } from '../../api/index.ts';

/** The type of PD's Service where its own section says none: that of the first of this name in the deprecated `services`. */
export function listedType(services: readonly NamedService[] | undefined): ServiceType {
  const type = services?.find(({ name }) => name === 'pd')?.type;
  return type === 'NodePort' || type === 'LoadBalancer' ? type : 'ClusterIP';
}
