package main

import (
	"bytes"
	"encoding/json"
	"io"
	"sort"

	"k8s.io/apimachinery/pkg/util/yaml"
	"sigs.k8s.io/kustomize/kyaml/kio"
)

// readKubectl reads a stream as kubectl, Argo CD and Flux do: cut into documents, and each made into JSON.
func readKubectl(text []byte) ([]any, error) {
	decoder := yaml.NewYAMLOrJSONDecoder(bytes.NewReader(text), 4096)
	documents := []any{}
	for {
		var document json.RawMessage
		err := decoder.Decode(&document)
		if err == io.EOF {
			return documents, nil
		}
		if err != nil {
			return nil, err
		}
		inner := json.NewDecoder(bytes.NewReader(document))
		inner.UseNumber()
		var value any
		if err := inner.Decode(&value); err != nil {
			return nil, err
		}
		if value != nil {
			documents = append(documents, jsonValue(value))
		}
	}
}

func jsonValue(value any) any {
	switch value := value.(type) {
	case map[string]any:
		object := pairs{Map: [][2]any{}}
		keys := []string{}
		for key := range value {
			keys = append(keys, key)
		}
		sort.Strings(keys)
		for _, key := range keys {
			object.Map = append(object.Map, [2]any{key, jsonValue(value[key])})
		}
		return object
	case []any:
		list := []any{}
		for _, item := range value {
			list = append(list, jsonValue(item))
		}
		return list
	case json.Number:
		return number{Number: value.String()}
	}
	return value
}

// readKustomize reads and writes a stream as kustomize and kpt do, and then as kubectl does.
func readKustomize(text []byte) ([]any, error) {
	reader := kio.ByteReader{
		Reader:                bytes.NewReader(text),
		OmitReaderAnnotations: true,
		DisableUnwrapping:     true,
	}
	nodes, err := reader.Read()
	if err != nil {
		return nil, err
	}
	var written bytes.Buffer
	if err := (kio.ByteWriter{Writer: &written}).Write(nodes); err != nil {
		return nil, err
	}
	return readKubectl(written.Bytes())
}
