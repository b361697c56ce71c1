// What Kubernetes makes of resources, by its own code. Each command reads a list in JSON and writes one of the same
// length, so that one start of the program answers as many questions as there are:
//
//	as-stored   resources: what the API server adds to each, changes in it and drops from it before it stores it
//	create      resources: whether it takes them, and what it stores
//	update      pairs `{old, new}`: whether it takes the new one where the old one is, what it stores then, and which
//	            pods the StatefulSet controller restarts, stops and starts
//	pods        StatefulSets: the pod and the claims that the controller makes of each, and whether they are taken
//	nodes       pairs `{pod, node}`: whether the scheduler takes the node for the pod, by its selector and its affinity
//	schema      CustomResourceDefinitions with resources of their kinds: whether it takes the one and, under it, the others
//
// `fields` and `kept-empty` read nothing and write lines: all fields with their types and defaults, and those whose empty
// value is stored.
package main

import (
	"encoding/json"
	"fmt"
	"io"
	"os"

	"k8s.io/klog/v2"
)

func main() {
	// The log output of Kubernetes' code is not part of the answer.
	klog.LogToStderr(false)
	klog.SetOutput(io.Discard)
	if len(os.Args) != 2 {
		fail(fmt.Errorf("there must be one command"))
	}
	if err := run(os.Args[1], os.Stdin, os.Stdout); err != nil {
		fail(err)
	}
}

func fail(err error) {
	fmt.Fprintln(os.Stderr, err)
	os.Exit(1)
}

func run(command string, in io.Reader, out io.Writer) error {
	switch command {
	case "kept-empty":
		return writeLines(out, keptEmpty())
	case "fields":
		return writeLines(out, fields())
	case "nodes":
		return answerAll(in, out, mayRun)
	case "schema":
		return answerAll(in, out, createUnderDefinition)
	}
	server, err := newServer()
	if err != nil {
		return err
	}
	switch command {
	case "as-stored":
		return answerAll(in, out, server.asStored)
	case "create":
		return answerAll(in, out, server.create)
	case "update":
		return answerAll(in, out, server.update)
	case "pods":
		return answerAll(in, out, server.pods)
	}
	return fmt.Errorf("there is no command %q", command)
}

// answerAll answers each question of a list.
func answerAll[Question, Answer any](in io.Reader, out io.Writer, answer func(Question) Answer) error {
	var questions []Question
	if err := json.NewDecoder(in).Decode(&questions); err != nil {
		return err
	}
	answers := make([]Answer, 0, len(questions))
	for _, question := range questions {
		answers = append(answers, answer(question))
	}
	return json.NewEncoder(out).Encode(answers)
}

func writeLines(out io.Writer, lines []string) error {
	for _, line := range lines {
		if _, err := fmt.Fprintln(out, line); err != nil {
			return err
		}
	}
	return nil
}
