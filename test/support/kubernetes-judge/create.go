package main

import (
	"context"
	"encoding/json"

	"k8s.io/apimachinery/pkg/api/meta"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/apiserver/pkg/endpoints/request"
)

// created is what comes of a resource that was not there.
type created struct {
	// Refused is empty where the API server takes it.
	Refused []refusal `json:"refused,omitempty"`
	// Stored is what it would store, also where it does not take it but can read it.
	Stored map[string]any `json:"stored,omitempty"`
}

func (s *server) create(text json.RawMessage) created {
	object, kind, err := s.read(text)
	if err != nil {
		return created{Refused: refusals(err)}
	}
	store, err := registryOf(kind)
	if err != nil {
		return created{Refused: refusals(err)}
	}
	stored, err := store.create(contextOf(object), object)
	if err != nil {
		answer := s.answer(object, kind)
		answer.Refused = append(refusals(err), answer.Refused...)
		return answer
	}
	return s.answer(stored, kind)
}

func (s *server) answer(stored runtime.Object, kind schema.GroupVersionKind) created {
	shown, err := s.shown(stored, kind)
	return created{Refused: refusals(err), Stored: shown}
}

// contextOf is that of a request for a resource. One without a namespace is in "default".
func contextOf(object runtime.Object) context.Context {
	namespace := "default"
	if accessor, err := meta.Accessor(object); err == nil {
		if accessor.GetNamespace() == "" {
			accessor.SetNamespace(namespace)
		}
		namespace = accessor.GetNamespace()
	}
	return request.WithNamespace(request.NewContext(), namespace)
}
