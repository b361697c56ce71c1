package main

import (
	"bytes"
	"fmt"
	"io"
	"math"
	"strconv"

	"gopkg.in/yaml.v3"
	yamlv2 "sigs.k8s.io/yaml/goyaml.v2"
)

type pairs struct {
	Map [][2]any `json:"map"`
}

type number struct {
	Int    string `json:"int,omitempty"`
	Float  string `json:"float,omitempty"`
	Number string `json:"number,omitempty"`
}

// readV2 asks what kubectl, the API server and Argo CD have beneath.
func readV2(text []byte) ([]any, error) {
	decoder := yamlv2.NewDecoder(bytes.NewReader(text))
	documents := []any{}
	for {
		// Into any, a map would come without its order.
		var root v2Value
		err := decoder.Decode(&root)
		if err == io.EOF {
			return documents, nil
		}
		if err != nil {
			return nil, err
		}
		if root.value != nil {
			documents = append(documents, plain(root.value))
		}
	}
}

type v2Value struct{ value any }

func (root *v2Value) UnmarshalYAML(unmarshal func(any) error) error {
	var object yamlv2.MapSlice
	if err := unmarshal(&object); err == nil {
		root.value = object
		return nil
	}
	return unmarshal(&root.value)
}

func plain(value any) any {
	switch value := value.(type) {
	case yamlv2.MapSlice:
		object := pairs{Map: [][2]any{}}
		for _, item := range value {
			object.Map = append(object.Map, [2]any{plain(item.Key), plain(item.Value)})
		}
		return object
	case map[any]any:
		object := pairs{Map: [][2]any{}}
		for key, item := range value {
			object.Map = append(object.Map, [2]any{plain(key), plain(item)})
		}
		return object
	case []any:
		list := []any{}
		for _, item := range value {
			list = append(list, plain(item))
		}
		return list
	case float64:
		return number{Float: floatText(value)}
	case int, int64, uint64:
		return number{Int: fmt.Sprint(value)}
	}
	return value
}

func floatText(value float64) string {
	switch {
	case math.IsNaN(value):
		return "NaN"
	case math.IsInf(value, 1):
		return "Infinity"
	case math.IsInf(value, -1):
		return "-Infinity"
	}
	return strconv.FormatFloat(value, 'g', -1, 64)
}

// readV3 asks what kustomize and kpt have beneath.
func readV3(text []byte) ([]any, error) {
	decoder := yaml.NewDecoder(bytes.NewReader(text))
	documents := []any{}
	for {
		var document yaml.Node
		err := decoder.Decode(&document)
		if err == io.EOF {
			return documents, nil
		}
		if err != nil {
			return nil, err
		}
		value, err := nodeValue(&document)
		if err != nil {
			return nil, err
		}
		if value != nil {
			documents = append(documents, value)
		}
	}
}

func nodeValue(node *yaml.Node) (any, error) {
	switch node.Kind {
	case yaml.DocumentNode:
		return nodeValue(node.Content[0])
	case yaml.AliasNode:
		return nodeValue(node.Alias)
	case yaml.SequenceNode:
		list := []any{}
		for _, child := range node.Content {
			value, err := nodeValue(child)
			if err != nil {
				return nil, err
			}
			list = append(list, value)
		}
		return list, nil
	case yaml.MappingNode:
		object := pairs{Map: [][2]any{}}
		for index := 0; index < len(node.Content); index += 2 {
			key, err := nodeValue(node.Content[index])
			if err != nil {
				return nil, err
			}
			value, err := nodeValue(node.Content[index+1])
			if err != nil {
				return nil, err
			}
			object.Map = append(object.Map, [2]any{key, value})
		}
		return object, nil
	}
	if tag := node.ShortTag(); tag == "!!merge" || tag == "!!timestamp" {
		return map[string]string{tag: node.Value}, nil
	}
	var value any
	if err := node.Decode(&value); err != nil {
		return nil, err
	}
	return plain(value), nil
}
