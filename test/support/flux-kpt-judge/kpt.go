package main

import (
	"context"
	"io"
	"sort"

	"k8s.io/apimachinery/pkg/api/meta"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/cli-runtime/pkg/genericiooptions"
	"k8s.io/cli-runtime/pkg/resource"
	"k8s.io/client-go/discovery"
	"k8s.io/client-go/dynamic"
	"k8s.io/client-go/rest"
	"sigs.k8s.io/cli-utils/pkg/apply"
	"sigs.k8s.io/cli-utils/pkg/apply/event"
	"sigs.k8s.io/cli-utils/pkg/common"
	"sigs.k8s.io/cli-utils/pkg/inventory"
	"sigs.k8s.io/cli-utils/pkg/object"
	"sigs.k8s.io/cli-utils/pkg/printers"
)

// followKpt runs the applier as `kpt live apply` does, and at the end the destroyer of `kpt live destroy`.
func followKpt(history history) (verdict, error) {
	found := verdict{Changes: []change{}}
	cluster := newCluster()
	owner := inventory.WrapInventoryInfoObj(inventoryObject())
	client := inventory.NewFakeClient(object.ObjMetadataSet{})
	policy := inventory.PolicyMustMatch
	if history.Adopts {
		policy = inventory.PolicyAdoptIfNoInventory
	}
	for _, render := range history.Renders {
		applier, err := of(cluster, client, apply.NewApplierBuilder()).Build()
		if err != nil {
			return found, err
		}
		events := applier.Run(context.Background(), owner, copies(render), apply.ApplierOptions{
			ServerSideOptions: common.ServerSideOptions{ServerSideApply: true, FieldManager: "kpt"},
			InventoryPolicy:   policy,
		})
		change, err := watch(events)
		if err != nil {
			return found, err
		}
		rendered := map[string]bool{}
		for _, object := range render {
			rendered[titleOf(object)] = true
		}
		for _, title := range cluster.titles() {
			if !rendered[title] {
				change.Left = append(change.Left, title)
			}
		}
		found.Changes = append(found.Changes, change)
	}
	destroyer, err := of(cluster, client, apply.NewDestroyerBuilder()).Build()
	if err != nil {
		return found, err
	}
	// Where it refuses, it deletes nothing at all.
	last, err := watch(destroyer.Run(context.Background(), owner, apply.DestroyerOptions{}))
	found.DeletedWithOwner = last.Deleted
	if err != nil {
		found.DestroyRefused = err.Error()
	}
	return found, nil
}

// builder is what the builders of appliers and destroyers have in common.
type builder[Self any] interface {
	WithInventoryClient(inventory.Client) Self
	WithDynamicClient(dynamic.Interface) Self
	WithDiscoveryClient(discovery.CachedDiscoveryInterface) Self
	WithRestMapper(meta.RESTMapper) Self
	WithRestConfig(*rest.Config) Self
	WithUnstructuredClientForMapping(func(*meta.RESTMapping) (resource.RESTClient, error)) Self
}

// of has what is built work on a cluster.
func of[Builder builder[Builder]](cluster *cluster, client inventory.Client, made Builder) Builder {
	return made.
		WithInventoryClient(client).
		WithDynamicClient(cluster.client).
		WithDiscoveryClient(cluster.discovery()).
		WithRestMapper(cluster.mapper).
		WithRestConfig(cluster.config()).
		WithUnstructuredClientForMapping(cluster.restClient)
}

// watch takes down what happens, and has it printed as kpt does, which decides over the exit status.
func watch(events <-chan event.Event) (change, error) {
	change := newChange()
	printed := make(chan event.Event)
	done := make(chan error)
	go func() {
		printer := printers.GetPrinter(printers.EventsPrinter, genericiooptions.IOStreams{Out: io.Discard, ErrOut: io.Discard})
		done <- printer.Print(printed, common.DryRunNone, false)
	}()
	var failure error
	for one := range events {
		switch one.Type {
		case event.ErrorType:
			failure = one.ErrorEvent.Err
		case event.ApplyType:
			if one.ApplyEvent.Status == event.ApplyFailed {
				failure = one.ApplyEvent.Error
			}
			applied(one.ApplyEvent, &change)
		case event.PruneType:
			if one.PruneEvent.Status == event.PruneSuccessful {
				change.Deleted = append(change.Deleted, titleOfKpt(one.PruneEvent.Identifier))
			}
		case event.DeleteType:
			if one.DeleteEvent.Status == event.DeleteSuccessful {
				change.Deleted = append(change.Deleted, titleOfKpt(one.DeleteEvent.Identifier))
			}
		}
		printed <- one
	}
	close(printed)
	if err := <-done; err != nil {
		change.Error = err.Error()
	}
	sort.Strings(change.Deleted)
	return change, failure
}

func applied(one event.ApplyEvent, change *change) {
	switch one.Status {
	case event.ApplySuccessful:
		change.Applied = append(change.Applied, titleOfKpt(one.Identifier))
	case event.ApplySkipped:
		change.Skipped = append(change.Skipped, titleOfKpt(one.Identifier))
	}
}

func titleOfKpt(id object.ObjMetadata) string {
	return title(id.GroupKind.Kind, id.Namespace, id.Name)
}

func inventoryObject() *unstructured.Unstructured {
	made := &unstructured.Unstructured{}
	made.SetAPIVersion("v1")
	made.SetKind("ConfigMap")
	made.SetNamespace("db")
	made.SetName("inventory")
	made.SetLabels(map[string]string{common.InventoryLabel: "inventory"})
	return made
}
