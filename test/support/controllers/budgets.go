package main

import (
	"context"
	"fmt"
	"time"
	_ "unsafe"

	corev1 "k8s.io/api/core/v1"
	policyv1 "k8s.io/api/policy/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apiserver/pkg/endpoints/request"
	"k8s.io/apiserver/pkg/registry/rest"
	policyclient "k8s.io/client-go/kubernetes/typed/policy/v1"
	clienttesting "k8s.io/client-go/testing"
	"k8s.io/kubernetes/pkg/api/legacyscheme"
	"k8s.io/kubernetes/pkg/apis/core"
	"k8s.io/kubernetes/pkg/apis/policy"
	"k8s.io/kubernetes/pkg/controller/disruption"
	"k8s.io/kubernetes/pkg/registry/core/pod/storage"
)

// The two are not exported.

//go:linkname syncBudget k8s.io/kubernetes/pkg/controller/disruption.(*DisruptionController).sync
func syncBudget(*disruption.DisruptionController, context.Context, string) error

//go:linkname newEvictionStorage k8s.io/kubernetes/pkg/registry/core/pod/storage.newEvictionStorage
func newEvictionStorage(rest.StandardStorage, policyclient.PodDisruptionBudgetsGetter) *storage.EvictionREST

// evictor is the eviction subresource of pods.
type evictor = *storage.EvictionREST

func (c *cluster) startBudgets() {
	policies := c.client.PolicyV1()
	c.client.PrependReactor("*", "poddisruptionbudgets", c.budgetReactor)
	f := c.factory
	controller := disruption.NewDisruptionControllerInternal(
		context.Background(),
		f.Core().V1().Pods(), f.Policy().V1().PodDisruptionBudgets(), f.Core().V1().ReplicationControllers(),
		f.Apps().V1().ReplicaSets(), f.Apps().V1().Deployments(), f.Apps().V1().StatefulSets(),
		c.client, nil, nil, nil, c.clock, 2*time.Minute,
	)
	c.syncBudget = func(key string) error { return syncBudget(controller, context.Background(), key) }
	c.evictions = newEvictionStorage(podStore{c: c}, policies)
}

// budgetReactor answers for the API server where budgets are read, and where their status is written.
func (c *cluster) budgetReactor(action clienttesting.Action) (bool, runtime.Object, error) {
	switch is := action.(type) {
	case clienttesting.UpdateAction:
		budget := is.GetObject().(*policyv1.PodDisruptionBudget)
		found, err := get[*policyv1.PodDisruptionBudget](c.budgets, budget.Namespace, budget.Name, "poddisruptionbudgets")
		if err != nil {
			return true, nil, err
		}
		found = found.DeepCopy()
		budget.Status.DeepCopyInto(&found.Status)
		return true, found, c.budgets.Update(found)
	case clienttesting.GetAction:
		found, err := get[*policyv1.PodDisruptionBudget](c.budgets, is.GetNamespace(), is.GetName(), "poddisruptionbudgets")
		return true, found, err
	case clienttesting.ListAction:
		list := &policyv1.PodDisruptionBudgetList{}
		for _, object := range c.budgets.List() {
			if budget := object.(*policyv1.PodDisruptionBudget); budget.Namespace == is.GetNamespace() {
				list.Items = append(list.Items, *budget)
			}
		}
		return true, list, nil
	}
	return true, nil, fmt.Errorf("unexpected %s", action.GetVerb())
}

// evict asks for a pod to be stopped, as `kubectl drain` does.
func (c *cluster) evict(name string) error {
	pod := c.findPod(name)
	if pod == nil {
		return apierrors.NewNotFound(corev1.Resource("pods"), name)
	}
	ctx := request.WithNamespace(context.Background(), pod.Namespace)
	eviction := &policy.Eviction{ObjectMeta: metav1.ObjectMeta{Name: name, Namespace: pod.Namespace}}
	answered, err := c.evictions.Create(ctx, name, eviction, nil, &metav1.CreateOptions{})
	if err != nil {
		return err
	}
	if status, ok := answered.(*metav1.Status); ok && status.Status != metav1.StatusSuccess {
		return &apierrors.StatusError{ErrStatus: *status}
	}
	return nil
}

// podStore is the API server's storage of pods.
type podStore struct {
	rest.StandardStorage
	c *cluster
}

func (s podStore) Get(_ context.Context, name string, _ *metav1.GetOptions) (runtime.Object, error) {
	pod := s.c.findPod(name)
	if pod == nil {
		return nil, apierrors.NewNotFound(corev1.Resource("pods"), name)
	}
	internal := &core.Pod{}
	return internal, legacyscheme.Scheme.Convert(pod, internal, nil)
}

func (s podStore) Update(
	ctx context.Context, name string, info rest.UpdatedObjectInfo, _ rest.ValidateObjectFunc,
	_ rest.ValidateObjectUpdateFunc, _ bool, options *metav1.UpdateOptions,
) (runtime.Object, bool, error) {
	old, err := s.Get(ctx, name, nil)
	if err != nil {
		return nil, false, err
	}
	updated, err := info.UpdatedObject(ctx, old)
	if err != nil {
		return nil, false, err
	}
	pod := &corev1.Pod{}
	if err := legacyscheme.Scheme.Convert(updated, pod, nil); err != nil {
		return nil, false, err
	}
	return updated, false, s.c.pods.Update(pod)
}

func (s podStore) Delete(
	_ context.Context, name string, _ rest.ValidateObjectFunc, _ *metav1.DeleteOptions,
) (runtime.Object, bool, error) {
	pod := s.c.findPod(name)
	if pod == nil {
		return nil, false, apierrors.NewNotFound(corev1.Resource("pods"), name)
	}
	return pod, false, s.c.deletePod(pod)
}
