package main

import (
	"encoding/json"
	"reflect"
	"strings"

	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/kubernetes/pkg/api/legacyscheme"
)

// defaultsAt makes an object of a kind with nothing but the way to a type in it, and tells what the API server writes into
// the fields of that.
func defaultsAt(kind runtime.Object, route []int, of reflect.Type) map[string]string {
	object := reflect.New(reflect.TypeOf(kind).Elem())
	reached(object.Elem(), route)
	before := jsonOf(reached(object.Elem(), route))
	legacyscheme.Scheme.Default(object.Interface().(runtime.Object))
	after := jsonOf(reached(object.Elem(), route))
	added := map[string]string{}
	for _, field := range flatFields(of) {
		name := nameOf(field)
		was, is := string(before[name]), string(after[name])
		if field.Type.Kind() == reflect.Struct {
			// What is in it is listed with its own type. It is written also where it is empty, as an amount is.
			if strings.HasPrefix(was, "{") {
				added[name] = "{}"
			} else if was != "" && was != "null" {
				added[name] = was
			}
		} else if was != is || is != "null" && is != "" {
			added[name] = is
		}
	}
	return added
}

// reached follows a route of fields, and makes what is not there on the way.
func reached(value reflect.Value, route []int) reflect.Value {
	for _, index := range route {
		value = value.Field(index)
		for value.Kind() == reflect.Pointer || value.Kind() == reflect.Slice {
			if value.Kind() == reflect.Slice {
				if value.Len() == 0 {
					value.Set(reflect.MakeSlice(value.Type(), 1, 1))
				}
				value = value.Index(0)
				continue
			}
			if value.IsNil() {
				value.Set(reflect.New(value.Type().Elem()))
			}
			value = value.Elem()
		}
	}
	return value
}

func jsonOf(value reflect.Value) map[string]json.RawMessage {
	text, err := json.Marshal(value.Interface())
	if err != nil {
		fail(err)
	}
	fields := map[string]json.RawMessage{}
	if err := json.Unmarshal(text, &fields); err != nil {
		fail(err)
	}
	return fields
}
