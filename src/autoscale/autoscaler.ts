import type { AnyGroup, ScalingPolicy, ScalingRules } from '../api/index.ts';
import { byKind } from '../components/index.ts';
import { withoutNulls } from '../expand/index.ts';
import type { MapValue } from '../yaml/index.ts';

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
 * The HorizontalPodAutoscaler of a group that asks for one, of `autoscaling/v2`, with all that the API server would fill in.
 * It measures one container, which needs Kubernetes 1.27: over all containers of a pod nothing is measured where one
 * requests nothing.
 */
export function autoscalerOf(group: Pick<AnyGroup, 'kind' | 'metadata' | 'spec'>): MapValue | undefined {
  const { metadata, spec } = group;
  if (!('autoscale' in spec) || !spec.autoscale) return undefined;
  const { behavior, cpu, max, memory, min } = withoutNulls(spec.autoscale);
  const { name: container } = byKind.TiDBGroup;
  const set = `${metadata.name}-${container}`;
  return {
    apiVersion: 'autoscaling/v2',
    kind: 'HorizontalPodAutoscaler',
    metadata: { name: set, ...(metadata.namespace && { namespace: metadata.namespace }) },
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
  return { type, value, periodSeconds };
}
