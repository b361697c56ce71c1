// How other programs read YAML, by their own code: `yaml-readers` takes a list of texts in JSON, and writes for each what
// every reader makes of it. A reader's answer is a list of documents without the empty ones, or why it refuses the text.
// A scalar is a JSON scalar, but for numbers: {"int": "1"}, {"float": "1.5"}, and {"number": "1"} where the reader does
// not tell them apart. A map is {"map": [[key, value], …]}, in the order of the text.
package main

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
)

type reader struct {
	name string
	read func(text []byte) ([]any, error)
}

var readers = []reader{
	{"go-yaml v2", readV2},
	{"go-yaml v3", readV3},
	{"kustomize", readKustomize},
	{"kubectl", readKubectl},
}

type answer struct {
	Documents []any  `json:"documents,omitempty"`
	Refused   string `json:"refused,omitempty"`
}

func main() {
	if len(os.Args) == 2 && os.Args[1] == "names" {
		for _, reader := range readers {
			fmt.Println(reader.name)
		}
		return
	}
	if err := readAll(os.Stdin, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func readAll(in io.Reader, out io.Writer) error {
	var texts []string
	if err := json.NewDecoder(in).Decode(&texts); err != nil {
		return err
	}
	answers := make([]map[string]answer, 0, len(texts))
	for _, text := range texts {
		byReader := map[string]answer{}
		for _, reader := range readers {
			byReader[reader.name] = ask(reader, text)
		}
		answers = append(answers, byReader)
	}
	encoder := json.NewEncoder(out)
	encoder.SetEscapeHTML(false)
	return encoder.Encode(answers)
}

// ask counts a panic as a refusal, because it returns no data.
func ask(reader reader, text string) (found answer) {
	defer func() {
		if problem := recover(); problem != nil {
			found = answer{Refused: fmt.Sprint("panic: ", problem)}
		}
	}()
	documents, err := reader.read([]byte(text))
	if err != nil {
		return answer{Refused: err.Error()}
	}
	return answer{Documents: documents}
}
