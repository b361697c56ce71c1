// What TiDB Operator makes of TidbClusters, by its own code and that of Kubernetes.
//
//	as-operated crd.yaml    reads manifests, and says who refuses each, or what the operator writes back
//	as-operated toml        reads texts of TOML, and says what the operator's own parser and writer make of each
//	as-operated typed       reads configs of components as TOML, and says why a server in Go would not take each
//	as-operated keys        lists the keys that the operator knows of a config that is a map
//
// All but the last read a list in JSON from standard input, and write one of the same length.
package main

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
)

func main() {
	if err := run(os.Args[1:], os.Stdin, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(args []string, in io.Reader, out io.Writer) error {
	if len(args) != 1 {
		return fmt.Errorf("one argument is wanted: toml, typed, keys, or the file with the operator's CRDs")
	}
	switch args[0] {
	case "keys":
		return writeKeys(out)
	case "toml":
		return judgeAll(in, out, judgeToml)
	case "typed":
		return judgeAll(in, out, judgeTyped)
	}
	server, err := newServer(args[0])
	if err != nil {
		return err
	}
	return judgeAll(in, out, server.judge)
}

func judgeAll[Case, Verdict any](in io.Reader, out io.Writer, judge func(Case) Verdict) error {
	var cases []Case
	if err := json.NewDecoder(in).Decode(&cases); err != nil {
		return err
	}
	verdicts := make([]Verdict, 0, len(cases))
	for _, one := range cases {
		verdicts = append(verdicts, judge(one))
	}
	return json.NewEncoder(out).Encode(verdicts)
}

// caught is the error that a function returns, or panics with: where the operator panics, it works no more.
func caught(try func() error) (err error) {
	defer func() {
		if problem := recover(); problem != nil {
			err = fmt.Errorf("panic: %v", problem)
		}
	}()
	return try()
}
