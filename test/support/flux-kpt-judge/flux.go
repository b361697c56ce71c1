package main

import (
	"context"
	"sort"

	"github.com/fluxcd/cli-utils/pkg/object"
	kustomizev1 "github.com/fluxcd/kustomize-controller/api/v1"
	"github.com/fluxcd/pkg/ssa"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/client-go/kubernetes/scheme"
	"sigs.k8s.io/controller-runtime/pkg/client/fake"
)

// The Kustomization that owns everything that is applied.
const name, namespace = "tidb-prod", "flux-system"

// followFlux does what a reconciliation does, in its order: apply everything, then delete what is no longer rendered. The
// health checks come after that, and change nothing.
func followFlux(history history) (verdict, error) {
	group := kustomizev1.GroupVersion.Group
	ctx := context.Background()
	// Each history has kinds of its own: the client adds those that it does not know while others read what it knows.
	kinds := runtime.NewScheme()
	if err := scheme.AddToScheme(kinds); err != nil {
		return verdict{}, err
	}
	for _, render := range history.Renders {
		for _, object := range copies(render) {
			if kind := object.GroupVersionKind(); !kinds.Recognizes(kind) {
				kinds.AddKnownTypeWithName(kind, &unstructured.Unstructured{})
			}
		}
	}
	client := fake.NewClientBuilder().WithScheme(kinds).Build()
	manager := ssa.NewResourceManager(client, nil, ssa.Owner{Field: "kustomize-controller", Group: group})
	remove := ssa.DeleteOptions{
		PropagationPolicy: metav1.DeletePropagationBackground,
		Inclusions:        manager.GetOwnerLabels(name, namespace),
		Exclusions: map[string]string{
			group + "/prune":     kustomizev1.DisabledValue,
			group + "/reconcile": kustomizev1.DisabledValue,
			group + "/ssa":       kustomizev1.IgnoreValue,
		},
	}
	found := verdict{Changes: []change{}}
	inventory := map[string]*unstructured.Unstructured{}
	all := map[string]*unstructured.Unstructured{}
	for _, render := range history.Renders {
		change := newChange()
		objects := copies(render)
		manager.SetOwnerLabels(objects, name, namespace)
		options := ssa.DefaultApplyOptions()
		options.ExclusionSelector = map[string]string{
			group + "/reconcile": kustomizev1.DisabledValue,
			group + "/ssa":       kustomizev1.IgnoreValue,
		}
		set, err := manager.ApplyAll(ctx, objects, options)
		if err != nil {
			return found, err
		}
		for _, entry := range set.Entries {
			if entry.Action == ssa.SkippedAction {
				change.Skipped = append(change.Skipped, titleOfEntry(entry))
			} else {
				change.Applied = append(change.Applied, titleOfEntry(entry))
			}
		}
		before := inventory
		inventory = map[string]*unstructured.Unstructured{}
		for _, object := range objects {
			inventory[titleOf(object)] = object
			all[titleOf(object)] = object
		}
		stale := []*unstructured.Unstructured{}
		for title, object := range before {
			if inventory[title] == nil {
				stale = append(stale, reference(object))
			}
		}
		change.Deleted, err = deleteAll(ctx, manager, stale, remove)
		if err != nil {
			return found, err
		}
		for _, title := range change.Deleted {
			delete(all, title)
		}
		for title := range all {
			if inventory[title] == nil {
				change.Left = append(change.Left, title)
			}
		}
		sort.Strings(change.Left)
		found.Changes = append(found.Changes, change)
	}
	rest := []*unstructured.Unstructured{}
	for _, object := range inventory {
		rest = append(rest, reference(object))
	}
	deleted, err := deleteAll(ctx, manager, rest, remove)
	found.DeletedWithOwner = deleted
	return found, err
}

func deleteAll(ctx context.Context, manager *ssa.ResourceManager, objects []*unstructured.Unstructured, options ssa.DeleteOptions) ([]string, error) {
	deleted := []string{}
	set, err := manager.DeleteAll(ctx, objects, options)
	if err != nil {
		return deleted, err
	}
	for _, entry := range set.Entries {
		if entry.Action == ssa.DeletedAction {
			deleted = append(deleted, titleOfEntry(entry))
		}
	}
	sort.Strings(deleted)
	return deleted, nil
}

// reference is what an inventory keeps of a resource: it says nothing of its annotations.
func reference(whole *unstructured.Unstructured) *unstructured.Unstructured {
	kept := &unstructured.Unstructured{}
	kept.SetGroupVersionKind(whole.GroupVersionKind())
	kept.SetNamespace(whole.GetNamespace())
	kept.SetName(whole.GetName())
	return kept
}

func titleOfEntry(entry ssa.ChangeSetEntry) string {
	return titleOfID(entry.ObjMetadata)
}

func titleOfID(id object.ObjMetadata) string {
	return title(id.GroupKind.Kind, id.Namespace, id.Name)
}
