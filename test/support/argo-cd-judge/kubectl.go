package main

import (
	"context"

	"github.com/argoproj/gitops-engine/pkg/utils/kube"
	"github.com/argoproj/gitops-engine/pkg/utils/kube/kubetest"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/client-go/rest"
	cmdutil "k8s.io/kubectl/pkg/cmd/util"
	"k8s.io/kubectl/pkg/util/openapi"
)

// kubectl is what Argo CD deletes with, for the stand-in.
type kubectl struct {
	kubetest.MockKubectlCmd
	cluster *cluster
}

func (k *kubectl) DeleteResource(_ context.Context, _ *rest.Config, kind schema.GroupVersionKind, name, namespace string, _ metav1.DeleteOptions) error {
	k.cluster.remove(kube.NewResourceKey(kind.Group, kind.Kind, namespace, name))
	return nil
}

func (k *kubectl) ManageResources(*rest.Config, openapi.Resources) (kube.ResourceOperations, func(), error) {
	return &operations{cluster: k.cluster}, func() {}, nil
}

// operations is what Argo CD applies with.
type operations struct {
	kubetest.MockResourceOps
	cluster *cluster
}

func (o *operations) ApplyResource(_ context.Context, object *unstructured.Unstructured, dryRun cmdutil.DryRunStrategy, _, _, _ bool, _ string) (string, error) {
	if dryRun == cmdutil.DryRunNone {
		o.cluster.apply(object)
	}
	return "", nil
}
