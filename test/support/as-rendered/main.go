// What TiDB Operator renders of TidbClusters, by its own code: `as-rendered` reads manifests of TidbClusters with TiKV and
// TiDB as a list in JSON, and writes for each the ConfigMaps, Services and StatefulSets that the operator creates, or why
// it creates none. It runs the operator's own managers of these two components, against a Kubernetes that is none.
// `as-rendered version` says which operator's.
package main

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"os"

	"github.com/pingcap/tidb-operator/pkg/apis/pingcap/v1alpha1"
	"github.com/pingcap/tidb-operator/pkg/apis/pingcap/v1alpha1/defaulting"
	"github.com/pingcap/tidb-operator/pkg/apis/pingcap/v1alpha1/validation"
	"github.com/pingcap/tidb-operator/pkg/controller"
	"github.com/pingcap/tidb-operator/pkg/manager"
	"github.com/pingcap/tidb-operator/pkg/manager/member"
	"github.com/pingcap/tidb-operator/pkg/manager/suspender"
	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/labels"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/klog/v2"
	"sigs.k8s.io/yaml"
)

type verdict struct {
	Refused   string           `json:"refused,omitempty"`
	Resources []map[string]any `json:"resources"`
}

func main() {
	klog.InitFlags(nil)
	_ = flag.Set("logtostderr", "false")
	_ = flag.Set("stderrthreshold", "FATAL")
	klog.SetOutput(io.Discard)
	if len(os.Args) == 2 && os.Args[1] == "version" {
		fmt.Println("v1.6.6")
		return
	}
	var manifests []string
	if err := json.NewDecoder(os.Stdin).Decode(&manifests); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	verdicts := make([]verdict, 0, len(manifests))
	for _, manifest := range manifests {
		resources, err := rendered(manifest)
		found := verdict{Resources: resources}
		if err != nil {
			found = verdict{Refused: err.Error(), Resources: []map[string]any{}}
		}
		verdicts = append(verdicts, found)
	}
	if err := json.NewEncoder(os.Stdout).Encode(verdicts); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func rendered(manifest string) (resources []map[string]any, err error) {
	defer func() {
		if problem := recover(); problem != nil {
			err = fmt.Errorf("panic: %v", problem)
		}
	}()
	cluster := &v1alpha1.TidbCluster{}
	if err := yaml.Unmarshal([]byte(manifest), cluster); err != nil {
		return nil, err
	}
	cluster.APIVersion, cluster.Kind = "pingcap.com/v1alpha1", "TidbCluster"
	defaulting.SetTidbClusterDefault(cluster)
	if problems := validation.ValidateTidbCluster(cluster); len(problems) > 0 {
		return nil, problems.ToAggregate()
	}
	resources = []map[string]any{}
	for _, component := range []v1alpha1.MemberType{v1alpha1.TiKVMemberType, v1alpha1.TiDBMemberType} {
		more, err := synced(cluster.DeepCopy(), component)
		if err != nil {
			return nil, err
		}
		resources = append(resources, more...)
	}
	return resources, nil
}

// synced is what the operator creates for one component of a cluster. The other is taken out, so that nothing waits for it.
func synced(cluster *v1alpha1.TidbCluster, component v1alpha1.MemberType) ([]map[string]any, error) {
	deps := controller.NewFakeDependencies()
	suspends := suspender.NewFakeSuspender()
	var manages manager.Manager
	if component == v1alpha1.TiKVMemberType {
		cluster.Spec.TiDB = nil
		manages = member.NewTiKVMemberManager(deps, nil, nil, nil, suspends, nil)
	} else {
		cluster.Spec.TiKV = nil
		manages = member.NewTiDBMemberManager(deps, nil, nil, nil, suspends, nil)
	}
	if err := manages.Sync(cluster); err != nil {
		return nil, err
	}
	return created(deps)
}

func created(deps *controller.Dependencies) ([]map[string]any, error) {
	all := []any{}
	fake, ok := deps.GenericControl.(*controller.FakeGenericControl)
	if !ok {
		return nil, fmt.Errorf("the operator's dependencies are no fakes")
	}
	maps := &corev1.ConfigMapList{}
	if err := fake.FakeCli.List(context.TODO(), maps); err != nil {
		return nil, err
	}
	for _, each := range maps.Items {
		all = append(all, titled(&each, "v1", "ConfigMap"))
	}
	services, err := deps.ServiceLister.List(labels.Everything())
	if err != nil {
		return nil, err
	}
	for _, each := range services {
		all = append(all, titled(each, "v1", "Service"))
	}
	more := &corev1.ServiceList{}
	if err := fake.FakeCli.List(context.TODO(), more); err != nil {
		return nil, err
	}
	for _, each := range more.Items {
		all = append(all, titled(&each, "v1", "Service"))
	}
	sets, err := deps.StatefulSetLister.List(labels.Everything())
	if err != nil {
		return nil, err
	}
	for _, each := range sets {
		all = append(all, titled(each, "apps/v1", "StatefulSet"))
	}
	return asMaps(all)
}

// titled is an object that says what it is.
func titled[Object runtime.Object](object Object, apiVersion, kind string) Object {
	object.GetObjectKind().SetGroupVersionKind(schema.FromAPIVersionAndKind(apiVersion, kind))
	return object
}

func asMaps(objects []any) ([]map[string]any, error) {
	maps := []map[string]any{}
	for _, object := range objects {
		fields, err := runtime.DefaultUnstructuredConverter.ToUnstructured(object)
		if err != nil {
			return nil, err
		}
		maps = append(maps, fields)
	}
	return maps, nil
}
