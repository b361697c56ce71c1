package main

import (
	"github.com/argoproj/argo-cd/v3/pkg/apis/application/v1alpha1"
	"github.com/argoproj/argo-cd/v3/util/lua"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
)

// healthQuestion is a script of `resource.customizations.health` in argocd-cm, and resources to ask it about.
type healthQuestion struct {
	Script  string                      `json:"script"`
	Objects []unstructured.Unstructured `json:"objects"`
}

type health struct {
	Status  string `json:"status"`
	Message string `json:"message"`
	// What the user would see as a ComparisonError.
	Error string `json:"error,omitempty"`
}

func healthOfAll(question healthQuestion) ([]health, error) {
	found := []health{}
	for _, object := range question.Objects {
		found = append(found, healthOf(&object, question.Script))
	}
	return found, nil
}

func healthOf(object *unstructured.Unstructured, script string) health {
	status, err := overrides(object, script).GetResourceHealth(object)
	if err != nil {
		return health{Error: err.Error()}
	}
	return health{Status: string(status.Status), Message: status.Message}
}

// overrides is what Argo CD reads from argocd-cm: without `useOpenLibs`, a script has no library but `table` and some of `os`.
func overrides(object *unstructured.Unstructured, script string) lua.ResourceHealthOverrides {
	key := lua.GetConfigMapKey(object.GroupVersionKind())
	return lua.ResourceHealthOverrides{key: v1alpha1.ResourceOverride{HealthLua: script}}
}
