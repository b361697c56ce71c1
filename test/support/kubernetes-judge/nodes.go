package main

import (
	v1 "k8s.io/api/core/v1"
	"k8s.io/component-helpers/scheduling/corev1/nodeaffinity"
)

type onNode struct {
	Pod  v1.Pod  `json:"pod"`
	Node v1.Node `json:"node"`
}

// mayRun says whether the scheduler takes a node for a pod, by the pod's node selector and required node affinity.
func mayRun(question onNode) bool {
	matches, err := nodeaffinity.GetRequiredNodeAffinity(&question.Pod).Match(&question.Node)
	return err == nil && matches
}
