// cert-manager's own code as a judge of Certificates. It reads a list of questions in JSON from standard input, and writes
// one of answers of the same length: what cert-manager does not take, or for which hosts the certificate that it would
// ask for holds, and for what.
//
//	cert-manager-judge judge
//	cert-manager-judge version
package main

import (
	"bytes"
	"crypto/x509"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"

	internal "github.com/cert-manager/cert-manager/internal/apis/certmanager"
	internalv1 "github.com/cert-manager/cert-manager/internal/apis/certmanager/v1"
	"github.com/cert-manager/cert-manager/internal/apis/certmanager/validation"
	v1 "github.com/cert-manager/cert-manager/pkg/apis/certmanager/v1"
	"github.com/cert-manager/cert-manager/pkg/util/pki"
)

type question struct {
	Certificate json.RawMessage `json:"certificate"`
	// Hosts that somebody would connect to.
	Hosts []string `json:"hosts"`
}

type answer struct {
	Refused string `json:"refused,omitempty"`
	// Those of the hosts for which the certificate does not hold.
	Strangers []string `json:"strangers"`
	// Whether it may be shown by a server, and by a client.
	Server bool `json:"server"`
	Client bool `json:"client"`
	// Fields that cert-manager would fill in by itself.
	Defaulted bool `json:"defaulted"`
}

func main() {
	if err := run(os.Args[1:], os.Stdin, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(args []string, in io.Reader, out io.Writer) error {
	if slices.Equal(args, []string{"version"}) {
		_, err := fmt.Fprintln(out, "cert-manager-judge 1")
		return err
	}
	if !slices.Equal(args, []string{"judge"}) {
		return errors.New("the argument must be judge or version")
	}
	var questions []question
	if err := json.NewDecoder(in).Decode(&questions); err != nil {
		return err
	}
	answers := make([]answer, 0, len(questions))
	for _, one := range questions {
		its, err := judge(one)
		if err != nil {
			its.Refused = err.Error()
		}
		answers = append(answers, its)
	}
	return json.NewEncoder(out).Encode(answers)
}

func judge(asked question) (answer, error) {
	given := answer{Strangers: []string{}}
	certificate := &v1.Certificate{}
	decoder := json.NewDecoder(bytes.NewReader(asked.Certificate))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(certificate); err != nil {
		return given, err
	}
	if certificate.APIVersion != "cert-manager.io/v1" || certificate.Kind != "Certificate" {
		return given, fmt.Errorf("it is a %s of %s", certificate.Kind, certificate.APIVersion)
	}
	before := certificate.DeepCopy()
	internalv1.SetObjectDefaults_Certificate(certificate)
	given.Defaulted = certificate.Spec.PrivateKey == nil || before.Spec.PrivateKey == nil ||
		certificate.Spec.PrivateKey.RotationPolicy != before.Spec.PrivateKey.RotationPolicy
	converted := &internal.Certificate{}
	if err := internalv1.Convert_v1_Certificate_To_certmanager_Certificate(certificate, converted, nil); err != nil {
		return given, err
	}
	if problems, _ := validation.ValidateCertificate(nil, converted); len(problems) > 0 {
		return given, problems.ToAggregate()
	}
	template, err := pki.CertificateTemplateFromCertificate(certificate)
	if err != nil {
		return given, err
	}
	for _, host := range asked.Hosts {
		if template.VerifyHostname(host) != nil {
			given.Strangers = append(given.Strangers, host)
		}
	}
	given.Server = slices.Contains(template.ExtKeyUsage, x509.ExtKeyUsageServerAuth)
	given.Client = slices.Contains(template.ExtKeyUsage, x509.ExtKeyUsageClientAuth)
	return given, nil
}
