package main

import (
	"encoding/json"
	"fmt"

	apiextensions "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/install"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/apimachinery/pkg/runtime/serializer"
	"k8s.io/apimachinery/pkg/util/managedfields"
	"k8s.io/client-go/applyconfigurations"
	"k8s.io/kubernetes/pkg/api/legacyscheme"
	_ "k8s.io/kubernetes/pkg/apis/apps/install"
	_ "k8s.io/kubernetes/pkg/apis/autoscaling/install"
	_ "k8s.io/kubernetes/pkg/apis/batch/install"
	_ "k8s.io/kubernetes/pkg/apis/core/install"
	_ "k8s.io/kubernetes/pkg/apis/networking/install"
	_ "k8s.io/kubernetes/pkg/apis/policy/install"
	_ "k8s.io/kubernetes/pkg/apis/rbac/install"
	"k8s.io/kubernetes/pkg/capabilities"
)

// server does what an API server does with a resource, from the text on, short of admission and of etcd.
type server struct {
	scheme  *runtime.Scheme
	decoder runtime.Decoder
	codecs  serializer.CodecFactory
	types   managedfields.TypeConverter
}

func newServer() (*server, error) {
	// As API servers are mostly started.
	capabilities.Setup(true, 0)
	scheme := legacyscheme.Scheme
	apiextensions.Install(scheme)
	codecs := serializer.NewCodecFactory(scheme, serializer.EnableStrict)
	return &server{
		scheme:  scheme,
		decoder: codecs.UniversalDecoder(),
		codecs:  codecs,
		types:   applyconfigurations.NewTypeConverter(scheme),
	}, nil
}

// read gives a resource as the API server works with it, with its defaults, and its kind.
func (s *server) read(text []byte) (runtime.Object, schema.GroupVersionKind, error) {
	written := &unstructured.Unstructured{}
	if err := written.UnmarshalJSON(text); err != nil {
		return nil, schema.GroupVersionKind{}, err
	}
	internal, err := runtime.Decode(s.decoder, text)
	return internal, written.GroupVersionKind(), err
}

// versioned writes an internal object in a version of its API.
func (s *server) versioned(internal runtime.Object, kind schema.GroupVersionKind) (map[string]any, error) {
	encoded, err := runtime.Encode(s.codecs.LegacyCodec(kind.GroupVersion()), internal)
	if err != nil {
		return nil, err
	}
	written := map[string]any{}
	if err := json.Unmarshal(encoded, &written); err != nil {
		return nil, fmt.Errorf("what was stored is no JSON: %w", err)
	}
	return written, nil
}

// shown is what is stored without what no two servers have in common, or nobody writes.
func (s *server) shown(internal runtime.Object, kind schema.GroupVersionKind) (map[string]any, error) {
	written, err := s.versioned(internal, kind)
	if err != nil {
		return nil, err
	}
	delete(written, "status")
	for _, field := range []string{"uid", "creationTimestamp", "resourceVersion", "generation", "managedFields"} {
		unstructured.RemoveNestedField(written, "metadata", field)
	}
	unstructured.RemoveNestedField(written, "metadata", "annotations", lastApplied)
	if annotations, found, _ := unstructured.NestedMap(written, "metadata", "annotations"); found && len(annotations) == 0 {
		unstructured.RemoveNestedField(written, "metadata", "annotations")
	}
	return written, nil
}
