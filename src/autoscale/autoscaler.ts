import type { AutoscaleSpec, ScalingPolicy, ScalingRules } from '../api/index.ts';
import type { MapValue } from '../yaml/index.ts';

/** What is scaled, by what it says of that. */
export interface Scaled {
  /** Name of the StatefulSet, and of what scales it. */
  readonly set: string;
  readonly namespace: string | undefined;
  /** The container whose use counts: others in the pod may request nothing. */
  readonly container: string;
  readonly spec: AutoscaleSpec;
}

type WholeRules = Required<ScalingRules>;

/** A server that goes breaks its connections, so few go, and only after some time. */
const SCALE_DOWN: WholeRules = {
  policies: [{ type: 'Pods', value: 1, periodSeconds: 300 }],
  selectPolicy: 'Max',
  stabilizationWindowSeconds: 600,
};

const SCALE_UP: WholeRules = {
  policies: [{ type: 'Pods', value: 2, periodSeconds: 60 }],
  selectPolicy: 'Max',
  stabilizationWindowSeconds: 0,
};

/**
 * A HorizontalPodAutoscaler of `autoscaling/v2`, with all that the API server would fill in. It measures one container,
 * which needs Kubernetes 1.27: over all containers of a pod nothing is measured where one requests nothing.
 */
export function autoscaler({ set, namespace, container, spec }: Scaled): MapValue {
  const { behavior, cpu, max, memory, min } = spec;
  return {
    apiVersion: 'autoscaling/v2',
    kind: 'HorizontalPodAutoscaler',
    metadata: { name: set, ...(namespace !== undefined && { namespace }) },
    spec: {
      scaleTargetRef: { apiVersion: 'apps/v1', kind: 'StatefulSet', name: set },
      minReplicas: min,
      maxReplicas: max,
      metrics: [...metric('cpu', cpu, container), ...metric('memory', memory, container)],
      behavior: {
        scaleDown: rules(SCALE_DOWN, behavior?.scaleDown),
        scaleUp: rules(SCALE_UP, behavior?.scaleUp),
      },
    },
  };
}

function metric(name: string, averageUtilization: number | undefined, container: string): MapValue[] {
  if (averageUtilization === undefined) return [];
  const target = { type: 'Utilization', averageUtilization };
  return [{ type: 'ContainerResource', containerResource: { container, name, target } }];
}

function rules(usual: WholeRules, written: ScalingRules = {}): MapValue {
  const { policies, selectPolicy, stabilizationWindowSeconds } = { ...usual, ...written };
  return { policies: policies.map(policy), selectPolicy, stabilizationWindowSeconds };
}

function policy({ periodSeconds, type, value }: ScalingPolicy): MapValue {
  return { periodSeconds, type, value };
}
