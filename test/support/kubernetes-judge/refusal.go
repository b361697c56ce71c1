package main

import (
	"errors"

	apierrors "k8s.io/apimachinery/pkg/api/errors"
)

// refusal is one reason why the API server does not take something.
type refusal struct {
	// Field is empty where the reason is about no single one.
	Field   string `json:"field"`
	Message string `json:"message"`
}

func refusals(err error) []refusal {
	if err == nil {
		return nil
	}
	var status *apierrors.StatusError
	if errors.As(err, &status) && status.ErrStatus.Details != nil && len(status.ErrStatus.Details.Causes) > 0 {
		all := []refusal{}
		for _, cause := range status.ErrStatus.Details.Causes {
			all = append(all, refusal{Field: cause.Field, Message: cause.Message})
		}
		return all
	}
	return []refusal{{Message: err.Error()}}
}
