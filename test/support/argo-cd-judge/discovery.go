package main

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime/schema"
)

// kinds are those that the stand-in for a cluster knows, by group and version; all but Namespaces are in one.
var kinds = map[string][]metav1.APIResource{
	"v1": {
		{Name: "configmaps", Kind: "ConfigMap", Namespaced: true},
		{Name: "services", Kind: "Service", Namespaced: true},
		{Name: "namespaces", Kind: "Namespace"},
	},
	"apps/v1": {
		{Name: "statefulsets", Kind: "StatefulSet", Namespaced: true},
	},
	"batch/v1": {
		{Name: "jobs", Kind: "Job", Namespaced: true},
	},
	"policy/v1": {
		{Name: "poddisruptionbudgets", Kind: "PodDisruptionBudget", Namespaced: true},
	},
	"pingcap.com/v1alpha1": {
		{Name: "tidbclusters", Kind: "TidbCluster", Namespaced: true},
	},
}

// discoveryServer answers what a sync asks of the API server itself: which kinds there are.
func discoveryServer() *httptest.Server {
	return httptest.NewServer(http.HandlerFunc(func(response http.ResponseWriter, request *http.Request) {
		version := strings.TrimPrefix(strings.TrimPrefix(request.URL.Path, "/apis/"), "/api/")
		found, ok := kinds[version]
		if !ok {
			http.NotFound(response, request)
			return
		}
		list := metav1.APIResourceList{GroupVersion: version}
		for _, resource := range found {
			resource.Verbs = metav1.Verbs{"create", "delete", "get", "list", "patch", "update", "watch"}
			list.APIResources = append(list.APIResources, resource)
		}
		response.Header().Set("Content-Type", "application/json")
		_ = json.NewEncoder(response).Encode(list)
	}))
}

type scopes struct{}

func (scopes) IsNamespaced(kind schema.GroupKind) (bool, error) {
	return kind.Kind != "Namespace", nil
}
