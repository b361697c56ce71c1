// Command prometheus-judge says what Prometheus scrapes by a configuration: it finds pods, relabels targets and tells them
// apart by Prometheus' own code.
//
// Standard input is a JSON list of questions, standard output a list of answers.
package main

import (
	"encoding/json"
	"fmt"
	"log"
	"os"

	corev1 "k8s.io/api/core/v1"
)

type question struct {
	Pods []*corev1.Pod `json:"pods"`
	// Config is the text of a configuration, or of a file for scrape_config_files.
	Config string `json:"config"`
}

type answer struct {
	// Refused is why the configuration cannot be loaded.
	Refused string   `json:"refused,omitempty"`
	Targets []target `json:"targets"`
}

func main() {
	log.SetFlags(0)
	if len(os.Args) == 2 && os.Args[1] == "version" {
		fmt.Println("Prometheus")
		return
	}
	var questions []question
	if err := json.NewDecoder(os.Stdin).Decode(&questions); err != nil {
		log.Fatal(err)
	}
	answers := make([]answer, 0, len(questions))
	for _, asked := range questions {
		targets, err := targetsOf(asked.Config, asked.Pods)
		if err != nil {
			answers = append(answers, answer{Refused: err.Error(), Targets: []target{}})
			continue
		}
		answers = append(answers, answer{Targets: targets})
	}
	if err := json.NewEncoder(os.Stdout).Encode(answers); err != nil {
		log.Fatal(err)
	}
}
