// Command prometheus-judge says what Prometheus scrapes: of PodMonitors as Prometheus Operator makes its configuration of
// them, and of configurations as they are written. It finds pods, relabels targets and tells them apart by Prometheus' own
// code.
//
// Standard input is a JSON list of questions, standard output a list of answers.
package main

import (
	"encoding/json"
	"log"
	"os"

	monitoringv1 "github.com/prometheus-operator/prometheus-operator/pkg/apis/monitoring/v1"
	corev1 "k8s.io/api/core/v1"
)

// question has either PodMonitors, or the text of a configuration.
type question struct {
	Pods        []*corev1.Pod              `json:"pods"`
	PodMonitors []*monitoringv1.PodMonitor `json:"podMonitors"`
	Config      string                     `json:"config"`
}

type answer struct {
	// Refused is why the configuration cannot be loaded.
	Refused string   `json:"refused,omitempty"`
	Targets []target `json:"targets"`
}

func main() {
	log.SetFlags(0)
	var questions []question
	if err := json.NewDecoder(os.Stdin).Decode(&questions); err != nil {
		log.Fatal(err)
	}
	answers := make([]answer, 0, len(questions))
	for _, asked := range questions {
		answers = append(answers, judge(asked))
	}
	if err := json.NewEncoder(os.Stdout).Encode(answers); err != nil {
		log.Fatal(err)
	}
}

func judge(asked question) answer {
	text := asked.Config
	if text == "" {
		made, err := configOf(asked.PodMonitors)
		if err != nil {
			return answer{Refused: err.Error()}
		}
		text = made
	}
	targets, err := targetsOf(text, asked.Pods)
	if err != nil {
		return answer{Refused: err.Error()}
	}
	return answer{Targets: targets}
}
