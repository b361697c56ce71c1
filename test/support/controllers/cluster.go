package main

import (
	"context"
	"errors"
	"fmt"
	"sort"
	"sync"
	"time"

	appsv1 "k8s.io/api/apps/v1"
	corev1 "k8s.io/api/core/v1"
	policyv1 "k8s.io/api/policy/v1"
	"k8s.io/apimachinery/pkg/api/equality"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	"k8s.io/apimachinery/pkg/api/meta"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/types"
	utilfeature "k8s.io/apiserver/pkg/util/feature"
	"k8s.io/client-go/informers"
	"k8s.io/client-go/kubernetes/fake"
	"k8s.io/client-go/tools/cache"
	"k8s.io/client-go/tools/record"
	"k8s.io/kubernetes/pkg/api/legacyscheme"
	_ "k8s.io/kubernetes/pkg/apis/admissionregistration/install"
	_ "k8s.io/kubernetes/pkg/apis/apps/install"
	_ "k8s.io/kubernetes/pkg/apis/autoscaling/install"
	_ "k8s.io/kubernetes/pkg/apis/batch/install"
	_ "k8s.io/kubernetes/pkg/apis/core/install"
	_ "k8s.io/kubernetes/pkg/apis/policy/install"
	"k8s.io/kubernetes/pkg/controller/history"
	"k8s.io/kubernetes/pkg/controller/statefulset"
	testclock "k8s.io/utils/clock/testing"
)

// cluster holds its objects where the controllers look for them: in the stores of informers that watch nothing.
type cluster struct {
	clock *testclock.FakeClock
	// How often an object of a name was made. Controllers make several at once.
	made    map[string]int
	making  sync.Mutex
	factory informers.SharedInformerFactory
	client  *fake.Clientset
	pods    cache.Indexer
	claims  cache.Indexer
	sets    cache.Indexer
	budgets cache.Indexer
	control statefulset.StatefulSetControlInterface
	// Brings the status of a budget up to date.
	syncBudget func(key string) error
	evictions  evictor
}

func newCluster() *cluster {
	client := fake.NewClientset()
	factory := informers.NewSharedInformerFactory(client, 0)
	c := &cluster{
		clock:   testclock.NewFakeClock(time.Unix(0, 0)),
		made:    map[string]int{},
		factory: factory,
		client:  client,
		pods:    factory.Core().V1().Pods().Informer().GetIndexer(),
		claims:  factory.Core().V1().PersistentVolumeClaims().Informer().GetIndexer(),
		sets:    factory.Apps().V1().StatefulSets().Informer().GetIndexer(),
		budgets: factory.Policy().V1().PodDisruptionBudgets().Informer().GetIndexer(),
	}
	revisions := history.NewFakeHistory(factory.Apps().V1().ControllerRevisions())
	pods := statefulset.NewStatefulPodControlFromManager(objects{c}, &record.FakeRecorder{})
	c.control = statefulset.NewDefaultStatefulSetControl(pods, statuses{c}, revisions)
	c.startBudgets()
	return c
}

func setFeatures(features map[string]bool) {
	for name, enabled := range features {
		if err := utilfeature.DefaultMutableFeatureGate.Set(fmt.Sprintf("%s=%t", name, enabled)); err != nil {
			panic(err)
		}
	}
}

func (c *cluster) uid(name string) types.UID {
	c.making.Lock()
	defer c.making.Unlock()
	c.made[name]++
	return types.UID(fmt.Sprintf("%s/%d", name, c.made[name]))
}

// decode reads a resource as the API server does, with its defaults.
func decode(text []byte) (runtime.Object, error) {
	return runtime.Decode(legacyscheme.Codecs.UniversalDeserializer(), text)
}

func (c *cluster) storeOf(object runtime.Object) (cache.Indexer, error) {
	switch object.(type) {
	case *appsv1.StatefulSet:
		return c.sets, nil
	case *policyv1.PodDisruptionBudget:
		return c.budgets, nil
	}
	return nil, fmt.Errorf("no controller here is for %T", object)
}

// decode reads an object, and says where its like is kept.
func (c *cluster) decode(text []byte) (runtime.Object, cache.Indexer, error) {
	object, err := decode(text)
	if err != nil {
		return nil, nil, err
	}
	store, err := c.storeOf(object)
	return object, store, err
}

