import type { Image, Int32 } from './scalars.ts';

/** How Kubernetes checks a server. */
export interface ServerProbe {
  /** `tcp` connects to the port, `command` asks the server's status API. */
  type?: 'tcp' | 'command';
  /**
   * Seconds to wait after the start of the container before the first probe.
   * @minimum 0
   */
  initialDelaySeconds?: Int32;
  /**
   * Seconds between two probes.
   * @minimum 1
   */
  periodSeconds?: Int32;
}

/** A start-up probe that runs a binary of another image in the server's container. */
export interface CustomizedStartupProbe {
  /** Image that holds the binary. */
  image: Image;
  /** Name of the binary in that image. */
  binaryName: string;
  /** Arguments of the binary. */
  args?: string[];
  /** Seconds to wait after the start of the container before the first probe. */
  initialDelaySeconds?: Int32;
  /** Seconds after which a probe counts as failed. */
  timeoutSeconds?: Int32;
  /** Seconds between two probes. */
  periodSeconds?: Int32;
  /** Probes in a row that must succeed; Kubernetes takes only 1 here. */
  successThreshold?: Int32;
  /** Probes in a row that must fail before the container is restarted. */
  failureThreshold?: Int32;
}
