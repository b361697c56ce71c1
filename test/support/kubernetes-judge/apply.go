package main

import (
	"encoding/json"
	"fmt"

	"k8s.io/apimachinery/pkg/api/meta"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/apimachinery/pkg/util/managedfields"
	"k8s.io/apimachinery/pkg/util/strategicpatch"
)

// applier makes of what is stored and what is applied the object that the API server is to store. Neither is kept.
type applier interface {
	// first is for a resource that is not there.
	first(text []byte, kind schema.GroupVersionKind) (runtime.Object, error)
	// again is for one that an earlier text was applied to.
	again(live runtime.Object, earlier, text []byte, kind schema.GroupVersionKind) (runtime.Object, error)
}

// serverSide applies as Flux and kpt do: the API server merges, and knows which fields are whose.
type serverSide struct{ *server }

const engine = "engine"

func (s serverSide) first(text []byte, kind schema.GroupVersionKind) (runtime.Object, error) {
	empty, err := s.scheme.New(kind)
	if err != nil {
		return nil, err
	}
	return s.merge(empty, text, kind)
}

func (s serverSide) again(live runtime.Object, _, text []byte, kind schema.GroupVersionKind) (runtime.Object, error) {
	return s.merge(live, text, kind)
}

func (s serverSide) merge(live runtime.Object, text []byte, kind schema.GroupVersionKind) (runtime.Object, error) {
	manager, err := managedfields.NewDefaultFieldManager(
		s.types, s.scheme, s.scheme, s.scheme, kind, hubOf(kind), "", nil,
	)
	if err != nil {
		return nil, err
	}
	applied := &unstructured.Unstructured{}
	if err := applied.UnmarshalJSON(text); err != nil {
		return nil, err
	}
	return manager.Apply(live, applied, engine, true)
}

func hubOf(kind schema.GroupVersionKind) schema.GroupVersion {
	return schema.GroupVersion{Group: kind.Group, Version: runtime.APIVersionInternal}
}

// clientSide applies as `kubectl apply` and Argo CD do: the client makes a patch of what it applied last, what it is to
// apply, and what is there.
type clientSide struct{ *server }

const lastApplied = "kubectl.kubernetes.io/last-applied-configuration"

func (s clientSide) first(text []byte, _ schema.GroupVersionKind) (runtime.Object, error) {
	return runtime.Decode(s.decoder, text)
}

func (s clientSide) again(live runtime.Object, earlier, text []byte, kind schema.GroupVersionKind) (runtime.Object, error) {
	typed, err := s.scheme.New(kind)
	if err != nil {
		return nil, err
	}
	current, err := runtime.Encode(s.codecs.LegacyCodec(kind.GroupVersion()), live)
	if err != nil {
		return nil, err
	}
	lookup, err := strategicpatch.NewPatchMetaFromStruct(typed)
	if err != nil {
		return nil, err
	}
	patch, err := strategicpatch.CreateThreeWayMergePatch(earlier, text, current, lookup, true)
	if err != nil {
		return nil, err
	}
	patched, err := strategicpatch.StrategicMergePatch(current, patch, typed)
	if err != nil {
		return nil, err
	}
	object, err := runtime.Decode(s.decoder, patched)
	if err != nil {
		return nil, err
	}
	return object, keepIdentity(object, live)
}

// keepIdentity gives an object what no client writes and the API server compares.
func keepIdentity(object, live runtime.Object) error {
	to, err := meta.Accessor(object)
	if err != nil {
		return err
	}
	from, err := meta.Accessor(live)
	if err != nil {
		return err
	}
	to.SetUID(from.GetUID())
	to.SetResourceVersion(from.GetResourceVersion())
	to.SetCreationTimestamp(from.GetCreationTimestamp())
	return nil
}

func (s *server) applierOf(name string) (applier, error) {
	switch name {
	case "server-side":
		return serverSide{s}, nil
	case "client-side":
		return clientSide{s}, nil
	}
	return nil, fmt.Errorf("nobody applies %q", name)
}

// withNamespace is the text of a resource with a namespace, as whoever applies it sends it to one.
func withNamespace(text json.RawMessage) ([]byte, error) {
	written := &unstructured.Unstructured{}
	if err := written.UnmarshalJSON(text); err != nil {
		return nil, err
	}
	if written.GetNamespace() == "" {
		written.SetNamespace("default")
	}
	return written.MarshalJSON()
}
