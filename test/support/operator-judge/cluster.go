package main

import (
	"encoding/json"
	"fmt"
	"os"

	"github.com/pingcap/tidb-operator/pkg/apis/pingcap/v1alpha1"
	operatordefaults "github.com/pingcap/tidb-operator/pkg/apis/pingcap/v1alpha1/defaulting"
	"k8s.io/apiextensions-apiserver/pkg/apis/apiextensions"
	apiextensionsv1 "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema/defaulting"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema/pruning"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/validation"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/serializer"
	yamlutil "k8s.io/apimachinery/pkg/util/yaml"
	"sigs.k8s.io/yaml"
)

// A verdict on a manifest.
type verdict struct {
	// Who does not take it: kubectl, the API server, or the operator.
	RefusedBy string `json:"refusedBy,omitempty"`
	Why       string `json:"why,omitempty"`
	// The fields that the API server does not store, because the CRD does not know them.
	Pruned []string `json:"pruned,omitempty"`
	// What the operator writes back whenever it updates the TidbCluster.
	Written json.RawMessage `json:"written,omitempty"`
}

type server struct {
	validator  validation.SchemaValidator
	structural *schema.Structural
	decoder    runtime.Decoder
}

// newServer is an API server that has stored the CRD of TidbClusters, and an operator that watches them.
func newServer(crds string) (*server, error) {
	file, err := os.Open(crds)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	documents := yamlutil.NewYAMLOrJSONDecoder(file, 4096)
	for {
		crd := apiextensionsv1.CustomResourceDefinition{}
		if err := documents.Decode(&crd); err != nil {
			return nil, fmt.Errorf("%s has no CRD of TidbClusters: %w", crds, err)
		}
		if crd.Spec.Names.Kind != "TidbCluster" {
			continue
		}
		props := &apiextensions.JSONSchemaProps{}
		if err := apiextensionsv1.Convert_v1_JSONSchemaProps_To_apiextensions_JSONSchemaProps(
			crd.Spec.Versions[0].Schema.OpenAPIV3Schema, props, nil,
		); err != nil {
			return nil, err
		}
		structural, err := schema.NewStructural(props)
		if err != nil {
			return nil, err
		}
		validator, _, err := validation.NewSchemaValidator(props)
		if err != nil {
			return nil, err
		}
		scheme := runtime.NewScheme()
		if err := v1alpha1.AddToScheme(scheme); err != nil {
			return nil, err
		}
		decoder := serializer.NewCodecFactory(scheme).UniversalDeserializer()
		return &server{validator, structural, decoder}, nil
	}
}

func (s *server) judge(manifest string) verdict {
	sent, err := yaml.YAMLToJSON([]byte(manifest))
	if err != nil {
		return verdict{RefusedBy: "kubectl", Why: err.Error()}
	}
	stored, pruned, err := s.store(sent)
	if err != nil {
		return verdict{RefusedBy: "API server", Why: err.Error()}
	}
	written, err := s.writeBack(stored)
	if err != nil {
		return verdict{RefusedBy: "operator", Why: err.Error(), Pruned: pruned}
	}
	return verdict{Pruned: pruned, Written: written}
}

// store does what the API server does to a custom resource that is created.
func (s *server) store(sent []byte) ([]byte, []string, error) {
	object := &unstructured.Unstructured{}
	if err := object.UnmarshalJSON(sent); err != nil {
		return nil, nil, err
	}
	options := schema.UnknownFieldPathOptions{TrackUnknownFieldPaths: true}
	pruned := pruning.PruneWithOptions(object.Object, s.structural, true, options)
	defaulting.Default(object.Object, s.structural)
	defaulting.PruneNonNullableNullsWithoutDefaults(object.Object, s.structural)
	if problems := validation.ValidateCustomResource(nil, object.Object, s.validator); len(problems) > 0 {
		return nil, pruned, problems.ToAggregate()
	}
	stored, err := object.MarshalJSON()
	return stored, pruned, err
}

// writeBack does what the operator's client does with what it is sent, and what its first step and its update do.
func (s *server) writeBack(stored []byte) (written []byte, err error) {
	err = caught(func() error {
		cluster := &v1alpha1.TidbCluster{}
		if _, _, err := s.decoder.Decode(stored, nil, cluster); err != nil {
			return err
		}
		operatordefaults.SetTidbClusterDefault(cluster)
		written, err = json.Marshal(cluster)
		return err
	})
	return written, err
}
