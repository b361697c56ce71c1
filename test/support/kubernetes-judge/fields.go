package main

import (
	"fmt"
	"reflect"
	"slices"
	"strings"

	appsv1 "k8s.io/api/apps/v1"
	batchv1 "k8s.io/api/batch/v1"
	corev1 "k8s.io/api/core/v1"
	policyv1 "k8s.io/api/policy/v1"
	"k8s.io/apimachinery/pkg/api/resource"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/util/intstr"
)

var kinds = []runtime.Object{
	&appsv1.StatefulSet{}, &corev1.Service{}, &corev1.ConfigMap{}, &corev1.PersistentVolumeClaim{},
	&policyv1.PodDisruptionBudget{}, &batchv1.Job{},
}

// fields lists all fields of some kinds and of the types in them, as `Type.field TYPE`, and behind it the value that the
// API server writes where there is none, and nothing beside it: some defaults look at their neighbors. `[]` and `{}` are
// lists and maps of what follows. Where the empty value of a field is stored and not dropped, a `*` precedes its type.
func fields() []string {
	found := map[string]string{}
	for _, kind := range kinds {
		routes{root: kind, found: found}.follow(reflect.TypeOf(kind).Elem(), nil, nil)
	}
	lines := []string{}
	for field, text := range found {
		lines = append(lines, field+" "+text)
	}
	slices.Sort(lines)
	return lines
}

// empty lists the values that count as absent if a field is not a pointer and has no other default.
var empty = []string{`""`, "0", "false"}

// routes walks over all types below a kind, each by every way that leads to it.
type routes struct {
	root  runtime.Object
	found map[string]string
}

func (r routes) follow(of reflect.Type, route []int, outer []reflect.Type) {
	if !isAPI(of) || slices.Contains(outer, of) || isOthers(of) || baseOf(of) != of.Name() {
		return
	}
	added := defaultsAt(r.root, route, of)
	for _, field := range flatFields(of) {
		text := typeText(field)
		if value, is := added[nameOf(field)]; is {
			if field.Type.Kind() != reflect.Pointer && !slices.Contains(empty, value) {
				text = strings.TrimPrefix(text, "*")
			}
			text += " " + value
		}
		name := of.Name() + "." + nameOf(field)
		if before, is := r.found[name]; is && before != text {
			fail(fmt.Errorf("%s is %q in one place and %q in another", name, before, text))
		}
		r.found[name] = text
	}
	r.followFields(of, route, append(slices.Clone(outer), of))
}

func (r routes) followFields(of reflect.Type, route []int, outer []reflect.Type) {
	for i := range of.NumField() {
		field := of.Field(i)
		further := append(slices.Clone(route), i)
		inner := field.Type
		for inner.Kind() == reflect.Pointer || inner.Kind() == reflect.Slice {
			inner = inner.Elem()
		}
		switch {
		case inner.Kind() != reflect.Struct:
		case field.Anonymous && nameOf(field) == "":
			// Its fields are those of the type around it.
			r.followFields(inner, further, outer)
		default:
			r.follow(inner, further, outer)
		}
	}
}

// flatFields are those of a type and of what it embeds.
func flatFields(of reflect.Type) []reflect.StructField {
	all := []reflect.StructField{}
	for i := range of.NumField() {
		field := of.Field(i)
		switch {
		case field.Anonymous && nameOf(field) == "":
			all = append(all, flatFields(field.Type)...)
		case nameOf(field) != "" && nameOf(field) != "-" && !isOthers(field.Type):
			all = append(all, field)
		}
	}
	return all
}

func nameOf(field reflect.StructField) string {
	name, _, _ := strings.Cut(field.Tag.Get("json"), ",")
	return name
}

// isOthers tells it of what the API server or a controller writes, and of what no pod template may have.
func isOthers(of reflect.Type) bool {
	for of.Kind() == reflect.Slice {
		of = of.Elem()
	}
	return of == reflect.TypeFor[metav1.ManagedFieldsEntry]() || of == reflect.TypeFor[corev1.EphemeralContainer]() ||
		of.Kind() == reflect.Struct && strings.HasSuffix(of.Name(), "Status")
}

func typeText(field reflect.StructField) string {
	_, options, _ := strings.Cut(field.Tag.Get("json"), ",")
	if isKept(field.Type, options) || field.Type.Kind() == reflect.Pointer || field.Type == reflect.TypeFor[intstr.IntOrString]() {
		return "*" + valueText(field.Type)
	}
	return valueText(field.Type)
}

func valueText(of reflect.Type) string {
	switch {
	case of.Kind() == reflect.Pointer:
		return valueText(of.Elem())
	case of == reflect.TypeFor[[]byte]():
		return "bytes"
	case of.Kind() == reflect.Slice:
		return "[]" + valueText(of.Elem())
	case of.Kind() == reflect.Map:
		return "{}" + valueText(of.Elem())
	}
	return baseOf(of)
}

func baseOf(of reflect.Type) string {
	switch of {
	case reflect.TypeFor[resource.Quantity]():
		return "quantity"
	case reflect.TypeFor[intstr.IntOrString]():
		return "string-or-integer"
	case reflect.TypeFor[metav1.Time](), reflect.TypeFor[metav1.MicroTime]():
		return "string"
	}
	switch of.Kind() {
	case reflect.Struct:
		return of.Name()
	case reflect.String:
		return "string"
	case reflect.Bool:
		return "boolean"
	}
	return "integer"
}
