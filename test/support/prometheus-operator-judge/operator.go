package main

import (
	"log/slog"
	"strings"

	monitoringv1 "github.com/prometheus-operator/prometheus-operator/pkg/apis/monitoring/v1"
	"github.com/prometheus-operator/prometheus-operator/pkg/assets"
	"github.com/prometheus-operator/prometheus-operator/pkg/prometheus"
	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
)

// configOf is the configuration that Prometheus Operator makes of PodMonitors. Their Secrets are there.
func configOf(monitors []*monitoringv1.PodMonitor) (string, error) {
	server := &monitoringv1.Prometheus{ObjectMeta: metav1.ObjectMeta{Name: "k8s", Namespace: "monitoring"}}
	// The API server fills these in.
	server.Spec.ScrapeInterval = "30s"
	server.Spec.EvaluationInterval = "30s"
	generator, err := prometheus.NewConfigGenerator(slog.New(slog.DiscardHandler), server)
	if err != nil {
		return "", err
	}
	byName := map[string]*monitoringv1.PodMonitor{}
	store := assets.NewTestStoreBuilder(secretsOf(monitors)...)
	for _, monitor := range monitors {
		byName[monitor.Namespace+"/"+monitor.Name] = monitor
	}
	text, err := generator.GenerateServerConfiguration(server, nil, byName, nil, nil, store, nil, nil, nil, nil)
	// The reloader of the configuration does this in each pod, of which there is one.
	return strings.ReplaceAll(string(text), "$(SHARD)", "0"), err
}

func secretsOf(monitors []*monitoringv1.PodMonitor) []any {
	var secrets []any
	for _, monitor := range monitors {
		for _, endpoint := range monitor.Spec.PodMetricsEndpoints {
			if endpoint.TLSConfig == nil || endpoint.TLSConfig.CA.Secret == nil {
				continue
			}
			secrets = append(secrets, &corev1.Secret{
				ObjectMeta: metav1.ObjectMeta{
					Name:      endpoint.TLSConfig.CA.Secret.Name,
					Namespace: monitor.Namespace,
				},
				Data: map[string][]byte{"ca.crt": []byte("ca"), "tls.crt": []byte("crt"), "tls.key": []byte("key")},
			})
		}
	}
	return secrets
}
