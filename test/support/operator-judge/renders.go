package main

import (
	"context"
	"fmt"
	"io"

	"github.com/pingcap/tidb-operator/pkg/apis/pingcap/v1alpha1"
	operatordefaults "github.com/pingcap/tidb-operator/pkg/apis/pingcap/v1alpha1/defaulting"
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

// What the operator creates, or why it creates nothing.
type renderVerdict struct {
	Refused   string           `json:"refused,omitempty"`
	Resources []map[string]any `json:"resources"`
}

// judgeRender runs the operator's own managers of TiKV and TiDB, against a Kubernetes that is none.
func judgeRender(manifest string) renderVerdict {
	found := renderVerdict{Resources: []map[string]any{}}
	err := caught(func() error {
		resources, err := rendered(manifest)
		if err == nil {
			found.Resources = resources
		}
		return err
	})
	if err != nil {
		found.Refused = err.Error()
	}
	return found
}

func rendered(manifest string) ([]map[string]any, error) {
	klog.SetOutput(io.Discard)
	klog.LogToStderr(false)
	cluster := &v1alpha1.TidbCluster{}
	if err := yaml.Unmarshal([]byte(manifest), cluster); err != nil {
		return nil, err
	}
	cluster.APIVersion, cluster.Kind = "pingcap.com/v1alpha1", "TidbCluster"
	operatordefaults.SetTidbClusterDefault(cluster)
	if problems := validation.ValidateTidbCluster(cluster); len(problems) > 0 {
		return nil, problems.ToAggregate()
	}
	resources := []map[string]any{}
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
