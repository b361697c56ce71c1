// Command prometheus-operator-judge makes the configuration of Prometheus that Prometheus Operator makes of PodMonitors.
//
// Standard input is a JSON list of lists of PodMonitors, standard output a JSON list of texts.
package main

import (
	"encoding/json"
	"fmt"
	"log"
	"os"

	monitoringv1 "github.com/prometheus-operator/prometheus-operator/pkg/apis/monitoring/v1"
)

func main() {
	log.SetFlags(0)
	if len(os.Args) == 2 && os.Args[1] == "version" {
		fmt.Println("Prometheus Operator")
		return
	}
	var asked [][]*monitoringv1.PodMonitor
	if err := json.NewDecoder(os.Stdin).Decode(&asked); err != nil {
		log.Fatal(err)
	}
	texts := make([]string, 0, len(asked))
	for _, monitors := range asked {
		text, err := configOf(monitors)
		if err != nil {
			log.Fatal(err)
		}
		texts = append(texts, text)
	}
	if err := json.NewEncoder(os.Stdout).Encode(texts); err != nil {
		log.Fatal(err)
	}
}
