package main

import (
	"fmt"
	"sort"
	"time"

	"github.com/argoproj/argo-cd/v3/common"
	"github.com/argoproj/argo-cd/v3/util/lua"
	"github.com/argoproj/gitops-engine/pkg/sync"
	synccommon "github.com/argoproj/gitops-engine/pkg/sync/common"
	resourceutil "github.com/argoproj/gitops-engine/pkg/sync/resource"
	"github.com/argoproj/gitops-engine/pkg/utils/kube"
	"github.com/go-logr/logr"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/apimachinery/pkg/types"
	"k8s.io/client-go/rest"
)

// syncQuestion is what an Application has in the cluster, and what is rendered for it now.
type syncQuestion struct {
	Live     []*unstructured.Unstructured `json:"live"`
	Rendered []*unstructured.Unstructured `json:"rendered"`
	// Of a TidbCluster; empty where argocd-cm has none.
	HealthScript string `json:"healthScript"`
}

type syncVerdict struct {
	// The steps of a sync with pruning, in order, such as `applied StatefulSet db/hot-tikv`, `rolled …` and `pruned …`.
	Steps []string `json:"steps"`
	// Resources that are no longer rendered but stay.
	Left []string `json:"left"`
	// Whether the Application is in sync afterward.
	InSync bool `json:"inSync"`
	// How it ended.
	Phase string `json:"phase"`
	// Resources that would be deleted if the Application were deleted instead of synced.
	DeletedWithApplication []string `json:"deletedWithApplication"`
}

func syncAll(questions []syncQuestion) ([]syncVerdict, error) {
	server := discoveryServer()
	defer server.Close()
	verdicts := []syncVerdict{}
	for _, question := range questions {
		verdict, err := syncOne(question, &rest.Config{Host: server.URL})
		if err != nil {
			return nil, err
		}
		verdicts = append(verdicts, verdict)
	}
	return verdicts, nil
}

func syncOne(question syncQuestion, config *rest.Config) (syncVerdict, error) {
	cluster := newCluster(question.Live)
	verdict := syncVerdict{Left: []string{}, InSync: true, DeletedWithApplication: []string{}}
	for _, object := range question.Live {
		if goesWithApplication(object) {
			verdict.DeletedWithApplication = append(verdict.DeletedWithApplication, title(object))
		}
	}
	phase, err := run(cluster, question, config)
	if err != nil {
		return verdict, err
	}
	verdict.Phase = string(phase)
	verdict.Steps = append([]string{}, cluster.steps...)
	rendered := map[kube.ResourceKey]bool{}
	for _, object := range question.Rendered {
		rendered[kube.GetResourceKey(object)] = true
	}
	for key, object := range cluster.live {
		if rendered[key] {
			continue
		}
		verdict.Left = append(verdict.Left, title(object))
		ignored := resourceutil.HasAnnotationOption(object, common.AnnotationCompareOptions, "IgnoreExtraneous")
		verdict.InSync = verdict.InSync && ignored
	}
	sort.Strings(verdict.Left)
	sort.Strings(verdict.DeletedWithApplication)
	return verdict, nil
}

// goesWithApplication is what the application controller asks of each resource before it deletes it.
func goesWithApplication(object *unstructured.Unstructured) bool {
	isKept := resourceutil.HasAnnotationOption(object, synccommon.AnnotationSyncOptions, synccommon.SyncOptionDisableDeletion)
	return !kube.IsCRD(object) && !isKept
}

// run goes on with one operation as the application controller does, which starts over from the current state each time. What
// rolls is done rolling once there is nothing else to do.
func run(cluster *cluster, question syncQuestion, config *rest.Config) (synccommon.OperationPhase, error) {
	var results []synccommon.ResourceSyncResult
	var message string
	phase := synccommon.OperationRunning
	health := lua.ResourceHealthOverrides{}
	if question.HealthScript != "" {
		health = overrides(tidbCluster(), question.HealthScript)
	}
	for range 1000 {
		before := message
		found := sync.Reconcile(copies(question.Rendered), liveOf(cluster), "", scopes{})
		context, cleanup, err := sync.NewSyncContext("revision", found, config, config, &kubectl{cluster: cluster}, "", nil,
			sync.WithLogr(logr.Discard()),
			sync.WithHealthOverride(health),
			sync.WithOperationSettings(false, true, false, false),
			sync.WithInitialState(phase, message, results, startedAt),
		)
		if err != nil {
			return phase, err
		}
		context.Sync()
		phase, message, results = context.GetState()
		cleanup()
		if phase.Completed() {
			if phase.Failed() {
				return phase, fmt.Errorf("the sync has failed: %s", message)
			}
			cluster.roll()
			return phase, nil
		}
		if message == before && !cluster.roll() {
			return phase, nil
		}
	}
	return phase, fmt.Errorf("the sync does not end: %s", message)
}

var startedAt = metav1.NewTime(time.Unix(0, 0))

func liveOf(cluster *cluster) map[kube.ResourceKey]*unstructured.Unstructured {
	live := map[kube.ResourceKey]*unstructured.Unstructured{}
	for key, object := range cluster.live {
		live[key] = object.DeepCopy()
	}
	return live
}

func copies(objects []*unstructured.Unstructured) []*unstructured.Unstructured {
	made := make([]*unstructured.Unstructured, 0, len(objects))
	for _, object := range objects {
		made = append(made, object.DeepCopy())
	}
	return made
}

func title(object *unstructured.Unstructured) string {
	return fmt.Sprintf("%s %s/%s", object.GetKind(), object.GetNamespace(), object.GetName())
}

func uid(object *unstructured.Unstructured) types.UID {
	return types.UID(title(object))
}

func tidbCluster() *unstructured.Unstructured {
	object := &unstructured.Unstructured{}
	object.SetGroupVersionKind(schema.GroupVersionKind{Group: "pingcap.com", Version: "v1alpha1", Kind: "TidbCluster"})
	return object
}
