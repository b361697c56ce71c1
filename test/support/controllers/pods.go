package main

import (
	"context"
	"fmt"

	appsv1 "k8s.io/api/apps/v1"
	corev1 "k8s.io/api/core/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/client-go/tools/cache"
)

// objects is where the StatefulSet controller makes and deletes pods and claims.
type objects struct{ *cluster }

func (o objects) CreatePod(_ context.Context, pod *corev1.Pod, _ *appsv1.StatefulSet) error {
	if _, err := o.GetPod(pod.Namespace, pod.Name); err == nil {
		return apierrors.NewAlreadyExists(corev1.Resource("pods"), pod.Name)
	}
	pod = pod.DeepCopy()
	pod.UID = o.uid(pod.Name)
	pod.CreationTimestamp = metav1.Time{Time: o.clock.Now()}
	pod.Status.Phase = corev1.PodPending
	return o.pods.Add(pod)
}

func (o objects) GetPod(namespace, name string) (*corev1.Pod, error) {
	return get[*corev1.Pod](o.pods, namespace, name, "pods")
}

func (o objects) UpdatePod(pod *corev1.Pod, _ *appsv1.StatefulSet) error {
	return o.pods.Update(pod.DeepCopy())
}

func (o objects) DeletePod(pod *corev1.Pod) error { return o.deletePod(pod) }

func (o objects) CreateClaim(claim *corev1.PersistentVolumeClaim, _ *appsv1.StatefulSet) error {
	return o.claims.Add(claim.DeepCopy())
}

func (o objects) GetClaim(namespace, name string) (*corev1.PersistentVolumeClaim, error) {
	return get[*corev1.PersistentVolumeClaim](o.claims, namespace, name, "persistentvolumeclaims")
}

func (o objects) UpdateClaim(claim *corev1.PersistentVolumeClaim, _ *appsv1.StatefulSet) error {
	return o.claims.Update(claim.DeepCopy())
}

func get[T any](store cache.Indexer, namespace, name, resource string) (T, error) {
	var none T
	found, exists, err := store.GetByKey(namespace + "/" + name)
	if err != nil {
		return none, err
	}
	if !exists {
		return none, apierrors.NewNotFound(corev1.Resource(resource), name)
	}
	return found.(T), nil
}

// deletePod gives a pod the time to stop. The API server drops a pod at once if it has no node.
func (c *cluster) deletePod(pod *corev1.Pod) error {
	if pod.DeletionTimestamp != nil {
		return nil
	}
	pod = pod.DeepCopy()
	pod.DeletionTimestamp = &metav1.Time{Time: c.clock.Now()}
	return c.pods.Update(pod)
}

// setPod reports, as the kubelet, that a pod runs and whether it is ready.
func (c *cluster) setPod(name string, ready bool) error {
	pod := c.findPod(name)
	if pod == nil {
		return fmt.Errorf("there is no pod %q", name)
	}
	status := corev1.ConditionFalse
	if ready {
		status = corev1.ConditionTrue
	}
	if pod.Status.Phase == corev1.PodRunning && isReady(pod) == ready {
		return nil
	}
	pod = pod.DeepCopy()
	pod.Status.Phase = corev1.PodRunning
	pod.Status.Conditions = []corev1.PodCondition{{
		Type: corev1.PodReady, Status: status, LastTransitionTime: metav1.Time{Time: c.clock.Now()},
	}}
	return c.pods.Update(pod)
}

// dropPod reports, as the kubelet, that a pod has stopped.
func (c *cluster) dropPod(name string) {
	if pod := c.findPod(name); pod != nil {
		_ = c.pods.Delete(pod)
	}
}

func (c *cluster) findPod(name string) *corev1.Pod {
	for _, object := range c.pods.List() {
		if pod := object.(*corev1.Pod); pod.Name == name {
			return pod
		}
	}
	return nil
}

func isReady(pod *corev1.Pod) bool {
	for _, condition := range pod.Status.Conditions {
		if condition.Type == corev1.PodReady {
			return condition.Status == corev1.ConditionTrue
		}
	}
	return false
}

// statuses is where the StatefulSet controller writes what it sees.
type statuses struct{ *cluster }

func (s statuses) UpdateStatefulSetStatus(
	_ context.Context, set *appsv1.StatefulSet, status *appsv1.StatefulSetStatus,
) error {
	found, err := get[*appsv1.StatefulSet](s.sets, set.Namespace, set.Name, "statefulsets")
	if err != nil {
		return err
	}
	found = found.DeepCopy()
	status.DeepCopyInto(&found.Status)
	return s.sets.Update(found)
}
