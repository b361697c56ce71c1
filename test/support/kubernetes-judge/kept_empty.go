package main

import (
	"reflect"
	"sort"
	"strings"

	appsv1 "k8s.io/api/apps/v1"
	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
)

// keptEmpty lists, as Type.field, every field within pods and Services whose empty text, zero, false or empty list is
// stored: pointers, and what is always written. Of others, empty is the same as not there.
func keptEmpty() []string {
	fields := map[string]bool{}
	seen := map[reflect.Type]bool{}
	for _, root := range []any{appsv1.StatefulSetSpec{}, corev1.ServiceSpec{}} {
		collect(reflect.TypeOf(root), seen, fields)
	}
	sorted := make([]string, 0, len(fields))
	for field := range fields {
		sorted = append(sorted, field)
	}
	sort.Strings(sorted)
	return sorted
}

func collect(of reflect.Type, seen map[reflect.Type]bool, fields map[string]bool) {
	switch of.Kind() {
	case reflect.Pointer, reflect.Slice, reflect.Map:
		collect(of.Elem(), seen, fields)
		return
	case reflect.Struct:
	default:
		return
	}
	if seen[of] || !isAPI(of) {
		return
	}
	seen[of] = true
	for i := range of.NumField() {
		field := of.Field(i)
		name, options, _ := strings.Cut(field.Tag.Get("json"), ",")
		if name != "" && name != "-" && isKept(field.Type, options) {
			fields[of.Name()+"."+name] = true
		}
		collect(field.Type, seen, fields)
	}
}

func isAPI(of reflect.Type) bool {
	return strings.HasPrefix(of.PkgPath(), "k8s.io/api/") || of.PkgPath() == reflect.TypeFor[metav1.ObjectMeta]().PkgPath()
}

// isKept tells it of scalars and lists; a struct is not dropped for being empty, and needs no mention.
func isKept(field reflect.Type, options string) bool {
	if field.Kind() == reflect.Pointer {
		return field.Elem().Kind() != reflect.Struct
	}
	return field.Kind() != reflect.Struct && !strings.Contains(options, "omitempty")
}
