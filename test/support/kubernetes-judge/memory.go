package main

import (
	"context"
	"reflect"

	"k8s.io/apimachinery/pkg/api/meta"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apiserver/pkg/storage"
)

// memory is a storage of one object. It knows no more than a registry asks of it.
type memory struct {
	storage.Interface
	object runtime.Object
}

func (m *memory) Versioner() storage.Versioner { return storage.APIObjectVersioner{} }

func (m *memory) Create(_ context.Context, _ string, object, out runtime.Object, _ uint64) error {
	return m.keep(object, out)
}

func (m *memory) GuaranteedUpdate(
	_ context.Context, key string, out runtime.Object, _ bool, _ *storage.Preconditions, update storage.UpdateFunc,
	_ runtime.Object,
) error {
	if m.object == nil {
		return storage.NewKeyNotFoundError(key, 0)
	}
	object, _, err := update(m.object.DeepCopyObject(), storage.ResponseMeta{ResourceVersion: 1})
	if err != nil {
		return err
	}
	return m.keep(object, out)
}

func (m *memory) keep(object, out runtime.Object) error {
	m.object = object.DeepCopyObject()
	// An object without a version counts as missing.
	accessor, err := meta.Accessor(m.object)
	if err != nil {
		return err
	}
	accessor.SetResourceVersion("1")
	reflect.ValueOf(out).Elem().Set(reflect.ValueOf(m.object.DeepCopyObject()).Elem())
	return nil
}
