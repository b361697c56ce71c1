/** Where the servers of a component tell how they are doing; for Prometheus. Most tell it in one place. */
export type Metrics = readonly [Endpoint, ...Endpoint[]];

export interface Endpoint {
  /** The name of a port that the pods declare. Prometheus finds each pod by it; the metrics may be at another one. */
  readonly port: string;
  /** The annotation of the pods that has the port with the metrics. Default: `prometheus.io/port`. */
  readonly annotation?: string;
  /** What tells it, where that is not the component itself. */
  readonly job?: string;
  /** Where the certificate of the servers may have none of their names. */
  readonly hasOtherNames?: true;
  /** The end of the name of the Service by which pods have addresses. Default: `-peer`. */
  readonly service?: string;
}
