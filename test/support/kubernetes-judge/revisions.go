package main

import (
	"bytes"

	appsv1 "k8s.io/api/apps/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/labels"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/kubernetes/pkg/controller/history"
)

// revisions keeps the states of one StatefulSet's pod template.
type revisions struct{ all []*appsv1.ControllerRevision }

func (r *revisions) ListControllerRevisions(
	metav1.Object, schema.GroupVersionKind, labels.Selector,
) ([]*appsv1.ControllerRevision, error) {
	copies := []*appsv1.ControllerRevision{}
	for _, revision := range r.all {
		copies = append(copies, revision.DeepCopy())
	}
	return copies, nil
}

func (r *revisions) CreateControllerRevision(
	parent metav1.Object, revision *appsv1.ControllerRevision, collisions *int32,
) (*appsv1.ControllerRevision, error) {
	clone := revision.DeepCopy()
	for {
		clone.Name = history.ControllerRevisionName(parent.GetName(), history.HashControllerRevision(revision, collisions))
		twin := r.named(clone.Name)
		if twin == nil {
			r.all = append(r.all, clone)
			return clone.DeepCopy(), nil
		}
		if bytes.Equal(twin.Data.Raw, clone.Data.Raw) {
			return twin.DeepCopy(), nil
		}
		*collisions++
	}
}

func (r *revisions) named(name string) *appsv1.ControllerRevision {
	for _, revision := range r.all {
		if revision.Name == name {
			return revision
		}
	}
	return nil
}

func (r *revisions) DeleteControllerRevision(*appsv1.ControllerRevision) error { return nil }

func (r *revisions) UpdateControllerRevision(
	revision *appsv1.ControllerRevision, number int64,
) (*appsv1.ControllerRevision, error) {
	kept := r.named(revision.Name)
	kept.Revision = number
	return kept.DeepCopy(), nil
}

func (r *revisions) AdoptControllerRevision(
	_ metav1.Object, _ schema.GroupVersionKind, revision *appsv1.ControllerRevision,
) (*appsv1.ControllerRevision, error) {
	return revision, nil
}

func (r *revisions) ReleaseControllerRevision(
	_ metav1.Object, revision *appsv1.ControllerRevision,
) (*appsv1.ControllerRevision, error) {
	return revision, nil
}
