package main

import (
	"encoding/json"

	appsv1 "k8s.io/api/apps/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/kubernetes/pkg/apis/core"
)

// change asks what comes of a resource that is applied over an earlier state of it.
type change struct {
	Old json.RawMessage `json:"old"`
	New json.RawMessage `json:"new"`
	// Apply says how: "server-side" as Flux and kpt do, or "client-side" as kubectl and Argo CD do.
	Apply string `json:"apply"`
}

type updated struct {
	// Before is what came of the old state. Where that was refused, nothing else is said.
	Before created `json:"before"`
	After  created `json:"after"`
	// Pods is for a StatefulSet that was taken.
	Pods *podChanges `json:"pods,omitempty"`
}

func (s *server) update(asked change) updated {
	there, err := s.newApplied(asked.Apply)
	if err != nil {
		return updated{Before: created{Refused: refusals(err)}}
	}
	found := updated{Before: there.apply(asked.Old)}
	if len(found.Before.Refused) > 0 {
		return found
	}
	there.bind()
	before := there.live.DeepCopyObject()
	found.After = there.apply(asked.New)
	if len(found.After.Refused) > 0 || there.kind.Kind != "StatefulSet" {
		return found
	}
	pods, err := s.podsBetween(before, there.live)
	found.Pods = &pods
	found.After.Refused = refusals(err)
	return found
}

func (s *server) podsBetween(before, after runtime.Object) (podChanges, error) {
	old, new := &appsv1.StatefulSet{}, &appsv1.StatefulSet{}
	if err := s.scheme.Convert(before, old, nil); err != nil {
		return podChanges{}, err
	}
	if err := s.scheme.Convert(after, new, nil); err != nil {
		return podChanges{}, err
	}
	return s.podsChanged(old, new), nil
}

// applied is a resource in the API server, and whoever applies it.
type applied struct {
	*server
	client applier
	store  registry
	kind   schema.GroupVersionKind
	// earlier is what was applied last, live what came of it.
	earlier []byte
	live    runtime.Object
}

func (s *server) newApplied(how string) (*applied, error) {
	client, err := s.applierOf(how)
	return &applied{server: s, client: client}, err
}

func (a *applied) apply(written json.RawMessage) created {
	stored, err := a.stored(written)
	if err != nil {
		return created{Refused: refusals(err)}
	}
	if a.live, err = a.kept(stored); err != nil {
		return created{Refused: refusals(err)}
	}
	return a.answer(a.live, a.kind)
}

// kept is an object once it has been in the storage, which knows no difference between what is empty and what is not there.
func (a *applied) kept(object runtime.Object) (runtime.Object, error) {
	written, err := runtime.Encode(a.codecs.LegacyCodec(a.kind.GroupVersion()), object)
	if err != nil {
		return nil, err
	}
	return runtime.Decode(a.decoder, written)
}

func (a *applied) stored(written json.RawMessage) (runtime.Object, error) {
	text, err := withNamespace(written)
	if err != nil {
		return nil, err
	}
	if a.live != nil {
		// An update must not change the object that it starts from.
		merged, err := a.client.again(a.live.DeepCopyObject(), a.earlier, text, a.kind)
		if err != nil {
			return nil, err
		}
		return a.store.update(contextOf(merged), merged, a.live.DeepCopyObject())
	}
	if _, a.kind, err = a.read(text); err != nil {
		return nil, err
	}
	if a.store, err = registryOf(a.kind); err != nil {
		return nil, err
	}
	object, err := a.client.first(text, a.kind)
	if err != nil {
		return nil, err
	}
	a.earlier = text
	return a.store.create(contextOf(object), object)
}

// bind gives a claim its volume, as a cluster does before any change to the claim.
func (a *applied) bind() {
	claim, is := a.live.(*core.PersistentVolumeClaim)
	if !is {
		return
	}
	claim.Status.Phase = core.ClaimBound
	claim.Status.Capacity = claim.Spec.Resources.Requests.DeepCopy()
	if claim.Spec.VolumeName == "" {
		claim.Spec.VolumeName = "volume"
	}
}
