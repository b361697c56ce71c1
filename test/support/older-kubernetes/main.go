// What an older Kubernetes makes of resources that are not there, by its own code: it reads a list in JSON and writes
// one of the same length, with the reasons why it does not take each. Of a StatefulSet it looks at the pod and the
// claims too that the controller makes of it. `older-kubernetes version` writes which version that is.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"

	appsv1 "k8s.io/api/apps/v1"
	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/serializer"
	"k8s.io/apiserver/pkg/endpoints/request"
	"k8s.io/apiserver/pkg/registry/rest"
	"k8s.io/kubernetes/pkg/apis/apps"
	appsscheme "k8s.io/kubernetes/pkg/apis/apps/v1"
	"k8s.io/kubernetes/pkg/apis/core"
	corescheme "k8s.io/kubernetes/pkg/apis/core/v1"
	"k8s.io/kubernetes/pkg/capabilities"
	"k8s.io/kubernetes/pkg/registry/apps/statefulset"
	"k8s.io/kubernetes/pkg/registry/core/configmap"
	"k8s.io/kubernetes/pkg/registry/core/persistentvolumeclaim"
	"k8s.io/kubernetes/pkg/registry/core/pod"
	"k8s.io/kubernetes/pkg/registry/core/service"
)

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// older is the version that `go.mod` has.
const older = "v1.33.13"

func run() error {
	if len(os.Args) == 2 && os.Args[1] == "version" {
		fmt.Println(older)
		return nil
	}
	scheme := runtime.NewScheme()
	for _, add := range []func(*runtime.Scheme) error{
		apps.AddToScheme, appsscheme.AddToScheme, core.AddToScheme, corescheme.AddToScheme,
	} {
		if err := add(scheme); err != nil {
			return err
		}
	}
	capabilities.Setup(true, 0)
	server := server{codecs: serializer.NewCodecFactory(scheme, serializer.EnableStrict)}
	var resources []json.RawMessage
	if err := json.NewDecoder(os.Stdin).Decode(&resources); err != nil {
		return err
	}
	answers := make([][]string, 0, len(resources))
	for _, text := range resources {
		answers = append(answers, server.refusals(text))
	}
	return json.NewEncoder(os.Stdout).Encode(answers)
}

type server struct{ codecs serializer.CodecFactory }

func (s server) refusals(text []byte) []string {
	object, err := runtime.Decode(s.codecs.UniversalDecoder(), text)
	if err != nil {
		return []string{err.Error()}
	}
	switch written := object.(type) {
	case *apps.StatefulSet:
		set := &appsv1.StatefulSet{}
		encoded, err := runtime.Encode(s.codecs.LegacyCodec(appsv1.SchemeGroupVersion), written)
		if err == nil {
			err = json.Unmarshal(encoded, set)
		}
		if err != nil {
			return []string{err.Error()}
		}
		return append(create(statefulset.Strategy, written), s.ofPods(set)...)
	case *core.Service:
		// What the registry allocates before it validates.
		if written.Spec.ClusterIP != "" {
			written.Spec.ClusterIPs = []string{written.Spec.ClusterIP}
		}
		if written.Spec.Type == core.ServiceTypeLoadBalancer && written.Spec.ExternalTrafficPolicy == core.ServiceExternalTrafficPolicyLocal {
			written.Spec.HealthCheckNodePort = 31000
		}
		return create(service.Strategy, written)
	case *core.ConfigMap:
		return create(configmap.Strategy, written)
	}
	return []string{fmt.Sprintf("%T is not one of the kinds", object)}
}

// ofPods is about what the controller makes of a StatefulSet, with the service account that admission gives to pods.
func (s server) ofPods(set *appsv1.StatefulSet) []string {
	made := &corev1.Pod{
		TypeMeta:   metav1.TypeMeta{APIVersion: "v1", Kind: "Pod"},
		ObjectMeta: *set.Spec.Template.ObjectMeta.DeepCopy(),
		Spec:       *set.Spec.Template.Spec.DeepCopy(),
	}
	made.Name, made.Namespace = set.Name+"-0", set.Namespace
	made.Spec.Hostname, made.Spec.Subdomain = made.Name, set.Spec.ServiceName
	if made.Spec.ServiceAccountName == "" {
		made.Spec.ServiceAccountName = "default"
	}
	reasons, volumes, claimed := []string{}, []corev1.Volume{}, map[string]bool{}
	for _, template := range set.Spec.VolumeClaimTemplates {
		claim := template.DeepCopy()
		claim.APIVersion, claim.Kind = "v1", "PersistentVolumeClaim"
		claim.Name, claim.Namespace = template.Name+"-"+made.Name, set.Namespace
		claimed[template.Name] = true
		volume := corev1.Volume{Name: template.Name}
		volume.PersistentVolumeClaim = &corev1.PersistentVolumeClaimVolumeSource{ClaimName: claim.Name}
		volumes = append(volumes, volume)
		reasons = append(reasons, s.read(claim, persistentvolumeclaim.Strategy)...)
	}
	for _, volume := range made.Spec.Volumes {
		if !claimed[volume.Name] {
			volumes = append(volumes, volume)
		}
	}
	made.Spec.Volumes = volumes
	return append(reasons, s.read(made, pod.Strategy)...)
}

func (s server) read(object any, strategy rest.RESTCreateStrategy) []string {
	text, err := json.Marshal(object)
	if err != nil {
		return []string{err.Error()}
	}
	internal, err := runtime.Decode(s.codecs.UniversalDecoder(), text)
	if err != nil {
		return []string{err.Error()}
	}
	return create(strategy, internal)
}

func create(strategy rest.RESTCreateStrategy, object runtime.Object) []string {
	ctx := request.WithNamespace(context.Background(), "tidb")
	strategy.PrepareForCreate(ctx, object)
	reasons := []string{}
	for _, reason := range strategy.Validate(ctx, object) {
		reasons = append(reasons, reason.Error())
	}
	return reasons
}
