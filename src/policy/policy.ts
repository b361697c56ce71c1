import { DRAINED_TO, GENERATED_BY, SUSPENDED } from '../api/index.ts';
import type { MapValue } from '../yaml/index.ts';

const NAME = 'stores-of-tidb-groups';

/** The StatefulSets of TiKVGroups. What is scaled is a resource of its own, and shows the labels of its pods only. */
const HOLDS_STORES = `request.?subResource.orValue('') == 'scale'
  ? dyn(oldObject).?status.?selector.orValue('').split(',').exists(label, label == 'app.kubernetes.io/component=tikv')
  : oldObject.metadata.?annotations['${GENERATED_BY}'].orValue('').startsWith('TiKVGroup/')`;

const WAS = 'dyn(oldObject).spec.?replicas.orValue(0)';
const IS = 'dyn(object).spec.?replicas.orValue(0)';

/** The number that the change says it was drained to. Nothing of the kind can be said where it is scaled. */
const DRAINED = `request.?subResource.orValue('') == 'scale'
  ? ''
  : object.metadata.?annotations['${DRAINED_TO}'].orValue('')`;

/** What it said before: an engine that puts back a number that it has applied long ago has drained nothing since. */
const DRAINED_BEFORE = `request.?subResource.orValue('') == 'scale'
  ? ''
  : oldObject.metadata.?annotations['${DRAINED_TO}'].orValue('')`;

const WAS_SUSPENDED = `request.?subResource.orValue('') != 'scale'
  && oldObject.metadata.?annotations['${SUSPENDED}'].orValue('') == 'true'`;
const SUSPENDS = `request.?subResource.orValue('') != 'scale' && request.operation != 'DELETE'
  && variables.replicas == 0 && object.metadata.?annotations['${SUSPENDED}'].orValue('') == 'true'`;

const FEWER = `'StatefulSet ' + request.namespace + '/' + request.name + ' holds stores of TiDB, and with '
  + string(variables.replicas) + ' replicas instead of ' + string(variables.before)
  + ' Kubernetes stops them without moving their data away. '
  + (variables.drainedTo == string(variables.replicas) && variables.drainedTo == variables.drainedBefore
    ? '${DRAINED_TO}="' + variables.drainedTo + '" was there before this change, and says nothing of stores that came since: first apply '
      + string(variables.before) + ' replicas, with that number in the annotation or without it'
    : 'Drain them first, by a drain Job or with pd-ctl store delete until PD says Tombstone, and annotate the TiKVGroup in the'
      + ' change that lowers its replicas: ${DRAINED_TO}="' + string(variables.replicas) + '"')`;

const DELETED = `'StatefulSet ' + request.namespace + '/' + request.name + ' holds stores of TiDB, which are lost when it is deleted. Drain them and set spec.replicas of its TiKVGroup to 0'
  + ' first; or keep its pods: kubectl delete statefulset ' + request.name + ' -n ' + request.namespace + ' --cascade=orphan'`;

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
          expression: `request.operation == 'DELETE' || variables.replicas >= variables.before || (variables.drainedTo == string(variables.replicas) && variables.drainedTo != variables.drainedBefore) || variables.isSuspended`,
          messageExpression: FEWER,
          reason: 'Forbidden',
        },
        {
          expression: `request.operation != 'DELETE' || (variables.before == 0 && !variables.wasSuspended) || variables.keepsPods || variables.isNamespaceGoing`,
          messageExpression: DELETED,
          reason: 'Forbidden',
        },
      ],
      variables: [
        { name: 'before', expression: WAS },
        { name: 'replicas', expression: IS },
        { name: 'drainedTo', expression: DRAINED },
        { name: 'drainedBefore', expression: DRAINED_BEFORE },
        {
          name: 'keepsPods',
          expression: `dyn(request.options).?propagationPolicy.orValue('') == 'Orphan'`,
        },
        // The stores of a suspended group keep their volumes, and come back with them.
        { name: 'isSuspended', expression: SUSPENDS },
        { name: 'wasSuspended', expression: WAS_SUSPENDED },
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
