// TiDB Operator's own code, and the Kubernetes code that runs before it, as a judge. It reads a list in JSON from
// standard input, and writes one of the same length.
//
//	operator-judge clusters FILE   of manifests of TidbClusters: who refuses each, or what the operator writes back; the
//	                               file has the operator's CRDs
//	operator-judge renders         of such manifests: what the operator creates for their components
//	operator-judge toml            of texts of TOML: what the operator's own parser and writer make of each
//	operator-judge typed           of configs as TOML: why a server in Go would not take each
//	operator-judge versions        of texts: the numbers of the version that the operator's library reads
//
// `operator-judge keys` reads nothing, and lists the keys that the operator knows of a config that is a map.
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
	what := ""
	if len(args) > 0 {
		what = args[0]
	}
	switch what {
	case "keys":
		return writeKeys(out)
	case "toml":
		return judgeAll(in, out, judgeToml)
	case "typed":
		return judgeAll(in, out, judgeTyped)
	case "versions":
		return judgeAll(in, out, judgeVersion)
	case "renders":
		return judgeAll(in, out, judgeRender)
	case "clusters":
		if len(args) != 2 {
			return fmt.Errorf("the file with the operator's CRDs is missing")
		}
		server, err := newServer(args[1])
		if err != nil {
			return err
		}
		return judgeAll(in, out, server.judge)
	}
	return fmt.Errorf("the first argument must be clusters, renders, toml, typed, versions or keys, but is %q", what)
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

// caught is the error that a function returns, or panics with: after a panic the operator no longer works.
func caught(try func() error) (err error) {
	defer func() {
		if problem := recover(); problem != nil {
			err = fmt.Errorf("panic: %v", problem)
		}
	}()
	return try()
}
