// cert-manager's own code as a judge of Certificates. It reads a list of questions in JSON from standard input, and writes
// one of answers of the same length: what cert-manager does not take, or for which hosts the certificate that it would
// ask for holds, and for what.
//
//	cert-manager-judge judge
//	cert-manager-judge version
package main

import (
	"bytes"
	"crypto"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/big"
	"os"
	"slices"
	"time"

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
	signed, err := authority.sign(template)
	if err != nil {
		return given, err
	}
	holds := func(usage x509.ExtKeyUsage, host string) bool {
		_, err := signed.Verify(x509.VerifyOptions{DNSName: host, Roots: authority.roots, KeyUsages: []x509.ExtKeyUsage{usage}})
		return err == nil
	}
	given.Server = holds(x509.ExtKeyUsageServerAuth, "")
	given.Client = holds(x509.ExtKeyUsageClientAuth, "")
	for _, host := range asked.Hosts {
		if !holds(x509.ExtKeyUsageServerAuth, host) {
			given.Strangers = append(given.Strangers, host)
		}
	}
	return given, nil
}

// An authority signs certificates as an issuer of cert-manager would.
type signer struct {
	key         crypto.Signer
	certificate *x509.Certificate
	roots       *x509.CertPool
}

var authority = newAuthority()

func newAuthority() signer {
	key, err := pki.GenerateECPrivateKey(256)
	if err != nil {
		panic(err)
	}
	template := &x509.Certificate{
		SerialNumber:          big.NewInt(1),
		Subject:               pkix.Name{CommonName: "judge"},
		NotBefore:             time.Now().Add(-time.Hour),
		NotAfter:              time.Now().AddDate(100, 0, 0),
		IsCA:                  true,
		BasicConstraintsValid: true,
		KeyUsage:              x509.KeyUsageCertSign,
	}
	_, certificate, err := pki.SignCertificate(template, template, key.Public(), key)
	if err != nil {
		panic(err)
	}
	roots := x509.NewCertPool()
	roots.AddCert(certificate)
	return signer{key, certificate, roots}
}

func (its signer) sign(template *x509.Certificate) (*x509.Certificate, error) {
	_, certificate, err := pki.SignCertificate(template, its.certificate, its.key.Public(), its.key)
	return certificate, err
}
