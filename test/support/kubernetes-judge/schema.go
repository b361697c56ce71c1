package main

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"k8s.io/apiextensions-apiserver/pkg/apis/apiextensions"
	"k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/install"
	apiextensionsv1 "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"
	apiextensionsvalidation "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/validation"
	structural "k8s.io/apiextensions-apiserver/pkg/apiserver/schema"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema/defaulting"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema/objectmeta"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema/pruning"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/validation"
	"k8s.io/apiextensions-apiserver/pkg/registry/customresource"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/apimachinery/pkg/util/validation/field"
)

// underDefinition is a CustomResourceDefinition, and resources of its kinds that are created under it.
type underDefinition struct {
	Definition json.RawMessage   `json:"definition"`
	Resources  []json.RawMessage `json:"resources"`
}

type definitionAnswer struct {
	// Refused is why the definition is not taken; nothing is said of resources then.
	Refused   []refusal        `json:"refused,omitempty"`
	Resources []resourceAnswer `json:"resources"`
}

type resourceAnswer struct {
	Refused []refusal `json:"refused,omitempty"`
	// Unknown is the fields that are dropped.
	Unknown []string `json:"unknown,omitempty"`
}

var definitionScheme = func() *runtime.Scheme {
	scheme := runtime.NewScheme()
	install.Install(scheme)
	return scheme
}()

func createUnderDefinition(question underDefinition) definitionAnswer {
	answer := definitionAnswer{Resources: []resourceAnswer{}}
	definition, err := readDefinition(question.Definition)
	if err != nil {
		answer.Refused = refusals(err)
		return answer
	}
	faults := apiextensionsvalidation.ValidateCustomResourceDefinition(context.Background(), definition)
	for _, fault := range faults {
		answer.Refused = append(answer.Refused, refusal{Field: fault.Field, Message: fault.ErrorBody()})
	}
	if len(faults) > 0 {
		return answer
	}
	kinds := map[string]*customKind{}
	for _, version := range definition.Spec.Versions {
		kind, err := newCustomKind(definition, version.Name)
		if err != nil {
			answer.Refused = refusals(err)
			return answer
		}
		kinds[kind.kind.GroupVersion().String()] = kind
	}
	for _, text := range question.Resources {
		answer.Resources = append(answer.Resources, createCustom(kinds, text))
	}
	return answer
}

func readDefinition(text []byte) (*apiextensions.CustomResourceDefinition, error) {
	versioned := &apiextensionsv1.CustomResourceDefinition{}
	if err := json.Unmarshal(text, versioned); err != nil {
		return nil, err
	}
	definitionScheme.Default(versioned)
	definition := &apiextensions.CustomResourceDefinition{}
	if err := definitionScheme.Convert(versioned, definition, nil); err != nil {
		return nil, err
	}
	// Its creation says so.
	definition.Status.StoredVersions = []string{}
	for _, version := range definition.Spec.Versions {
		if version.Storage {
			definition.Status.StoredVersions = append(definition.Status.StoredVersions, version.Name)
		}
	}
	return definition, nil
}

// customKind is one version of a definition's kind.
type customKind struct {
	kind     schema.GroupVersionKind
	schema   *structural.Structural
	strategy interface {
		PrepareForCreate(context.Context, runtime.Object)
		Validate(context.Context, runtime.Object) field.ErrorList
	}
}

func newCustomKind(definition *apiextensions.CustomResourceDefinition, version string) (*customKind, error) {
	written, err := apiextensions.GetSchemaForVersion(definition, version)
	if err != nil {
		return nil, err
	}
	shape, err := structural.NewStructural(written.OpenAPIV3Schema)
	if err != nil {
		return nil, err
	}
	if err := defaulting.PruneDefaults(shape); err != nil {
		return nil, err
	}
	validator, _, err := validation.NewSchemaValidator(written.OpenAPIV3Schema)
	if err != nil {
		return nil, err
	}
	subresources, err := apiextensions.GetSubresourcesForVersion(definition, version)
	if err != nil {
		return nil, err
	}
	var status *apiextensions.CustomResourceSubresourceStatus
	if subresources != nil {
		status = subresources.Status
	}
	kind := schema.GroupVersionKind{Group: definition.Spec.Group, Version: version, Kind: definition.Spec.Names.Kind}
	isNamespaced := definition.Spec.Scope == apiextensions.NamespaceScoped
	strategy := customresource.NewStrategy(nil, isNamespaced, kind, validator, nil, shape, status, nil, nil)
	return &customKind{kind, shape, strategy}, nil
}

// createCustom does what the API server does with a new resource, in its order.
func createCustom(kinds map[string]*customKind, text []byte) resourceAnswer {
	object := &unstructured.Unstructured{}
	if err := object.UnmarshalJSON(text); err != nil {
		return resourceAnswer{Refused: refusals(err)}
	}
	kind, is := kinds[object.GetAPIVersion()]
	if !is {
		return resourceAnswer{Refused: refusals(fmt.Errorf("there is no version %q", object.GetAPIVersion()))}
	}
	fault, unknown := objectmeta.CoerceWithOptions(nil, object.Object, kind.schema, true, objectmeta.CoerceOptions{ReturnUnknownFieldPaths: true})
	pruned := pruning.PruneWithOptions(object.Object, kind.schema, true, structural.UnknownFieldPathOptions{TrackUnknownFieldPaths: true})
	answer := resourceAnswer{Unknown: append(slices.Clone(unknown), pruned...)}
	if fault != nil {
		// The API server says nothing else then; what it would say next is of interest here.
		answer.Refused = append(answer.Refused, refusal{Field: fault.Field, Message: fault.ErrorBody()})
	}
	defaulting.PruneNonNullableNullsWithoutDefaults(object.Object, kind.schema)
	defaulting.Default(object.Object, kind.schema)
	kind.strategy.PrepareForCreate(context.Background(), object)
	for _, fault := range kind.strategy.Validate(context.Background(), object) {
		answer.Refused = append(answer.Refused, refusal{Field: fault.Field, Message: fault.ErrorBody()})
	}
	return answer
}
