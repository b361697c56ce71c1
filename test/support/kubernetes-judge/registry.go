package main

import (
	"context"
	"fmt"

	"k8s.io/apiextensions-apiserver/pkg/registry/customresourcedefinition"
	"k8s.io/apimachinery/pkg/api/meta"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/apiserver/pkg/registry/rest"
	"k8s.io/kubernetes/pkg/api/legacyscheme"
	"k8s.io/kubernetes/pkg/registry/apps/deployment"
	"k8s.io/kubernetes/pkg/registry/apps/statefulset"
	"k8s.io/kubernetes/pkg/registry/autoscaling/horizontalpodautoscaler"
	"k8s.io/kubernetes/pkg/registry/batch/cronjob"
	"k8s.io/kubernetes/pkg/registry/batch/job"
	"k8s.io/kubernetes/pkg/registry/core/configmap"
	"k8s.io/kubernetes/pkg/registry/core/limitrange"
	"k8s.io/kubernetes/pkg/registry/core/namespace"
	"k8s.io/kubernetes/pkg/registry/core/persistentvolumeclaim"
	"k8s.io/kubernetes/pkg/registry/core/pod"
	"k8s.io/kubernetes/pkg/registry/core/secret"
	"k8s.io/kubernetes/pkg/registry/core/serviceaccount"
	"k8s.io/kubernetes/pkg/registry/networking/networkpolicy"
	"k8s.io/kubernetes/pkg/registry/policy/poddisruptionbudget"
	"k8s.io/kubernetes/pkg/registry/rbac/clusterrole"
	"k8s.io/kubernetes/pkg/registry/rbac/role"
	"k8s.io/kubernetes/pkg/registry/rbac/rolebinding"
)

// registry keeps one resource, as that of its kind in an API server does.
type registry interface {
	create(ctx context.Context, object runtime.Object) (runtime.Object, error)
	update(ctx context.Context, object, old runtime.Object) (runtime.Object, error)
}

type strategy interface {
	rest.RESTCreateStrategy
	rest.RESTUpdateStrategy
}

var strategies = map[string]strategy{
	"ClusterRole": clusterrole.Strategy,
	"ConfigMap":   configmap.Strategy,
	"CronJob":     cronjob.Strategy,
	// Its own API server is part of the other.
	"CustomResourceDefinition": customresourcedefinition.NewStrategy(legacyscheme.Scheme),
	"Deployment":               deployment.Strategy,
	"HorizontalPodAutoscaler":  horizontalpodautoscaler.Strategy,
	"Job":                      job.Strategy,
	"LimitRange":               limitrange.Strategy,
	"Namespace":                namespace.Strategy,
	"NetworkPolicy":            networkpolicy.Strategy,
	"PersistentVolumeClaim":    persistentvolumeclaim.Strategy,
	"Pod":                      pod.Strategy,
	"PodDisruptionBudget":      poddisruptionbudget.Strategy,
	"Role":                     role.Strategy,
	"RoleBinding":              rolebinding.Strategy,
	"Secret":                   secret.Strategy,
	"ServiceAccount":           serviceaccount.Strategy,
	"StatefulSet":              statefulset.Strategy,
}

func registryOf(kind schema.GroupVersionKind) (registry, error) {
	if kind.Group == "" && kind.Kind == "Service" {
		return newServiceRegistry()
	}
	if found, ok := strategies[kind.Kind]; ok {
		return plainRegistry{found}, nil
	}
	return nil, fmt.Errorf("nothing is known of %s", kind)
}

// plainRegistry is that of a kind which its strategy says all about.
type plainRegistry struct{ strategy }

func (r plainRegistry) create(ctx context.Context, object runtime.Object) (runtime.Object, error) {
	accessor, err := meta.Accessor(object)
	if err != nil {
		return nil, err
	}
	rest.FillObjectMetaSystemFields(accessor)
	if err := rest.BeforeCreate(r.strategy, ctx, object); err != nil {
		return nil, err
	}
	accessor.SetResourceVersion("1")
	return object, nil
}

func (r plainRegistry) update(ctx context.Context, object, old runtime.Object) (runtime.Object, error) {
	return object, rest.BeforeUpdate(r.strategy, ctx, object, old)
}
