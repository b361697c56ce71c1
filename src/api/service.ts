import type { ServicePort } from './kubernetes.ts';
import type {
  Annotations,
  CIDR,
  ClusterIP,
  DNSLabel,
  Int32,
  Integer,
  IP,
  Labels,
  QualifiedName,
} from './scalars.ts';

export type ServiceType = 'ClusterIP' | 'NodePort' | 'LoadBalancer';
export type TrafficPolicy = 'Cluster' | 'Local';

/** The Service through which clients reach a component. */
export interface ServiceSpec {
  /** Kind of Service: inside the cluster only, a port on every node, or a load balancer. */
  type?: ServiceType;
  /** Annotations of the Service; load balancers are usually set up by them. */
  annotations?: Annotations;
  /** Additional labels of the Service. */
  labels?: Labels;
  /** Address of the load balancer, if the provider lets you choose it. */
  loadBalancerIP?: IP;
  /** Class of the load balancer, if the cluster has more than one implementation. */
  loadBalancerClass?: QualifiedName;
  /** Client addresses that the load balancer lets in, such as `10.0.0.0/8`. */
  loadBalancerSourceRanges?: CIDR[];
  /** Fixed address of the Service inside the cluster, or `None` for none at all. */
  clusterIP?: ClusterIP;
  /**
   * Port of the Service.
   * @minimum 1
   * @maximum 65535
   */
  port?: Int32;
  /** Name of the Service's port. */
  portName?: DNSLabel;
}

/** The Service of TiDB: the fields of every Service, and those for MySQL clients. */
export interface TiDBServiceSpec extends ServiceSpec {
  /** Whether nodes route traffic to any pod (`Cluster`) or only to their own (`Local`). */
  externalTrafficPolicy?: TrafficPolicy;
  /** Whether the Service also has the status port. Default: true. */
  exposeStatus?: boolean;
  /**
   * Port for MySQL clients on every node.
   * @minimum 0
   * @maximum 65535
   */
  mysqlNodePort?: Integer;
  /**
   * Port for the status API on every node.
   * @minimum 0
   * @maximum 65535
   */
  statusNodePort?: Integer;
  /** Additional ports, such as those of additional containers. */
  additionalPorts?: ServicePort[];
}
