package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	admissionv1 "k8s.io/api/admissionregistration/v1"
	appsv1 "k8s.io/api/apps/v1"
	autoscalingv1 "k8s.io/api/autoscaling/v1"
	corev1 "k8s.io/api/core/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	"k8s.io/apimachinery/pkg/api/meta"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/apimachinery/pkg/runtime/serializer"
	"k8s.io/apiserver/pkg/admission"
	"k8s.io/apiserver/pkg/admission/initializer"
	"k8s.io/apiserver/pkg/admission/plugin/policy/validating"
	"k8s.io/apiserver/pkg/authentication/user"
	"k8s.io/apiserver/pkg/authorization/authorizer"
	"k8s.io/apiserver/pkg/cel/openapi/resolver"
	"k8s.io/apiserver/pkg/util/compatibility"
	utilfeature "k8s.io/apiserver/pkg/util/feature"
	dynamicfake "k8s.io/client-go/dynamic/fake"
	"k8s.io/client-go/informers"
	"k8s.io/client-go/kubernetes/fake"
	"k8s.io/kubernetes/pkg/api/legacyscheme"
	"k8s.io/kubernetes/pkg/generated/openapi"
)

var strictCodecs = serializer.NewCodecFactory(legacyscheme.Scheme, serializer.EnableStrict)

// asked is one request to the API server, as far as policies see it.
type asked struct {
	// A policy and its binding.
	Policies []json.RawMessage `json:"policies"`
	// UPDATE or DELETE.
	Operation string `json:"operation"`
	// Empty, or scale.
	Subresource string `json:"subresource"`
	// The object before, and after an update.
	Old json.RawMessage `json:"old"`
	New json.RawMessage `json:"new"`
	// Of a deletion.
	PropagationPolicy string `json:"propagationPolicy"`
	// Whether the namespace is being deleted.
	IsNamespaceGoing bool `json:"isNamespaceGoing"`
}

// admit says whether policies let a request to a StatefulSet through.
func admit(told asked) answer {
	policies, err := decodeAll(told.Policies)
	if err != nil {
		return answer{Error: err.Error()}
	}
	var warnings []string
	for _, object := range policies {
		if policy, ok := object.(*admissionv1.ValidatingAdmissionPolicy); ok {
			warnings = append(warnings, typeWarnings(policy)...)
		}
	}
	attributes, err := attributesOf(told)
	if err != nil {
		return answer{Error: err.Error(), Warnings: warnings}
	}
	err = enforce(policies, attributes, told.IsNamespaceGoing)
	said := answer{Warnings: warnings}
	if err != nil {
		said.Error, said.Code = err.Error(), codeOf(err)
		var status apierrors.APIStatus
		if errors.As(err, &status) && status.Status().Details != nil {
			for _, cause := range status.Status().Details.Causes {
				said.Warnings = append(said.Warnings, cause.Message)
			}
		}
	}
	return said
}

func decodeAll(texts []json.RawMessage) ([]runtime.Object, error) {
	var objects []runtime.Object
	for _, text := range texts {
		object, err := decode(text)
		if err != nil {
			return nil, err
		}
		legacyscheme.Scheme.Default(object)
		objects = append(objects, object)
	}
	return objects, nil
}

func attributesOf(told asked) (admission.Attributes, error) {
	internal := func(text []byte) (runtime.Object, error) {
		if len(text) == 0 {
			return nil, nil
		}
		return runtime.Decode(legacyscheme.Codecs.UniversalDecoder(), text)
	}
	old, err := internal(told.Old)
	if err != nil {
		return nil, err
	}
	object, err := internal(told.New)
	if err != nil {
		return nil, err
	}
	accessor, err := meta.Accessor(old)
	if err != nil {
		return nil, err
	}
	kind := appsv1.SchemeGroupVersion.WithKind("StatefulSet")
	if told.Subresource == "scale" {
		kind = autoscalingv1.SchemeGroupVersion.WithKind("Scale")
	}
	var options runtime.Object = &metav1.UpdateOptions{}
	if told.Operation == "DELETE" {
		deletion := &metav1.DeleteOptions{}
		if told.PropagationPolicy != "" {
			policy := metav1.DeletionPropagation(told.PropagationPolicy)
			deletion.PropagationPolicy = &policy
		}
		options = deletion
	}
	return admission.NewAttributesRecord(
		object, old, kind, accessor.GetNamespace(), accessor.GetName(), appsv1.SchemeGroupVersion.WithResource("statefulsets"),
		told.Subresource, admission.Operation(told.Operation), options, false, &user.DefaultInfo{Name: "somebody"},
	), nil
}

// enforce runs the API server's own plugin with these policies.
func enforce(policies []runtime.Object, attributes admission.Attributes, isNamespaceGoing bool) error {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	namespace := &corev1.Namespace{ObjectMeta: metav1.ObjectMeta{Name: attributes.GetNamespace()}}
	if isNamespaceGoing {
		namespace.DeletionTimestamp = &metav1.Time{Time: time.Unix(1, 0)}
		namespace.Finalizers = []string{"kubernetes"}
	}
	client := fake.NewClientset(append(policies, namespace)...)
	factory := informers.NewSharedInformerFactory(client, 0)
	plugin, err := validating.NewPlugin(nil)
	if err != nil {
		return err
	}
	initializer.New(
		client, dynamicfake.NewSimpleDynamicClient(legacyscheme.Scheme), factory, anybody{},
		utilfeature.DefaultFeatureGate, compatibility.DefaultBuildEffectiveVersion(), ctx.Done(), mapper(),
	).Initialize(plugin)
	if err := plugin.ValidateInitialization(); err != nil {
		return err
	}
	factory.Start(ctx.Done())
	factory.WaitForCacheSync(ctx.Done())
	if !plugin.WaitForReady() {
		return fmt.Errorf("the plugin is not ready")
	}
	return plugin.Validate(ctx, attributes, admission.NewObjectInterfacesFromScheme(legacyscheme.Scheme))
}

// typeWarnings is what the API server writes into a policy's status.
func typeWarnings(policy *admissionv1.ValidatingAdmissionPolicy) []string {
	checker := validating.TypeChecker{
		SchemaResolver: resolver.NewDefinitionsSchemaResolver(openapi.GetOpenAPIDefinitions, legacyscheme.Scheme),
		RestMapper:     mapper(),
	}
	var all []string
	for _, warning := range checker.Check(policy) {
		all = append(all, warning.FieldRef+": "+warning.Warning)
	}
	return all
}

func mapper() meta.RESTMapper {
	all := meta.NewDefaultRESTMapper([]schema.GroupVersion{appsv1.SchemeGroupVersion, corev1.SchemeGroupVersion})
	all.Add(appsv1.SchemeGroupVersion.WithKind("StatefulSet"), meta.RESTScopeNamespace)
	all.Add(corev1.SchemeGroupVersion.WithKind("Namespace"), meta.RESTScopeRoot)
	return all
}

// anybody is an authorizer that allows everything.
type anybody struct{}

func (anybody) Authorize(context.Context, authorizer.Attributes) (authorizer.Decision, string, error) {
	return authorizer.DecisionAllow, "", nil
}
