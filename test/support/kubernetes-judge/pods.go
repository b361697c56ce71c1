package main

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"

	appsv1 "k8s.io/api/apps/v1"
	"k8s.io/utils/ptr"
)

// podChanges is what the StatefulSet controller does when a StatefulSet becomes another, with pods that are ready at once.
type podChanges struct {
	// Restarted pods are stopped and started again.
	Restarted []string `json:"restarted"`
	Stopped   []string `json:"stopped"`
	Started   []string `json:"started"`
	// Refused is why a pod or a claim cannot be made.
	Refused []refusal `json:"refused,omitempty"`
}

func (s *server) podsChanged(old, new *appsv1.StatefulSet) podChanges {
	there := newWorld(s)
	there.settle(old)
	before := slices.Collect(maps.Keys(there.pods))
	there.deleted = map[string]bool{}
	there.settle(new)
	changes := podChanges{Restarted: []string{}, Stopped: []string{}, Started: []string{}, Refused: there.refused}
	for name := range there.deleted {
		if _, is := there.pods[name]; is {
			changes.Restarted = append(changes.Restarted, name)
		} else {
			changes.Stopped = append(changes.Stopped, name)
		}
	}
	for name := range there.pods {
		if !slices.Contains(before, name) {
			changes.Started = append(changes.Started, name)
		}
	}
	for _, names := range [][]string{changes.Restarted, changes.Stopped, changes.Started} {
		slices.Sort(names)
	}
	return changes
}

// made is what the controller makes of a StatefulSet.
type made struct {
	// Refused is why the StatefulSet, its first pod or one of that pod's claims is not taken. Fields of claims have
	// `claim NAME: ` before them, those of the StatefulSet `StatefulSet: `. Where a claim is not, the pod is not made.
	Refused []refusal      `json:"refused,omitempty"`
	Pod     map[string]any `json:"pod,omitempty"`
}

func (s *server) pods(text json.RawMessage) made {
	object, kind, err := s.read(text)
	if err != nil {
		return made{Refused: refusals(err)}
	}
	if kind != appsv1.SchemeGroupVersion.WithKind("StatefulSet") {
		return made{Refused: refusals(fmt.Errorf("%s makes no pods", kind))}
	}
	answer := made{}
	// Which of the pod's rules hold for a StatefulSet is not the same in all versions, so its pod is made in any case.
	if _, err := (plainRegistry{strategies[kind.Kind]}).create(contextOf(object), object); err != nil {
		answer.Refused = within("StatefulSet: ", err)
	}
	set := &appsv1.StatefulSet{}
	if err := s.scheme.Convert(object, set, nil); err != nil {
		return made{Refused: refusals(err)}
	}
	set.Spec.Replicas = ptr.To[int32](1)
	there := newWorld(s)
	there.settle(set)
	answer.Refused = append(answer.Refused, there.refused...)
	if there.asked != nil {
		answer.Pod, err = s.shown(there.asked, podKind)
		if err != nil {
			return made{Refused: refusals(err)}
		}
	}
	return answer
}

func within(what string, err error) []refusal {
	all := refusals(err)
	for i := range all {
		all[i].Field = what + all[i].Field
	}
	return all
}
