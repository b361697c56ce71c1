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
	"github.com/pingcap/tidb-operator/pkg/pdapi"
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

// judgeRender runs the operator's own managers of most components, against a fake Kubernetes client.
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
	for _, one := range managers {
		// A manager makes nothing of a component that is not there, and its dependencies take long to make.
		if !one.hasComponent(&cluster.Spec) {
			continue
		}
		more, err := synced(cluster, one.make)
		if err != nil {
			return nil, err
		}
		resources = append(resources, more...)
	}
	return resources, nil
}

// managerOf takes its component from all that a cluster has, and makes the manager of that.
type managerOf func(all, own *v1alpha1.TidbClusterSpec, deps *controller.Dependencies, suspends suspender.Suspender) manager.Manager

// managers are those of components, each of a cluster that has only its own, so that nothing waits for another.
var managers = []struct {
	hasComponent func(spec *v1alpha1.TidbClusterSpec) bool
	make         managerOf
}{
	{
		func(spec *v1alpha1.TidbClusterSpec) bool { return spec.TiKV != nil },
		func(all, own *v1alpha1.TidbClusterSpec, deps *controller.Dependencies, suspends suspender.Suspender) manager.Manager {
			own.TiKV = all.TiKV
			return member.NewTiKVMemberManager(deps, nil, nil, nil, suspends, nil)
		},
	},
	{
		func(spec *v1alpha1.TidbClusterSpec) bool { return spec.TiDB != nil },
		func(all, own *v1alpha1.TidbClusterSpec, deps *controller.Dependencies, suspends suspender.Suspender) manager.Manager {
			own.TiDB = all.TiDB
			return member.NewTiDBMemberManager(deps, nil, nil, nil, suspends, nil)
		},
	},
	{
		func(spec *v1alpha1.TidbClusterSpec) bool { return spec.TiFlash != nil },
		func(all, own *v1alpha1.TidbClusterSpec, deps *controller.Dependencies, suspends suspender.Suspender) manager.Manager {
			own.TiFlash = all.TiFlash
			return member.NewTiFlashMemberManager(deps, nil, nil, nil, suspends, nil)
		},
	},
	{
		func(spec *v1alpha1.TidbClusterSpec) bool { return spec.Pump != nil },
		func(all, own *v1alpha1.TidbClusterSpec, deps *controller.Dependencies, suspends suspender.Suspender) manager.Manager {
			own.Pump = all.Pump
			return member.NewPumpMemberManager(deps, nil, suspends, nil)
		},
	},
	{
		func(spec *v1alpha1.TidbClusterSpec) bool { return spec.TiCDC != nil },
		func(all, own *v1alpha1.TidbClusterSpec, deps *controller.Dependencies, suspends suspender.Suspender) manager.Manager {
			own.TiCDC = all.TiCDC
			return member.NewTiCDCMemberManager(deps, nil, nil, suspends, nil)
		},
	},
	// These two have certificates for the TiDB beside them.
	{
		func(spec *v1alpha1.TidbClusterSpec) bool { return spec.TiProxy != nil },
		func(all, own *v1alpha1.TidbClusterSpec, deps *controller.Dependencies, suspends suspender.Suspender) manager.Manager {
			own.TiProxy, own.TiDB = all.TiProxy, all.TiDB
			return member.NewTiProxyMemberManager(deps, nil, nil, suspends)
		},
	},
	{
		func(spec *v1alpha1.TidbClusterSpec) bool { return spec.PD != nil },
		func(all, own *v1alpha1.TidbClusterSpec, deps *controller.Dependencies, suspends suspender.Suspender) manager.Manager {
			own.PD, own.TiDB = all.PD, all.TiDB
			return member.NewPDMemberManager(deps, nil, nil, nil, suspends, nil)
		},
	},
}

// synced is what the operator creates for one component of a cluster.
func synced(cluster *v1alpha1.TidbCluster, managerFor managerOf) ([]map[string]any, error) {
	deps := controller.NewFakeDependencies()
	one := cluster.DeepCopy()
	own := &one.Spec
	own.PD, own.TiProxy, own.TiFlash, own.TiKV, own.Pump, own.TiDB, own.TiCDC = nil, nil, nil, nil, nil, nil, nil
	manages := managerFor(&cluster.DeepCopy().Spec, own, deps, suspender.NewFakeSuspender())
	if one.Spec.TiFlash != nil {
		pd := controller.NewFakePDClient(deps.PDControl.(*pdapi.FakePDControl), one)
		pd.AddReaction(pdapi.GetConfigActionType, func(*pdapi.Action) (any, error) {
			return &pdapi.PDConfigFromAPI{Replication: &pdapi.PDReplicationConfig{}}, nil
		})
		pd.AddReaction(pdapi.GetStoresActionType, func(*pdapi.Action) (any, error) {
			return &pdapi.StoresInfo{}, nil
		})
	}
	if tidb := one.Spec.TiDB; tidb != nil && tidb.IsTLSClientEnabled() {
		if err := addCertificate(one, deps); err != nil {
			return nil, err
		}
	}
	// PD's waits for its members once all is there.
	if err := manages.Sync(one); err != nil && !controller.IsRequeueError(err) {
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
