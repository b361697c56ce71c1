// What Flux and kpt do with one render after another, by their own code: `flux-kpt-judge flux` with the code by which its
// kustomize-controller applies and prunes, `flux-kpt-judge kpt` with the applier of `kpt live apply`. Reads histories in
// JSON from standard input and writes what came of each. The cluster is a stand-in in memory.
package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"sync"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
)

// history is what is rendered, one commit after another, from an empty cluster on.
type history struct {
	Renders [][]*unstructured.Unstructured `json:"renders"`
	// Whether kpt is told `--inventory-policy=adopt`.
	Adopts bool `json:"adopts"`
}

type verdict struct {
	// One entry for each render.
	Changes []change `json:"changes"`
	// What is deleted if the Kustomization is deleted after the last render, or `kpt live destroy` runs.
	DeletedWithOwner []string `json:"deletedWithOwner"`
	// Why `kpt live destroy` deletes nothing.
	DestroyRefused string `json:"destroyRefused,omitempty"`
}

// change is what happens to resources, written as `StatefulSet db/hot-tikv`, in order.
type change struct {
	Applied []string `json:"applied"`
	// Rendered, and not applied.
	Skipped []string `json:"skipped"`
	Deleted []string `json:"deleted"`
	// In the cluster, and no longer rendered.
	Left []string `json:"left"`
	// The engine's final message if it reports a failure.
	Error string `json:"error,omitempty"`
}

func main() {
	// The stand-in sends no bookmarks, so informers must not wait for them.
	os.Setenv("KUBE_FEATURE_WatchListClient", "false")
	if err := judge(os.Args[1:], os.Stdin, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func judge(args []string, in io.Reader, out io.Writer) error {
	if len(args) == 1 && args[0] == "version" {
		_, err := fmt.Fprintln(out, "flux 1.9.6, cli-utils 0.37.2")
		return err
	}
	engines := map[string]func(history) (verdict, error){"flux": followFlux, "kpt": followKpt}
	if len(args) != 1 || engines[args[0]] == nil {
		return fmt.Errorf("usage: flux-kpt-judge flux|kpt|version")
	}
	var histories []history
	if err := json.NewDecoder(in).Decode(&histories); err != nil {
		return err
	}
	verdicts, err := followAll(engines[args[0]], histories)
	if err != nil {
		return err
	}
	return json.NewEncoder(out).Encode(verdicts)
}

// So many histories are followed at a time: each has a cluster of its own, and kpt mostly waits.
const atOnce = 16

func followAll(follow func(history) (verdict, error), histories []history) ([]verdict, error) {
	verdicts := make([]verdict, len(histories))
	errs := make([]error, len(histories))
	var running sync.WaitGroup
	free := make(chan struct{}, atOnce)
	for index, one := range histories {
		running.Add(1)
		free <- struct{}{}
		go func() {
			defer running.Done()
			verdicts[index], errs[index] = follow(one)
			<-free
		}()
	}
	running.Wait()
	return verdicts, errors.Join(errs...)
}

func newChange() change {
	return change{Applied: []string{}, Skipped: []string{}, Deleted: []string{}, Left: []string{}}
}

func title(kind, namespace, name string) string {
	return fmt.Sprintf("%s %s/%s", kind, namespace, name)
}

func titleOf(object *unstructured.Unstructured) string {
	return title(object.GetKind(), object.GetNamespace(), object.GetName())
}

func copies(objects []*unstructured.Unstructured) []*unstructured.Unstructured {
	made := make([]*unstructured.Unstructured, 0, len(objects))
	for _, object := range objects {
		made = append(made, object.DeepCopy())
	}
	return made
}
