package main

import (
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strings"

	appsv1 "k8s.io/api/apps/v1"
	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/kubernetes/pkg/api/legacyscheme"
)

// defaults lists, as `Type.field value`, what the API server writes into a field of a StatefulSet or a Service that
// nobody has written, where nothing else is written next to it either: some defaults look at their neighbors.
func defaults() []string {
	found := map[string]bool{}
	for _, root := range []runtime.Object{&appsv1.StatefulSet{}, &corev1.Service{}} {
		walk := routes{root: root, found: found}
		walk.follow(reflect.TypeOf(root).Elem(), nil, nil)
	}
	lines := []string{}
	for line := range found {
		lines = append(lines, line)
	}
	slices.Sort(lines)
	return lines
}

// routes walks over all types below a kind, each by every way that leads to it.
type routes struct {
	root  runtime.Object
	found map[string]bool
}

func (r routes) follow(of reflect.Type, route []int, outer []reflect.Type) {
	if !isAPI(of) || slices.Contains(outer, of) || isOthers(of) {
		return
	}
	r.fill(of, route)
	outer = append(slices.Clone(outer), of)
	r.followFields(of, route, outer)
}

func (r routes) followFields(of reflect.Type, route []int, outer []reflect.Type) {
	for i := range of.NumField() {
		field := of.Field(i)
		inner := field.Type
		for inner.Kind() == reflect.Pointer || inner.Kind() == reflect.Slice {
			inner = inner.Elem()
		}
		further := append(slices.Clone(route), i)
		switch {
		case inner.Kind() != reflect.Struct:
		case field.Anonymous:
			// Its fields are those of the type around it.
			r.followFields(inner, further, outer)
		default:
			r.follow(inner, further, outer)
		}
	}
}

// isOthers tells it of what the API server or a controller writes, and of what no pod template may have.
func isOthers(of reflect.Type) bool {
	return of == reflect.TypeFor[metav1.ObjectMeta]() || of == reflect.TypeFor[corev1.EphemeralContainer]() ||
		strings.HasSuffix(of.Name(), "Status")
}

// fill makes an object with nothing but the way to a type in it, and sees what stands there with the defaults.
func (r routes) fill(of reflect.Type, route []int) {
	object := reflect.New(reflect.TypeOf(r.root).Elem())
	reached(object.Elem(), route)
	before := fieldsOf(reached(object.Elem(), route))
	legacyscheme.Scheme.Default(object.Interface().(runtime.Object))
	after := fieldsOf(reached(object.Elem(), route))
	for i := range of.NumField() {
		field := of.Field(i)
		if name, _, _ := strings.Cut(field.Tag.Get("json"), ","); name != "" && field.Type.Kind() == reflect.Struct {
			// What is in it is listed with its own type. It is written also where it is empty, as an amount is.
			delete(after, name)
			if zero := string(before[name]); zero == "{}" && !isOthers(field.Type) || zero == `"0"` {
				r.found[fmt.Sprintf("%s.%s %s", of.Name(), name, zero)] = true
			}
		}
	}
	for name, value := range after {
		if string(before[name]) != string(value) {
			r.found[fmt.Sprintf("%s.%s %s", of.Name(), name, value)] = true
		}
	}
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

func fieldsOf(value reflect.Value) map[string]json.RawMessage {
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
