package main

import (
	"context"
	"net"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"
	utilnet "k8s.io/apimachinery/pkg/util/net"
	"k8s.io/apiserver/pkg/registry/generic"
	"k8s.io/apiserver/pkg/registry/rest"
	"k8s.io/apiserver/pkg/storage"
	"k8s.io/apiserver/pkg/storage/storagebackend"
	"k8s.io/apiserver/pkg/storage/storagebackend/factory"
	"k8s.io/client-go/tools/cache"
	"k8s.io/kubernetes/pkg/apis/core"
	"k8s.io/kubernetes/pkg/registry/core/service/ipallocator"
	"k8s.io/kubernetes/pkg/registry/core/service/portallocator"
	servicestorage "k8s.io/kubernetes/pkg/registry/core/service/storage"
)

// serviceRegistry is the API server's own, which hands out addresses and node ports and sees that a Service keeps them,
// over a storage of one Service.
type serviceRegistry struct {
	services *servicestorage.REST
	stored   *memory
}

// The default ranges of a cluster. The servers have addresses of both families.
var ranges = map[core.IPFamily]string{core.IPv4Protocol: "10.96.0.0/12", core.IPv6Protocol: "fd00:10:96::/112"}

var nodePorts = utilnet.PortRange{Base: 30000, Size: 2768}

func newServiceRegistry() (registry, error) {
	addresses := map[core.IPFamily]ipallocator.Interface{}
	for family, text := range ranges {
		_, network, err := net.ParseCIDR(text)
		if err != nil {
			return nil, err
		}
		if addresses[family], err = ipallocator.NewInMemory(network); err != nil {
			return nil, err
		}
	}
	ports, err := portallocator.NewInMemory(nodePorts)
	if err != nil {
		return nil, err
	}
	stored := &memory{}
	options := generic.RESTOptions{
		StorageConfig:  &storagebackend.ConfigForResource{},
		ResourcePrefix: "services",
		Decorator: func(
			*storagebackend.ConfigForResource, string, func(runtime.Object) (string, error), func() runtime.Object,
			func() runtime.Object, storage.AttrFunc, storage.IndexerFuncs, *cache.Indexers,
		) (storage.Interface, factory.DestroyFunc, error) {
			return stored, func() {}, nil
		},
	}
	services, _, _, err := servicestorage.NewREST(options, core.IPv4Protocol, addresses, ports, nil, nil, nil)
	return serviceRegistry{services: services, stored: stored}, err
}

func (r serviceRegistry) create(ctx context.Context, object runtime.Object) (runtime.Object, error) {
	return r.services.Create(ctx, object, rest.ValidateAllObjectFunc, &metav1.CreateOptions{})
}

func (r serviceRegistry) update(ctx context.Context, object, _ runtime.Object) (runtime.Object, error) {
	info := rest.DefaultUpdatedObjectInfo(object)
	name := object.(*core.Service).Name
	updated, _, err := r.services.Update(
		ctx, name, info, rest.ValidateAllObjectFunc, rest.ValidateAllObjectUpdateFunc, false, &metav1.UpdateOptions{},
	)
	return updated, err
}
