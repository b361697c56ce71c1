package main

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"sort"
	"strings"

	apierrors "k8s.io/apimachinery/pkg/api/errors"
	"k8s.io/apimachinery/pkg/api/meta"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/apimachinery/pkg/types"
	"k8s.io/cli-runtime/pkg/resource"
	"k8s.io/client-go/discovery"
	"k8s.io/client-go/discovery/cached/memory"
	discoveryfake "k8s.io/client-go/discovery/fake"
	"k8s.io/client-go/dynamic"
	dynamicfake "k8s.io/client-go/dynamic/fake"
	"k8s.io/client-go/rest"
	restfake "k8s.io/client-go/rest/fake"
	clienttesting "k8s.io/client-go/testing"
)

// kinds are those that the stand-in knows. There are no Pods, but checking the status of a StatefulSet lists them.
var kinds = map[schema.GroupVersionResource]string{
	{Version: "v1", Resource: "configmaps"}:                               "ConfigMap",
	{Version: "v1", Resource: "pods"}:                                     "Pod",
	{Version: "v1", Resource: "services"}:                                 "Service",
	{Group: "apps", Version: "v1", Resource: "statefulsets"}:              "StatefulSet",
	{Group: "batch", Version: "v1", Resource: "jobs"}:                     "Job",
	{Group: "policy", Version: "v1", Resource: "poddisruptionbudgets"}:    "PodDisruptionBudget",
	{Group: "pingcap.com", Version: "v1alpha1", Resource: "tidbclusters"}: "TidbCluster",
}

// cluster is what kpt talks to: in part by a dynamic client, in part by REST, over the same objects.
type cluster struct {
	client dynamic.Interface
	mapper meta.RESTMapper
}

func newCluster() *cluster {
	lists := map[schema.GroupVersionResource]string{}
	versions := []schema.GroupVersion{}
	for resource := range kinds {
		versions = append(versions, resource.GroupVersion())
	}
	mapper := meta.NewDefaultRESTMapper(versions)
	for resource, kind := range kinds {
		lists[resource] = kind + "List"
		mapper.AddSpecific(resource.GroupVersion().WithKind(kind), resource, resource, meta.RESTScopeNamespace)
	}
	return &cluster{
		client: dynamicfake.NewSimpleDynamicClientWithCustomListKinds(runtime.NewScheme(), lists),
		mapper: mapper,
	}
}

func (c *cluster) titles() []string {
	titles := []string{}
	for kind := range kinds {
		list, err := c.client.Resource(kind).List(context.Background(), metav1.ListOptions{})
		if err != nil {
			continue
		}
		for _, object := range list.Items {
			titles = append(titles, titleOf(&object))
		}
	}
	sort.Strings(titles)
	return titles
}

func (c *cluster) discovery() discovery.CachedDiscoveryInterface {
	return memory.NewMemCacheClient(&discoveryfake.FakeDiscovery{Fake: &clienttesting.Fake{}})
}

func (c *cluster) config() *rest.Config {
	return &rest.Config{}
}

// restClient answers for one kind of resource, whose name is the last part of the path.
func (c *cluster) restClient(mapping *meta.RESTMapping) (resource.RESTClient, error) {
	return &restfake.RESTClient{
		NegotiatedSerializer: resource.UnstructuredPlusDefaultContentConfig().NegotiatedSerializer,
		GroupVersion:         mapping.GroupVersionKind.GroupVersion(),
		Client: restfake.CreateHTTPClient(func(request *http.Request) (*http.Response, error) {
			parts := strings.Split(strings.Trim(request.URL.Path, "/"), "/")
			return c.answer(mapping.Resource, parts[1], parts[len(parts)-1], request)
		}),
	}, nil
}

func (c *cluster) answer(kind schema.GroupVersionResource, namespace, name string, request *http.Request) (*http.Response, error) {
	client := c.client.Resource(kind).Namespace(namespace)
	found, err := client.Get(request.Context(), name, metav1.GetOptions{})
	if request.Method == http.MethodGet && err != nil {
		return failure(err)
	}
	if request.Method == http.MethodGet {
		return success(found)
	}
	text, err := io.ReadAll(request.Body)
	if err != nil {
		return nil, err
	}
	applied := &unstructured.Unstructured{}
	if err := applied.UnmarshalJSON(text); err != nil {
		return nil, err
	}
	applied.SetUID(types.UID(titleOf(applied)))
	settle(applied)
	if found == nil {
		applied, err = client.Create(request.Context(), applied, metav1.CreateOptions{})
	} else {
		applied, err = client.Update(request.Context(), applied, metav1.UpdateOptions{})
	}
	if err != nil {
		return failure(err)
	}
	return success(applied)
}

func success(found *unstructured.Unstructured) (*http.Response, error) {
	text, err := found.MarshalJSON()
	return response(http.StatusOK, text), err
}

func failure(err error) (*http.Response, error) {
	if !apierrors.IsNotFound(err) {
		return nil, err
	}
	return response(http.StatusNotFound, []byte(`{"kind":"Status","apiVersion":"v1","status":"Failure","reason":"NotFound","code":404}`)), nil
}

func response(status int, text []byte) *http.Response {
	return &http.Response{
		StatusCode: status,
		Header:     http.Header{"Content-Type": []string{"application/json"}},
		Body:       io.NopCloser(bytes.NewReader(text)),
	}
}

// settle gives a StatefulSet, or a Job, the status by which kpt calls it current.
func settle(object *unstructured.Unstructured) {
	if object.GetKind() == "Job" {
		complete := map[string]any{"type": "Complete", "status": "True"}
		object.Object["status"] = map[string]any{"startTime": "2026-01-01T00:00:00Z", "conditions": []any{complete}}
		return
	}
	if object.GetKind() != "StatefulSet" {
		return
	}
	replicas, found, _ := unstructured.NestedInt64(object.Object, "spec", "replicas")
	if !found {
		replicas = 1
	}
	object.Object["status"] = map[string]any{
		"replicas":        replicas,
		"readyReplicas":   replicas,
		"currentReplicas": replicas,
		"updatedReplicas": replicas,
		"currentRevision": "new",
		"updateRevision":  "new",
	}
}
