package main

import (
	"encoding/json"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime"
	"sigs.k8s.io/structured-merge-diff/v6/fieldpath"
)

// difference tells what is stored from what was written. Paths are those of server-side apply: where that compares a
// list or a map as a whole, an addition in it is a change of the whole.
type difference struct {
	Refused string   `json:"refused,omitempty"`
	Added   []string `json:"added"`
	Changed []string `json:"changed"`
	Dropped []string `json:"dropped"`
}

func (s *server) asStored(text json.RawMessage) difference {
	found, err := s.compare(text)
	if err != nil {
		return difference{Refused: err.Error(), Added: []string{}, Changed: []string{}, Dropped: []string{}}
	}
	return found
}

func (s *server) compare(text []byte) (difference, error) {
	written := &unstructured.Unstructured{}
	if err := written.UnmarshalJSON(text); err != nil {
		return difference{}, err
	}
	// This sets the defaults, and goes into the internal version and back from there.
	internal, err := runtime.Decode(s.decoder, text)
	if err != nil {
		return difference{}, err
	}
	stored, err := s.versioned(internal, written.GroupVersionKind())
	if err != nil {
		return difference{}, err
	}
	before, err := s.types.ObjectToTyped(written)
	if err != nil {
		return difference{}, err
	}
	after, err := s.types.ObjectToTyped(&unstructured.Unstructured{Object: stored})
	if err != nil {
		return difference{}, err
	}
	changes, err := before.Compare(after)
	if err != nil {
		return difference{}, err
	}
	return difference{
		Added:   paths(changes.Added),
		Changed: paths(changes.Modified),
		Dropped: paths(changes.Removed),
	}, nil
}

func paths(set *fieldpath.Set) []string {
	all := []string{}
	set.Leaves().Iterate(func(path fieldpath.Path) { all = append(all, path.String()) })
	return all
}
