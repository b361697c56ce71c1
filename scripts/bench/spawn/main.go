// Spawn runs one command with the file INPUT on its stdin, through real pipes, and prints what it cost as JSON.
//
// It is a separate, small process for two reasons. Only the parent that waits for a child learns the child's peak memory,
// and that peak starts at the parent's own size. And a parent that is slow to serve the pipes would be measured too.
package main

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"runtime"
	"syscall"
	"time"
)

type cost struct {
	Ms          float64 `json:"ms"`
	CPUMs       float64 `json:"cpuMs"`
	PeakKiB     int64   `json:"peakKiB"`
	OutputBytes int64   `json:"outputBytes"`
	Succeeded   bool    `json:"succeeded"`
	Outcome     string  `json:"outcome"`
	Stderr      string  `json:"stderr"`
}

const stderrShown = 2000

func main() {
	if len(os.Args) < 3 {
		fmt.Fprintln(os.Stderr, "usage: spawn INPUT COMMAND [ARGUMENT...]")
		os.Exit(2)
	}
	measured, err := run(os.Args[1], os.Args[2:])
	if err == nil {
		err = json.NewEncoder(os.Stdout).Encode(measured)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(input string, command []string) (*cost, error) {
	source, err := os.Open(input)
	if err != nil {
		return nil, err
	}
	child := exec.Command(command[0], command[1:]...)
	stdin, feed, err := os.Pipe()
	if err != nil {
		return nil, err
	}
	stdout, childStdout, err := os.Pipe()
	if err != nil {
		return nil, err
	}
	stderr, childStderr, err := os.Pipe()
	if err != nil {
		return nil, err
	}
	child.Stdin, child.Stdout, child.Stderr = stdin, childStdout, childStderr

	start := time.Now()
	if err := child.Start(); err != nil {
		return nil, err
	}
	stdin.Close()
	childStdout.Close()
	childStderr.Close()

	go func() {
		// A child may exit without reading its stdin, which breaks the pipe. That is not an error.
		io.CopyBuffer(struct{ io.Writer }{feed}, struct{ io.Reader }{source}, make([]byte, 64<<10))
		feed.Close()
	}()
	said := make(chan string)
	go func() {
		head, _ := io.ReadAll(io.LimitReader(stderr, stderrShown))
		io.Copy(io.Discard, stderr)
		said <- string(head)
	}()
	written, err := drain(stdout)
	if err != nil {
		return nil, err
	}
	shown := <-said
	waited := child.Wait()
	elapsed := time.Since(start)

	state := child.ProcessState
	return &cost{
		Ms:          float64(elapsed.Microseconds()) / 1000,
		CPUMs:       float64((state.UserTime() + state.SystemTime()).Microseconds()) / 1000,
		PeakKiB:     peakKiB(state),
		OutputBytes: written,
		Succeeded:   waited == nil,
		Outcome:     state.String(),
		Stderr:      shown,
	}, nil
}

func drain(stdout *os.File) (int64, error) {
	buffer := make([]byte, 64<<10)
	var total int64
	for {
		count, err := stdout.Read(buffer)
		total += int64(count)
		if err == io.EOF {
			return total, nil
		}
		if err != nil {
			return total, err
		}
	}
}

func peakKiB(state *os.ProcessState) int64 {
	usage, ok := state.SysUsage().(*syscall.Rusage)
	if !ok {
		return 0
	}
	if runtime.GOOS == "darwin" {
		return int64(usage.Maxrss) / 1024 // macOS reports bytes
	}
	return int64(usage.Maxrss)
}
