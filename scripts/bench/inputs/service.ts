import { seeded } from './random.ts';
import type { Resource } from './resource.ts';

/** A Service with a folded annotation and several ports: shorter than the other kinds. */
export function service(index: number, namespace: string): Resource {
  const random = seeded(index);
  const name = `app-${String(index).padStart(5, '0')}`;
  const port = 8000 + random.below(900);
  return {
    kind: 'Service',
    name,
    namespace,
    file: `${namespace}/${name}/service.yaml`,
    head: `apiVersion: v1
kind: Service
metadata:
  name: ${name}
  namespace: ${namespace}
  labels:
    app: ${name}
    tier: "${random.below(3)}"
  annotations:
    example.com/description: >-
      Reached from the edge only; port ${port} is what the gateway's
      route names, and ${port + 1000} is for scraping.
    service.beta.kubernetes.io/idle-timeout: "${60 * (1 + random.below(9))}"
    service.beta.kubernetes.io/internal: 'true'
`,
    tail: `spec:
  type: ${random.pick(['ClusterIP', 'LoadBalancer'])}
  sessionAffinity: ClientIP
  sessionAffinityConfig: {clientIP: {timeoutSeconds: ${600 + random.below(3600)}}}
  ipFamilies: [IPv4]
  ipFamilyPolicy: SingleStack
  ports:
  - name: http
    port: 80
    protocol: TCP
    targetPort: ${port}
  # Scraped by Prometheus, not by people.
  - name: metrics
    port: ${port + 1000}
    protocol: TCP
    targetPort: metrics
  - name: admin
    port: ${port + 1001}
    protocol: TCP
    targetPort: "admin"
  selector:
    app: ${name}
    tier: "${random.below(3)}"
`,
  };
}
