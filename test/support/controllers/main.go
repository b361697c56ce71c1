// The part of a Kubernetes cluster that safe operations depend on, by Kubernetes' own code: the StatefulSet controller,
// the disruption controller, the eviction subresource and admission policies. It needs no server: objects are in memory,
// and commands set the clock. `controllers` reads one JSON command per line and answers each with one line; see command.
// There are no nodes: the caller also acts as the kubelet, and says when a pod runs, is ready and has stopped.
package main

import (
	"bufio"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"time"

	"k8s.io/klog/v2"
)

// command is one step. Times are seconds since 1970, and small, because the controllers' timers fire for all the time in between.
type command struct {
	// What to do: batch, reset, apply, delete, scale, sync, pod, gone, evict, admit or validate.
	Do string `json:"do"`
	// Batch: several steps; the answer is that of the last one.
	Steps []command `json:"steps"`
	Now   int64     `json:"now"`
	// Apply, delete, validate: the resource.
	Object json.RawMessage `json:"object"`
	// Admit: what is asked for.
	Request asked `json:"request"`
	// Pod, gone, evict, scale: which.
	Name     string `json:"name"`
	Ready    bool   `json:"ready"`
	Replicas int32  `json:"replicas"`
	// Reset: feature gates.
	Features map[string]bool `json:"features"`
}

// answer is the result of a command.
type answer struct {
	// Why the command was refused.
	Error string `json:"error,omitempty"`
	Code  int32  `json:"code,omitempty"`
	Pods  []pod  `json:"pods,omitempty"`
	Sets  []set  `json:"sets,omitempty"`
	// Warnings of admission and of type checks.
	Warnings []string `json:"warnings,omitempty"`
}

type pod struct {
	Name     string `json:"name"`
	UID      string `json:"uid"`
	Set      string `json:"set"`
	Revision string `json:"revision"`
	Phase    string `json:"phase"`
	Ready    bool   `json:"ready"`
	// Whether it was deleted and must stop.
	Deleting bool `json:"deleting"`
}

type set struct {
	Name      string `json:"name"`
	Replicas  int32  `json:"replicas"`
	Available int32  `json:"available"`
	// Whether all pods are of the latest template, and ready.
	Done bool `json:"done"`
}

func main() {
	if len(os.Args) > 1 {
		fmt.Println("controllers of Kubernetes 1.36")
		return
	}
	quiet()
	cluster := newCluster()
	in := bufio.NewScanner(os.Stdin)
	in.Buffer(nil, 1<<26)
	out := json.NewEncoder(os.Stdout)
	for in.Scan() {
		var told command
		if err := json.Unmarshal(in.Bytes(), &told); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		if told.Do == "reset" {
			cluster = newCluster()
			setFeatures(told.Features)
		}
		steps := append(told.Steps, told)
		if told.Do == "batch" {
			steps = told.Steps
		}
		var said answer
		for _, step := range steps {
			if said = cluster.run(step); said.Error != "" && told.Do == "batch" {
				break
			}
		}
		if err := out.Encode(said); err != nil {
			os.Exit(1)
		}
	}
}

// quiet keeps the controllers' logs out of standard error.
func quiet() {
	flags := flag.NewFlagSet("klog", flag.ContinueOnError)
	klog.InitFlags(flags)
	_ = flags.Set("logtostderr", "false")
	_ = flags.Set("alsologtostderr", "false")
	_ = flags.Set("stderrthreshold", "FATAL")
	klog.SetOutput(devNull{})
}

type devNull struct{}

func (devNull) Write(text []byte) (int, error) { return len(text), nil }

func (c *cluster) run(told command) answer {
	c.clock.SetTime(time.Unix(told.Now, 0))
	var err error
	switch told.Do {
	case "reset":
	case "apply":
		err = c.apply(told.Object)
	case "delete":
		err = c.remove(told.Object)
	case "scale":
		err = c.scale(told.Name, told.Replicas)
	case "sync":
		err = c.sync()
	case "pod":
		err = c.setPod(told.Name, told.Ready)
	case "gone":
		c.dropPod(told.Name)
	case "evict":
		err = c.evict(told.Name)
	case "admit":
		return admit(told.Request)
	case "validate":
		return validate(told.Object)
	default:
		err = fmt.Errorf("unknown command %q", told.Do)
	}
	said := answer{Pods: c.listPods(), Sets: c.listSets()}
	if err != nil {
		said.Error, said.Code = err.Error(), codeOf(err)
	}
	return said
}
