import type { MapValue } from '../yaml/index.ts';

/** On a StatefulSet of stores: to how many replicas it was drained. */
export const DRAINED_TO = 'groups.pingcap.com/drained-to';

const NAME = 'stores-of-tidb-groups';

/** The StatefulSets of TiKVGroups. What is scaled is a resource of its own, and shows the labels of its pods only. */
const HOLDS_STORES = `request.?subResource.orValue('') == 'scale'
  ? dyn(oldObject).?status.?selector.orValue('').split(',').exists(label, label == 'app.kubernetes.io/component=tikv')
  : oldObject.metadata.?annotations['groups.pingcap.com/generated-by'].orValue('').startsWith('TiKVGroup/')`;

const WAS = 'dyn(oldObject).spec.?replicas.orValue(0)';
const IS = 'dyn(object).spec.?replicas.orValue(0)';

/** The number that the change says it was drained to. Nothing of the kind can be said where it is scaled. */
const DRAINED = `request.?subResource.orValue('') == 'scale'
  ? ''
  : object.metadata.?annotations['${DRAINED_TO}'].orValue('')`;

const FEWER = `'StatefulSet ' + request.namespace + '/' + request.name + ' holds stores of TiDB, and with '
  + string(variables.replicas) + ' replicas instead of ' + string(variables.before)
  + ' Kubernetes stops them without moving their data away. Lower spec.replicas of its TiKVGroup, and let its drain run;'
  + ' or drain the stores yourself, and annotate the StatefulSet in the same change: ${DRAINED_TO}="'
  + string(variables.replicas) + '"'`;

const DELETED = `'StatefulSet ' + request.namespace + '/' + request.name + ' holds ' + string(variables.before)
  + ' stores of TiDB, which are lost when it is deleted. Set spec.replicas of its TiKVGroup to 0 first, and let its drain'
  + ' run; or keep its pods: kubectl delete statefulset ' + request.name + ' -n ' + request.namespace + ' --cascade=orphan'`;

/**
 * A policy for the API server, and what binds it to all namespaces. It refuses to stop stores of groups that nobody has
 * drained, whoever asks for it: an engine, `kubectl scale`, or an autoscaler. Needs Kubernetes 1.30.
 */
export function admissionPolicy(): [policy: MapValue, binding: MapValue] {
  const policy: MapValue = {
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind: 'ValidatingAdmissionPolicy',
    metadata: { name: NAME },
    spec: {
      failurePolicy: 'Fail',
      matchConditions: [{ name: 'holds-stores-of-a-group', expression: HOLDS_STORES }],
      matchConstraints: {
        resourceRules: [
          {
            apiGroups: ['apps'],
            apiVersions: ['v1'],
            operations: ['UPDATE', 'DELETE'],
            resources: ['statefulsets', 'statefulsets/scale'],
          },
        ],
      },
      validations: [
        {
          expression: `request.operation == 'DELETE' || variables.replicas >= variables.before || variables.drainedTo == string(variables.replicas)`,
          messageExpression: FEWER,
          reason: 'Forbidden',
        },
        {
          expression: `request.operation != 'DELETE' || variables.before == 0 || variables.keepsPods || variables.isNamespaceGoing`,
          messageExpression: DELETED,
          reason: 'Forbidden',
        },
      ],
      variables: [
        { name: 'before', expression: WAS },
        { name: 'replicas', expression: IS },
        { name: 'drainedTo', expression: DRAINED },
        {
          name: 'keepsPods',
          expression: `dyn(request.options).?propagationPolicy.orValue('') == 'Orphan'`,
        },
        // Its pods go with it, whatever becomes of the StatefulSet.
        { name: 'isNamespaceGoing', expression: 'has(namespaceObject.metadata.deletionTimestamp)' },
      ],
    },
  };
  const binding: MapValue = {
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind: 'ValidatingAdmissionPolicyBinding',
    metadata: { name: NAME },
    spec: { policyName: NAME, validationActions: ['Deny'] },
  };
  return [policy, binding];
}
