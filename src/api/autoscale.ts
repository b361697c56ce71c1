import type { Int32 } from './scalars.ts';

/** How many servers may come or go within a time. */
export interface ScalingPolicy {
  /**
   * Seconds within which no more than `value` may come or go.
   * @minimum 1
   * @maximum 1800
   */
  periodSeconds: Int32;
  /** Whether `value` is a number of servers, or a percentage of those that there are. */
  type: 'Percent' | 'Pods';
  /**
   * Servers, or percent.
   * @minimum 1
   */
  value: Int32;
}

/** How fast the number of servers changes in one direction. What is not written stays as it is rendered by default. */
export interface ScalingRules {
  /**
   * How many servers may come or go. By default 1 server in 5 minutes goes, and 2 in a minute come.
   * @minItems 1
   */
  policies?: ScalingPolicy[];
  /** Which of several policies counts: the one that allows most, or least; `Disabled` allows no change. Default: `Max`. */
  selectPolicy?: 'Disabled' | 'Max' | 'Min';
  /**
   * Seconds for which the load must want the change. By default 10 minutes for servers that go, and none for those that come.
   * @minimum 0
   * @maximum 3600
   */
  stabilizationWindowSeconds?: Int32;
}

/** How fast the number of servers changes. */
export interface ScalingBehavior {
  /** When servers go: their connections break. */
  scaleDown?: ScalingRules;
  /** When servers come. */
  scaleUp?: ScalingRules;
}

/**
 * A HorizontalPodAutoscaler, which sets the number of servers by their load. `replicas` must be in its range; it is the
 * number that counts once there is no `autoscale`. At least one of `cpu` and `memory` is needed.
 */
export interface AutoscaleSpec {
  /** How fast the number of servers changes. By default servers come fast and go slowly. */
  behavior?: ScalingBehavior;
  /**
   * CPU that the servers should use on average, as a percentage of what their container requests.
   * @minimum 1
   */
  cpu?: Int32;
  /**
   * The most servers.
   * @minimum 1
   */
  max: Int32;
  /**
   * Memory that the servers should use on average, as a percentage of what their container requests.
   * @minimum 1
   */
  memory?: Int32;
  /**
   * The fewest servers.
   * @minimum 1
   */
  min: Int32;
}
