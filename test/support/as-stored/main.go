// What Kubernetes makes of resources that are applied, by its own code: `as-stored` reads them as a list in JSON, and
// writes for each what the API server adds to it, changes in it and drops from it before it stores it. Paths are those of
// server-side apply: where that compares a list or a map as a whole, an addition in it is a change of the whole.
// `as-stored kept-empty` lists the fields whose empty value is stored and not dropped.
package main

import (
	"encoding/json"
	"fmt"
	"io"
	"os"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/serializer"
	"k8s.io/apimachinery/pkg/util/managedfields"
	"k8s.io/client-go/applyconfigurations"
	"k8s.io/kubernetes/pkg/apis/apps"
	appsv1 "k8s.io/kubernetes/pkg/apis/apps/v1"
	"k8s.io/kubernetes/pkg/apis/core"
	corev1 "k8s.io/kubernetes/pkg/apis/core/v1"
	"sigs.k8s.io/structured-merge-diff/v6/fieldpath"
)

type verdict struct {
	Refused string   `json:"refused,omitempty"`
	Added   []string `json:"added"`
	Changed []string `json:"changed"`
	Dropped []string `json:"dropped"`
}

func main() {
	if len(os.Args) == 2 && os.Args[1] == "kept-empty" {
		for _, field := range keptEmpty() {
			fmt.Println(field)
		}
		return
	}
	if err := judgeAll(os.Stdin, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func judgeAll(in io.Reader, out io.Writer) error {
	scheme := runtime.NewScheme()
	adders := []func(*runtime.Scheme) error{
		apps.AddToScheme, appsv1.AddToScheme, core.AddToScheme, corev1.AddToScheme,
	}
	for _, add := range adders {
		if err := add(scheme); err != nil {
			return err
		}
	}
	server := server{
		codecs: serializer.NewCodecFactory(scheme, serializer.EnableStrict),
		types:  applyconfigurations.NewTypeConverter(scheme),
	}
	var resources []json.RawMessage
	if err := json.NewDecoder(in).Decode(&resources); err != nil {
		return err
	}
	verdicts := []verdict{}
	for _, text := range resources {
		found, err := server.judge(text)
		if err != nil {
			found = verdict{Refused: err.Error(), Added: []string{}, Changed: []string{}, Dropped: []string{}}
		}
		verdicts = append(verdicts, found)
	}
	return json.NewEncoder(out).Encode(verdicts)
}

type server struct {
	codecs serializer.CodecFactory
	types  managedfields.TypeConverter
}

func (s server) judge(text []byte) (verdict, error) {
	written := &unstructured.Unstructured{}
	if err := written.UnmarshalJSON(text); err != nil {
		return verdict{}, err
	}
	stored, err := s.stored(written, text)
	if err != nil {
		return verdict{}, err
	}
	before, err := s.types.ObjectToTyped(written)
	if err != nil {
		return verdict{}, err
	}
	after, err := s.types.ObjectToTyped(stored)
	if err != nil {
		return verdict{}, err
	}
	changes, err := before.Compare(after)
	if err != nil {
		return verdict{}, err
	}
	return verdict{
		Added:   paths(changes.Added),
		Changed: paths(changes.Modified),
		Dropped: paths(changes.Removed),
	}, nil
}

// stored decodes as the API server does, which sets the defaults, into its internal version, and back from there.
func (s server) stored(written *unstructured.Unstructured, text []byte) (*unstructured.Unstructured, error) {
	internal, err := runtime.Decode(s.codecs.UniversalDecoder(), text)
	if err != nil {
		return nil, err
	}
	encoded, err := runtime.Encode(s.codecs.LegacyCodec(written.GroupVersionKind().GroupVersion()), internal)
	if err != nil {
		return nil, err
	}
	stored := &unstructured.Unstructured{}
	return stored, stored.UnmarshalJSON(encoded)
}

func paths(set *fieldpath.Set) []string {
	all := []string{}
	set.Leaves().Iterate(func(path fieldpath.Path) { all = append(all, path.String()) })
	return all
}
