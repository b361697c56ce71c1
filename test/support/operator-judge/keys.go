package main

import (
	"fmt"
	"io"
	"reflect"
	"slices"
	"strings"

	"github.com/pingcap/tidb-operator/pkg/apis/pingcap/v1alpha1"
	tiproxy "github.com/pingcap/tiproxy/lib/config"
)

// structures are what the operator reads a map into, by component.
func structures() map[string]any {
	return map[string]any{
		"pd":             &v1alpha1.PDConfig{},
		"ticdc":          &v1alpha1.TiCDCConfig{},
		"tidb":           &v1alpha1.TiDBConfig{},
		"tiflash.config": &v1alpha1.CommonConfig{},
		"tiflash.proxy":  &v1alpha1.ProxyConfig{},
		"tikv":           &v1alpha1.TiKVConfig{},
		"tiproxy":        &tiproxy.Config{},
	}
}

// writeKeys lists every key by its path in a map, with its type, and what else the operator does with it:
// `-> name`, it is called so in TOML; `always`, it is written also where it is not set; `filled`, it is written only where
// it says something. Behind a path, `[]` are the items of a list, and `{}` the values of a map with any keys.
func writeKeys(out io.Writer) error {
	for _, component := range sortedKeys(structures()) {
		if _, err := fmt.Fprintf(out, "[%s]\n", component); err != nil {
			return err
		}
		lines := keysIn(reflect.TypeOf(structures()[component]).Elem(), "")
		slices.Sort(lines)
		for _, line := range lines {
			if _, err := fmt.Fprintln(out, line); err != nil {
				return err
			}
		}
	}
	return nil
}

func keysIn(structure reflect.Type, prefix string) []string {
	lines := []string{}
	for i := range structure.NumField() {
		field := structure.Field(i)
		name, _, _ := strings.Cut(field.Tag.Get("json"), ",")
		if field.Anonymous && name == "" {
			lines = append(lines, keysIn(field.Type, prefix)...)
			continue
		}
		lines = append(lines, keysOf(field, prefix+name)...)
	}
	return lines
}

func keysOf(field reflect.StructField, path string) []string {
	inner, path := innermost(field.Type, path)
	name := inner.Name()
	if inner.Kind() == reflect.Struct {
		name = "table"
	} else if inner.Kind() != reflect.String && inner.Kind() != reflect.Bool {
		name = inner.Kind().String()
	}
	line := fmt.Sprintf("%s: %s%s", path, name, treatment(field))
	if inner.Kind() != reflect.Struct {
		return []string{line}
	}
	return append(keysIn(inner, path+"."), line)
}

func innermost(kind reflect.Type, path string) (reflect.Type, string) {
	switch kind.Kind() {
	case reflect.Pointer:
		return innermost(kind.Elem(), path)
	case reflect.Slice:
		return innermost(kind.Elem(), path+"[]")
	case reflect.Map:
		return innermost(kind.Elem(), path+"{}")
	}
	return kind, path
}

func treatment(field reflect.StructField) string {
	known, _, _ := strings.Cut(field.Tag.Get("json"), ",")
	tag := strings.Split(field.Tag.Get("toml"), ",")
	text := ""
	if tag[0] == "" {
		text = " -> " + field.Name
	} else if tag[0] != known {
		text = " -> " + tag[0]
	}
	kind := field.Type.Kind()
	isFilled := slices.Contains(tag[1:], "omitempty")
	switch kind {
	case reflect.Pointer:
	case reflect.Slice, reflect.Map:
		if isFilled {
			text += " filled"
		}
	case reflect.String, reflect.Bool:
		if isFilled {
			text += " filled"
		} else {
			text += " always"
		}
	default:
		text += " always"
	}
	return text
}

func sortedKeys(all map[string]any) []string {
	names := []string{}
	for name := range all {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}
