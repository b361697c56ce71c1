// What kustomize's framework for functions makes of a KRMFunctionDefinition, by its own code: `function-definitions` takes a
// definition and function configs in JSON, and writes what is wrong with each config, or nothing where all is well.
package main

import (
	"encoding/json"
	"fmt"
	"io"
	"os"

	"k8s.io/kube-openapi/pkg/validation/spec"
	"sigs.k8s.io/kustomize/kyaml/fn/framework"
	"sigs.k8s.io/kustomize/kyaml/resid"
	"sigs.k8s.io/kustomize/kyaml/yaml"
	k8syaml "sigs.k8s.io/yaml"
)

type question struct {
	Definition string   `json:"definition"`
	Kind       string   `json:"kind"`
	Configs    []string `json:"configs"`
}

// config is any function config; the framework asks it for its schema.
type config struct {
	schema *spec.Schema
}

func (c *config) Schema() (*spec.Schema, error) { return c.schema, nil }

func (c *config) UnmarshalJSON([]byte) error { return nil }

func main() {
	if len(os.Args) == 2 && os.Args[1] == "version" {
		fmt.Println("function-definitions with kyaml")
		return
	}
	if err := answer(os.Stdin, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func answer(in io.Reader, out io.Writer) error {
	var asked question
	if err := json.NewDecoder(in).Decode(&asked); err != nil {
		return err
	}
	var definition framework.KRMFunctionDefinition
	if err := k8syaml.UnmarshalStrict([]byte(asked.Definition), &definition); err != nil {
		return err
	}
	if definition.APIVersion != framework.FunctionDefinitionGroupVersion || definition.Kind != framework.FunctionDefinitionKind {
		return fmt.Errorf("not a definition of a function: %s %s", definition.APIVersion, definition.Kind)
	}
	gvk := resid.NewGvk("groups.pingcap.com", "v1alpha1", asked.Kind)
	schema, err := framework.SchemaFromFunctionDefinition(gvk, asked.Definition)
	if err != nil {
		return err
	}
	answers := []string{}
	for _, text := range asked.Configs {
		node, err := yaml.Parse(text)
		if err != nil {
			return err
		}
		said := ""
		if err := framework.LoadFunctionConfig(node, &config{schema}); err != nil {
			said = err.Error()
		}
		answers = append(answers, said)
	}
	return json.NewEncoder(out).Encode(answers)
}
