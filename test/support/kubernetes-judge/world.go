package main

import (
	"context"
	"maps"
	"slices"
	"strings"
	"sync"
	"time"

	appsv1 "k8s.io/api/apps/v1"
	corev1 "k8s.io/api/core/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/client-go/tools/record"
	"k8s.io/kubernetes/pkg/controller/statefulset"
)

// world is what the controller sees of a cluster: the pods and claims of one StatefulSet.
type world struct {
	*server
	// mutex guards all below: the controller makes several pods at a time.
	mutex   sync.Mutex
	control statefulset.StatefulSetControlInterface
	status  appsv1.StatefulSetStatus
	pods    map[string]*corev1.Pod
	claims  map[string]*corev1.PersistentVolumeClaim
	deleted map[string]bool
	// asked is the pod that was to be made last, taken or refused.
	asked   runtime.Object
	refused []refusal
	changed bool
}

func newWorld(s *server) *world {
	there := &world{
		server:  s,
		pods:    map[string]*corev1.Pod{},
		claims:  map[string]*corev1.PersistentVolumeClaim{},
		deleted: map[string]bool{},
	}
	pods := statefulset.NewStatefulPodControlFromManager(there, &record.FakeRecorder{})
	there.control = statefulset.NewDefaultStatefulSetControl(pods, there, &revisions{})
	return there
}

// settle lets the controller go on until it has nothing more to do, or cannot.
func (w *world) settle(set *appsv1.StatefulSet) {
	now := time.Now()
	for w.changed = true; w.changed && len(w.refused) == 0; {
		w.changed = false
		set = set.DeepCopy()
		set.Status = w.status
		pods := slices.SortedFunc(maps.Values(w.pods), func(a, b *corev1.Pod) int { return strings.Compare(a.Name, b.Name) })
		now = now.Add(time.Hour)
		if _, err := w.control.UpdateStatefulSet(context.Background(), set, pods, now); err != nil && len(w.refused) == 0 {
			w.refused = refusals(err)
		}
		for _, pod := range w.pods {
			pod.Status = ready(now)
		}
	}
}

func (w *world) UpdateStatefulSetStatus(_ context.Context, _ *appsv1.StatefulSet, status *appsv1.StatefulSetStatus) error {
	w.mutex.Lock()
	defer w.mutex.Unlock()
	w.changed = true
	w.status = *status
	return nil
}

func (w *world) CreatePod(_ context.Context, pod *corev1.Pod, _ *appsv1.StatefulSet) error {
	w.mutex.Lock()
	defer w.mutex.Unlock()
	w.changed = true
	// Admission sets a pod's service account before anything else reads the pod.
	admitted := pod.DeepCopy()
	if admitted.Spec.ServiceAccountName == "" {
		admitted.Spec.ServiceAccountName = "default"
	}
	asked, err := w.take(admitted, podKind)
	w.asked = asked
	if err != nil {
		w.refused = refusals(err)
		return err
	}
	w.pods[pod.Name] = pod
	return nil
}

func (w *world) GetPod(_, name string) (*corev1.Pod, error) {
	w.mutex.Lock()
	defer w.mutex.Unlock()
	if pod, is := w.pods[name]; is {
		return pod, nil
	}
	return nil, apierrors.NewNotFound(corev1.Resource("pods"), name)
}

func (w *world) UpdatePod(pod *corev1.Pod, _ *appsv1.StatefulSet) error {
	w.mutex.Lock()
	defer w.mutex.Unlock()
	w.pods[pod.Name] = pod
	return nil
}

func (w *world) DeletePod(pod *corev1.Pod) error {
	w.mutex.Lock()
	defer w.mutex.Unlock()
	w.changed = true
	w.deleted[pod.Name] = true
	delete(w.pods, pod.Name)
	return nil
}

func (w *world) CreateClaim(claim *corev1.PersistentVolumeClaim, _ *appsv1.StatefulSet) error {
	w.mutex.Lock()
	defer w.mutex.Unlock()
	if _, err := w.take(claim.DeepCopy(), claimKind); err != nil {
		w.refused = append(w.refused, within("claim "+claim.Name+": ", err)...)
		return err
	}
	w.claims[claim.Name] = claim
	return nil
}

func (w *world) GetClaim(_, name string) (*corev1.PersistentVolumeClaim, error) {
	w.mutex.Lock()
	defer w.mutex.Unlock()
	if claim, is := w.claims[name]; is {
		return claim, nil
	}
	return nil, apierrors.NewNotFound(corev1.Resource("persistentvolumeclaims"), name)
}

func (w *world) UpdateClaim(claim *corev1.PersistentVolumeClaim, _ *appsv1.StatefulSet) error {
	w.mutex.Lock()
	defer w.mutex.Unlock()
	w.claims[claim.Name] = claim
	return nil
}

func ready(since time.Time) corev1.PodStatus {
	return corev1.PodStatus{
		Phase: corev1.PodRunning,
		Conditions: []corev1.PodCondition{
			{Type: corev1.PodReady, Status: corev1.ConditionTrue, LastTransitionTime: metav1.NewTime(since)},
		},
	}
}

var (
	podKind   = corev1.SchemeGroupVersion.WithKind("Pod")
	claimKind = corev1.SchemeGroupVersion.WithKind("PersistentVolumeClaim")
)

// take returns the API server's version of an object that the controller creates, accepted or not.
func (w *world) take(object runtime.Object, kind schema.GroupVersionKind) (runtime.Object, error) {
	w.scheme.Default(object)
	internal, err := w.scheme.ConvertToVersion(object, hubOf(kind))
	if err != nil {
		return nil, err
	}
	_, err = plainRegistry{strategies[kind.Kind]}.create(contextOf(internal), internal)
	return internal, err
}
