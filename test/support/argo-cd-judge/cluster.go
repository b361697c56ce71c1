package main

import (
	"sync"

	"github.com/argoproj/gitops-engine/pkg/utils/kube"
	"k8s.io/apimachinery/pkg/api/equality"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
)

// cluster keeps what is applied to it, and writes down what is done to it. A StatefulSet with another template rolls, and a
// new Job runs, until a caller calls roll.
type cluster struct {
	// Argo CD applies resources of one kind in parallel.
	lock    sync.Mutex
	live    map[kube.ResourceKey]*unstructured.Unstructured
	rolling []*unstructured.Unstructured
	steps   []string
}

func newCluster(objects []*unstructured.Unstructured) *cluster {
	made := &cluster{live: map[kube.ResourceKey]*unstructured.Unstructured{}}
	for _, object := range objects {
		live := object.DeepCopy()
		live.SetUID(uid(live))
		settle(live)
		made.live[kube.GetResourceKey(live)] = live
	}
	return made
}

func (c *cluster) note(what string, object *unstructured.Unstructured) {
	c.steps = append(c.steps, what+" "+title(object))
}

// roll finishes all rollouts and Jobs, and says whether there were any.
func (c *cluster) roll() bool {
	rolling := c.rolling
	c.rolling = nil
	for _, object := range rolling {
		settle(object)
		if object.GetKind() == "Job" {
			c.note("completed", object)
		} else {
			c.note("rolled", object)
		}
	}
	return len(rolling) > 0
}

func (c *cluster) apply(object *unstructured.Unstructured) {
	c.lock.Lock()
	defer c.lock.Unlock()
	key := kube.GetResourceKey(object)
	before := c.live[key]
	live := object.DeepCopy()
	live.SetUID(uid(live))
	c.live[key] = live
	c.note("applied", live)
	kind := live.GetKind()
	if (kind == "StatefulSet" || kind == "Job") && !sameTemplate(before, live) {
		unsettle(live)
		c.rolling = append(c.rolling, live)
	} else {
		settle(live)
	}
}

func (c *cluster) remove(key kube.ResourceKey) {
	c.lock.Lock()
	defer c.lock.Unlock()
	c.note("pruned", c.live[key])
	delete(c.live, key)
}

func sameTemplate(before, after *unstructured.Unstructured) bool {
	if before == nil {
		return false
	}
	old, _, _ := unstructured.NestedMap(before.Object, "spec", "template")
	now, _, _ := unstructured.NestedMap(after.Object, "spec", "template")
	return equality.Semantic.DeepEqual(old, now)
}

// settle gives a resource the status by which Argo CD calls it healthy.
func settle(object *unstructured.Unstructured) {
	switch object.GetKind() {
	case "StatefulSet":
		object.Object["status"] = setStatus(object, "new")
	case "Job":
		complete := map[string]any{"type": "Complete", "status": "True"}
		object.Object["status"] = map[string]any{"conditions": []any{complete}}
	case "PodDisruptionBudget":
		// What a budget says while the pods that it wants are not ready, as at first.
		allowed := map[string]any{"type": "DisruptionAllowed", "status": "False", "reason": "InsufficientPods"}
		object.Object["status"] = map[string]any{"conditions": []any{allowed}}
	case "TidbCluster":
		ready := map[string]any{"type": "Ready", "status": "True"}
		object.Object["status"] = map[string]any{"conditions": []any{ready}}
	}
}

func unsettle(object *unstructured.Unstructured) {
	if object.GetKind() == "Job" {
		object.Object["status"] = map[string]any{"active": int64(1)}
	} else {
		object.Object["status"] = setStatus(object, "old")
	}
}

func setStatus(object *unstructured.Unstructured, current string) map[string]any {
	replicas, found, _ := unstructured.NestedInt64(object.Object, "spec", "replicas")
	if !found {
		replicas = 1
	}
	return map[string]any{
		"observedGeneration": int64(1),
		"replicas":           replicas,
		"readyReplicas":      replicas,
		"updatedReplicas":    replicas,
		"currentRevision":    current,
		"updateRevision":     "new",
	}
}
