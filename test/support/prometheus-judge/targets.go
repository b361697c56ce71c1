package main

import (
	"context"
	"log/slog"
	"slices"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/prometheus/config"
	"github.com/prometheus/prometheus/discovery/kubernetes"
	"github.com/prometheus/prometheus/discovery/targetgroup"
	"github.com/prometheus/prometheus/model/labels"
	"github.com/prometheus/prometheus/scrape"
	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/client-go/informers"
	"k8s.io/client-go/kubernetes/fake"
)

// target is what Prometheus would scrape.
type target struct {
	URL    string            `json:"url"`
	Labels map[string]string `json:"labels"`
	// Certificates says whether it shows one and checks the other's, against the name in the URL.
	Certificates string        `json:"certificates"`
	HonorLabels  bool          `json:"honorLabels"`
	Interval     time.Duration `json:"interval"`
}

// targetsOf are the targets that Prometheus finds among pods, each once in every job.
func targetsOf(text string, pods []*corev1.Pod) ([]target, error) {
	loaded, err := config.Load(text, slog.New(slog.DiscardHandler))
	if err != nil {
		return nil, err
	}
	jobs, err := loaded.GetScrapeConfigs()
	if err != nil {
		return nil, err
	}
	groups := discovered(pods)
	found := []target{}
	for _, job := range jobs {
		seen := map[uint64]bool{}
		for _, group := range groups {
			if !looksInto(job, namespaceOf(group)) {
				continue
			}
			its, failures := scrape.TargetsFromGroup(group, job, nil, labels.NewBuilder(labels.EmptyLabels()))
			if len(failures) > 0 {
				return nil, failures[0]
			}
			for _, one := range its {
				whole := one.Labels(labels.NewBuilder(labels.EmptyLabels()))
				// A target is the same one as another with the same labels and address.
				key := labels.NewBuilder(whole).Set("__url__", one.URL().String()).Labels().Hash()
				if whole.IsEmpty() || seen[key] {
					continue
				}
				seen[key] = true
				found = append(found, target{
					URL:          one.URL().String(),
					Labels:       whole.Map(),
					Certificates: certificates(job),
					HonorLabels:  job.HonorLabels,
					Interval:     time.Duration(job.ScrapeInterval) / time.Second,
				})
			}
		}
	}
	return found, nil
}

func certificates(job *config.ScrapeConfig) string {
	tls := job.HTTPClientConfig.TLSConfig
	text := "none"
	if tls.CertFile+tls.Cert+tls.CAFile+tls.CA != "" {
		text = tls.CAFile + " " + tls.CertFile + " " + tls.KeyFile
	}
	if tls.InsecureSkipVerify {
		text += ", unchecked"
	}
	return text
}

// looksInto says whether a job discovers the pods of a namespace.
func looksInto(job *config.ScrapeConfig, namespace string) bool {
	for _, discovery := range job.ServiceDiscoveryConfigs {
		kube, ok := discovery.(*kubernetes.SDConfig)
		if !ok || kube.Role != kubernetes.RolePod {
			continue
		}
		names := kube.NamespaceDiscovery.Names
		if len(names) == 0 || slices.Contains(names, namespace) {
			return true
		}
	}
	return false
}

func namespaceOf(group *targetgroup.Group) string {
	return string(group.Labels["__meta_kubernetes_namespace"])
}

// discovered is what Prometheus' discovery tells of pods.
func discovered(pods []*corev1.Pod) []*targetgroup.Group {
	objects := make([]runtime.Object, 0, len(pods))
	for _, pod := range pods {
		objects = append(objects, pod)
	}
	factory := informers.NewSharedInformerFactory(fake.NewClientset(objects...), 0)
	informer := factory.Core().V1().Pods().Informer()
	events := prometheus.NewCounterVec(prometheus.CounterOpts{Name: "events"}, []string{"role", "event"})
	discoverer := kubernetes.NewPod(nil, informer, nil, nil, events)
	ctx, stop := context.WithCancel(context.Background())
	defer stop()
	factory.Start(ctx.Done())
	found := make(chan []*targetgroup.Group)
	go discoverer.Run(ctx, found)
	var groups []*targetgroup.Group
	for len(groups) < len(pods) {
		groups = append(groups, <-found...)
	}
	slices.SortFunc(groups, func(a, b *targetgroup.Group) int {
		if a.Source < b.Source {
			return -1
		}
		return 1
	})
	return groups
}
