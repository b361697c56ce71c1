// Stores for a real PD: they say what TiKV says to it, and do what it tells them to do with leaders and replicas, but
// have no data. `pd-stores URL,…` reads one command a line as JSON, and answers each with a line.
package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"strings"
)

// command is one step.
type command struct {
	// What to do: put, regions, stop, start or shown.
	Do string `json:"do"`
	// Put: the store's address and labels.
	Address string            `json:"address"`
	Labels  map[string]string `json:"labels"`
	// Stop, start: the store.
	ID uint64 `json:"id"`
	// Regions: how many there are to be, with a replica on three stores each.
	Count int `json:"count"`
}

// answer is what came of it.
type answer struct {
	ID      uint64   `json:"id,omitempty"`
	Error   string   `json:"error,omitempty"`
	Regions []region `json:"regions,omitempty"`
}

// region is one of them as it is now.
type region struct {
	Stores []uint64 `json:"stores"`
	Leader uint64   `json:"leader"`
}

func main() {
	if len(os.Args) != 2 || os.Args[1] == "--version" {
		fmt.Println("stores of version " + version)
		return
	}
	stores, err := connect(context.Background(), strings.Split(os.Args[1], ","))
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	in := bufio.NewScanner(os.Stdin)
	out := json.NewEncoder(os.Stdout)
	for in.Scan() {
		var told command
		if err := json.Unmarshal(in.Bytes(), &told); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		said, err := stores.run(told)
		if err != nil {
			said.Error = err.Error()
		}
		if err := out.Encode(said); err != nil {
			os.Exit(1)
		}
	}
}

func (s *stores) run(told command) (answer, error) {
	switch told.Do {
	case "put":
		id, err := s.put(told.Address, told.Labels)
		return answer{ID: id}, err
	case "regions":
		return answer{}, s.makeRegions(told.Count)
	case "stop":
		return answer{}, s.stop(told.ID)
	case "start":
		return answer{}, s.start(told.ID)
	case "shown":
		return answer{Regions: s.shown()}, nil
	}
	return answer{}, fmt.Errorf("unknown command %q", told.Do)
}
