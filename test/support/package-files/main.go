// Which files of a package kpt reads, by its own code: `package-files` takes a list of packages in JSON, each with the
// text of its `.krmignore` and the paths of its files, and writes for each the paths that are read.
package main

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"sigs.k8s.io/kustomize/kyaml/kio"
	"sigs.k8s.io/kustomize/kyaml/kio/kioutil"
)

type kptPackage struct {
	Krmignore string   `json:"krmignore"`
	Files     []string `json:"files"`
}

func main() {
	if len(os.Args) == 2 && os.Args[1] == "version" {
		fmt.Println("package-files with kyaml")
		return
	}
	if err := readAll(os.Stdin, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func readAll(in io.Reader, out io.Writer) error {
	var packages []kptPackage
	if err := json.NewDecoder(in).Decode(&packages); err != nil {
		return err
	}
	answers := make([][]string, 0, len(packages))
	for _, one := range packages {
		answer, err := filesOf(one)
		if err != nil {
			return err
		}
		answers = append(answers, answer)
	}
	return json.NewEncoder(out).Encode(answers)
}

func filesOf(one kptPackage) ([]string, error) {
	root, err := os.MkdirTemp("", "package-files-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(root)
	for _, file := range one.Files {
		path := filepath.Join(root, file)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			return nil, err
		}
		manifest := "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n"
		if err := os.WriteFile(path, []byte(manifest), 0o644); err != nil {
			return nil, err
		}
	}
	if err := os.WriteFile(filepath.Join(root, ".krmignore"), []byte(one.Krmignore), 0o644); err != nil {
		return nil, err
	}
	nodes, err := kio.LocalPackageReader{PackagePath: root, MatchFilesGlob: []string{"*.yaml"}}.Read()
	if err != nil {
		return nil, err
	}
	read := []string{}
	for _, node := range nodes {
		path, _, err := kioutil.GetFileAnnotations(node)
		if err != nil {
			return nil, err
		}
		read = append(read, path)
	}
	return read, nil
}