// apply makes an object, or replaces the spec of the one that is there.
func (c *cluster) apply(text []byte) error {
	object, store, err := c.decode(text)
	if err != nil {
		return err
	}
	legacyscheme.Scheme.Default(object)
	found, exists, err := store.Get(object)
	if err != nil {
		return err
	}
	accessor, err := meta.Accessor(object)
	if err != nil {
		return err
	}
	accessor.SetUID(c.uid(accessor.GetName()))
	accessor.SetGeneration(1)
	if exists {
		keep(object, found)
	}
	return store.Add(object)
}

// keep carries over what an update of the spec leaves as it is.
func keep(object, found any) {
	switch is := object.(type) {
	case *appsv1.StatefulSet:
		was := found.(*appsv1.StatefulSet)
		is.UID, is.Status, is.Generation = was.UID, was.Status, was.Generation
		if !equality.Semantic.DeepEqual(is.Spec, was.Spec) {
			is.Generation++
		}
	case *policyv1.PodDisruptionBudget:
		was := found.(*policyv1.PodDisruptionBudget)
		is.UID, is.Status, is.Generation = was.UID, was.Status, was.Generation
		if !equality.Semantic.DeepEqual(is.Spec, was.Spec) {
			is.Generation++
		}
	}
}

// remove deletes an object. The pods of a StatefulSet are deleted with it.
func (c *cluster) remove(text []byte) error {
	object, store, err := c.decode(text)
	if err != nil {
		return err
	}
	found, exists, err := store.Get(object)
	if err != nil || !exists {
		return err
	}
	if set, ok := found.(*appsv1.StatefulSet); ok {
		for _, pod := range c.podsOf(set) {
			if err := c.deletePod(pod); err != nil {
				return err
			}
		}
	}
	return store.Delete(found)
}

func (c *cluster) scale(name string, replicas int32) error {
	for _, object := range c.sets.List() {
		if set := object.(*appsv1.StatefulSet); set.Name == name {
			set = set.DeepCopy()
			set.Spec.Replicas = &replicas
			set.Generation++
			return c.sets.Update(set)
		}
	}
	return fmt.Errorf("there is no StatefulSet %q", name)
}

// sync lets each controller look at everything once.
func (c *cluster) sync() error {
	for _, object := range c.sets.List() {
		set := object.(*appsv1.StatefulSet)
		if _, err := c.control.UpdateStatefulSet(context.Background(), set, c.podsOf(set), c.clock.Now()); err != nil {
			return err
		}
	}
	for _, key := range c.budgets.ListKeys() {
		if err := c.syncBudget(key); err != nil {
			return err
		}
	}
	return nil
}

func (c *cluster) podsOf(set *appsv1.StatefulSet) []*corev1.Pod {
	var found []*corev1.Pod
	for _, object := range c.pods.List() {
		pod := object.(*corev1.Pod)
		if metav1.IsControlledBy(pod, set) {
			found = append(found, pod)
		}
	}
	sort.Slice(found, func(i, j int) bool { return found[i].Name < found[j].Name })
	return found
}

func (c *cluster) listPods() []pod {
	var found []pod
	for _, object := range c.pods.List() {
		one := object.(*corev1.Pod)
		found = append(found, pod{
			Name:     one.Name,
			UID:      string(one.UID),
			Set:      metav1.GetControllerOf(one).Name,
			Revision: one.Labels[appsv1.StatefulSetRevisionLabel],
			Phase:    string(one.Status.Phase),
			Ready:    isReady(one),
			Deleting: one.DeletionTimestamp != nil,
		})
	}
	sort.Slice(found, func(i, j int) bool { return found[i].Name < found[j].Name })
	return found
}

func (c *cluster) listSets() []set {
	var found []set
	for _, object := range c.sets.List() {
		one := object.(*appsv1.StatefulSet)
		status := one.Status
		found = append(found, set{
			Name:      one.Name,
			Replicas:  *one.Spec.Replicas,
			Available: status.AvailableReplicas,
			Done: status.ObservedGeneration == one.Generation && status.CurrentRevision == status.UpdateRevision &&
				status.Replicas == *one.Spec.Replicas && status.ReadyReplicas == status.Replicas,
		})
	}
	sort.Slice(found, func(i, j int) bool { return found[i].Name < found[j].Name })
	return found
}

func codeOf(err error) int32 {
	var status apierrors.APIStatus
	if errors.As(err, &status) {
		return status.Status().Code
	}
	return 0
}
