import { seeded } from './random.ts';
import type { Resource } from './resource.ts';

/** A web service with two containers, probes, volumes; octal modes and strings that must be quoted. */
export function deployment(index: number, namespace: string): Resource {
  const random = seeded(index);
  const name = `app-${String(index).padStart(5, '0')}`;
  const team = random.pick(['checkout', 'search', 'billing', 'fulfilment']);
  const version = `${random.below(9)}.${random.below(40)}.${random.below(20)}`;
  const port = 8000 + random.below(900);
  return {
    kind: 'Deployment',
    name,
    namespace,
    file: `${namespace}/${name}/deployment.yaml`,
    ...(index % 4 === 0 ? { comment: `Owned by ${team}; ask before you scale it down.` } : {}),
    head: `apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${name}
  namespace: ${namespace}
  labels: {app: ${name}, team: ${team}}
  annotations:
    example.com/on-call: "yes"
    example.com/since: "2024-0${1 + random.below(9)}-1${random.below(10)}"
`,
    tail: `spec:
  replicas: ${1 + random.below(6)} # the autoscaler may change it
  selector:
    matchLabels: {app: ${name}}
  strategy:
    type: RollingUpdate
    rollingUpdate: {maxSurge: 25%, maxUnavailable: 0}
  template:
    metadata:
      labels:
        app: ${name}
        team: ${team}
    spec:
      containers:
      - name: server
        image: registry.example.com/${team}/${name}:${version}
        args: ["--listen", ":${port}", '--log-format=json']
        env:
        - name: POD_NAME
          valueFrom: {fieldRef: {fieldPath: metadata.name}}
        - name: FEATURES
          value: 'on'
        - name: GREETING
          value: "it's: ${team} # not a comment"
        ports:
        - {name: http, containerPort: ${port}}
        readinessProbe:
          httpGet:
            path: /healthz
            port: http
          periodSeconds: ${5 + random.below(10)}
          failureThreshold: 3
        lifecycle:
          preStop: {exec: {command: [sleep, "${5 + random.below(20)}"]}}
        # Measured in the load test of ${2020 + random.below(6)}.
        resources:
          requests: {cpu: ${100 + random.below(900)}m, memory: ${128 + random.below(512)}Mi}
          limits: {memory: 1Gi}
        volumeMounts:
        - name: settings
          mountPath: /etc/${team}
          readOnly: true
      - name: proxy
        image: "registry.example.com/mesh/proxy:1.${random.below(20)}"
        command: [sh, -c]
        args:
        - |
          set -eu
          # wait for the server
          until wget -qO- http://127.0.0.1:${port}/healthz; do sleep 1; done
          exec proxy --upstream 127.0.0.1:${port}
      securityContext: {runAsNonRoot: true, runAsUser: ${1000 + random.below(9000)}}
      terminationGracePeriodSeconds: ${30 + random.below(30)}
      volumes:
      - name: settings
        configMap:
          name: ${name}
          defaultMode: 0644
`,
  };
}
