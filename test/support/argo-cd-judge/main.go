// What Argo CD does with resources, by its own code: how healthy a script calls them (`argo-cd-judge health`), and what a
// sync with pruning, or the deletion of an Application, does to them (`argo-cd-judge sync`). Both read JSON from standard
// input and write JSON. The cluster is a stand-in in memory; the tasks, their order and what keeps them are Argo CD's.
package main

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
)

func main() {
	if err := judge(os.Args[1:], os.Stdin, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func judge(args []string, in io.Reader, out io.Writer) error {
	switch {
	case len(args) == 1 && args[0] == "version":
		_, err := fmt.Fprintln(out, "argo-cd 3.2.12")
		return err
	case len(args) == 1 && args[0] == "health":
		return answer(in, out, healthOfAll)
	case len(args) == 1 && args[0] == "sync":
		return answer(in, out, syncAll)
	}
	return fmt.Errorf("usage: argo-cd-judge health|sync|version")
}

func answer[Question, Answer any](in io.Reader, out io.Writer, find func(Question) (Answer, error)) error {
	var question Question
	if err := json.NewDecoder(in).Decode(&question); err != nil {
		return err
	}
	found, err := find(question)
	if err != nil {
		return err
	}
	return json.NewEncoder(out).Encode(found)
}
