package main

import (
	"context"
	"fmt"

	batchv1 "k8s.io/api/batch/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/util/validation/field"
	podutil "k8s.io/kubernetes/pkg/api/pod"
	"k8s.io/kubernetes/pkg/apis/admissionregistration"
	admissionvalidation "k8s.io/kubernetes/pkg/apis/admissionregistration/validation"
	"k8s.io/kubernetes/pkg/apis/apps"
	appsvalidation "k8s.io/kubernetes/pkg/apis/apps/validation"
	"k8s.io/kubernetes/pkg/apis/batch"
	batchvalidation "k8s.io/kubernetes/pkg/apis/batch/validation"
	"k8s.io/kubernetes/pkg/apis/core"
	corevalidation "k8s.io/kubernetes/pkg/apis/core/validation"
	"k8s.io/kubernetes/pkg/apis/policy"
	policyvalidation "k8s.io/kubernetes/pkg/apis/policy/validation"
	"k8s.io/kubernetes/pkg/registry/batch/job"
	podsecurityapi "k8s.io/pod-security-admission/api"
	podsecurity "k8s.io/pod-security-admission/policy"
)

// validate says whether the API server takes a resource that is new, and what it says of fields that it does not know.
func validate(text []byte) answer {
	internal, err := strictly(text)
	if err != nil {
		return answer{Error: err.Error()}
	}
	errs, err := errorsIn(internal)
	if err != nil {
		return answer{Error: err.Error()}
	}
	said := answer{Warnings: unrestricted(text)}
	if len(errs) > 0 {
		said.Error, said.Code = errs.ToAggregate().Error(), 422
	}
	return said
}

// unrestricted says what of a Job's pods is not allowed in a namespace of the level restricted.
func unrestricted(text []byte) []string {
	object, err := decode(text)
	if err != nil {
		return nil
	}
	made, ok := object.(*batchv1.Job)
	if !ok {
		return nil
	}
	evaluator, err := podsecurity.NewEvaluator(podsecurity.DefaultChecks(), nil)
	if err != nil {
		return []string{err.Error()}
	}
	level := podsecurityapi.LevelVersion{Level: podsecurityapi.LevelRestricted, Version: podsecurityapi.LatestVersion()}
	var all []string
	for _, result := range evaluator.EvaluatePod(level, &made.Spec.Template.ObjectMeta, &made.Spec.Template.Spec) {
		if !result.Allowed {
			all = append(all, result.ForbiddenReason+": "+result.ForbiddenDetail)
		}
	}
	return all
}

func errorsIn(object runtime.Object) (field.ErrorList, error) {
	switch is := object.(type) {
	case *batch.Job:
		// The API server adds the labels by which it finds the pods.
		is.UID = "1"
		job.Strategy.PrepareForCreate(context.Background(), is)
		options := podutil.GetValidationOptionsFromPodTemplate(&is.Spec.Template, nil)
		return batchvalidation.ValidateJob(is, batchvalidation.JobValidationOptions{PodValidationOptions: options, RequirePrefixedLabels: true}), nil
	case *policy.PodDisruptionBudget:
		return policyvalidation.ValidatePodDisruptionBudget(is, policyvalidation.PodDisruptionBudgetValidationOptions{}), nil
	case *core.ConfigMap:
		return corevalidation.ValidateConfigMap(is), nil
	case *apps.StatefulSet:
		options := podutil.GetValidationOptionsFromPodTemplate(&is.Spec.Template, nil)
		return appsvalidation.ValidateStatefulSet(is, options), nil
	case *admissionregistration.ValidatingAdmissionPolicy:
		return admissionvalidation.ValidateValidatingAdmissionPolicy(is), nil
	case *admissionregistration.ValidatingAdmissionPolicyBinding:
		return admissionvalidation.ValidateValidatingAdmissionPolicyBinding(is), nil
	}
	return nil, fmt.Errorf("nothing here is for %T", object)
}

// strictly reads a resource into its internal version, with defaults, and refuses fields that are unknown.
func strictly(text []byte) (runtime.Object, error) {
	return runtime.Decode(strictCodecs.UniversalDecoder(), text)
}
