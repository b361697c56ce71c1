import type { CertificatesSpec, ExpandTidbGroupsSpec } from '../api/index.ts';
import { durationOf, ISSUER_GROUP, renewBeforeOf } from '../certificates/settings.ts';
import { secondsOfDuration } from '../expand/index.ts';
import { Field, type Origin, type Path, type Problems } from '../problem/index.ts';
import { show } from '../validate/index.ts';

/** Reports settings that the structure allows but that cannot work together, or have no effect; `path` leads to them. */
export function checkConfig(
  { certificates, drain, monitoring, output, syncWaves }: ExpandTidbGroupsSpec,
  origin: Origin,
  path: Path,
  problems: Problems,
): void {
  const spec = new Field(origin, problems, path);
  if (certificates) checkCertificates(certificates, spec.to('certificates'));
  // An empty text counts as no text.
  if (monitoring && !monitoring.kind) {
    const message = 'must not be empty; write PodMonitor or ConfigMap';
    spec.to('monitoring', 'kind').add('field-missing', message);
  }
  if (monitoring?.kind === 'PodMonitor' && monitoring.secretsDirectory) {
    const message =
      'has no effect on a PodMonitor, of which Prometheus Operator reads the Secrets itself; remove it';
    spec.to('monitoring', 'secretsDirectory').add('no-effect', message, 'key');
  }
  if (!drain) return;
  const at = spec.to('drain');
  if (output === 'TidbCluster') {
    at.add(
      'no-effect',
      'has no effect, because TiDB Operator drains groups that are rendered as TidbClusters; remove it',
      'key',
    );
    return;
  }
  if (drain.engine === 'ArgoCD' && syncWaves === false) {
    const message =
      'has no effect, because Argo CD waits for Jobs by their sync waves, and `syncWaves` is false; remove one of them';
    at.to('engine').add('no-effect', message);
  }
  if (drain.timeout && secondsOfDuration(drain.timeout) === 0) {
    at.to('timeout').add(
      'duration',
      'must be more than 0; remove it to wait as long as the data takes to move',
    );
  }
}

/** The least that cert-manager takes, in seconds, and the most that it can read. */
const SHORTEST = { duration: 3600, renewBefore: 300 };
const LONGEST = Math.floor((2 ** 63 - 1) / 1e9);

/** What cert-manager would refuse, and so never make a certificate of. */
function checkCertificates(certificates: CertificatesSpec, at: Field): void {
  const { issuerGroup, issuerKind } = certificates;
  const isOurs = !issuerGroup || issuerGroup === ISSUER_GROUP;
  if (isOurs && issuerKind && issuerKind !== 'Issuer' && issuerKind !== 'ClusterIssuer') {
    const message = `must be "Issuer" or "ClusterIssuer", but is ${show(issuerKind)}; for an issuer that is not of cert-manager itself, write its API group in \`issuerGroup\``;
    at.to('issuerKind').add('field-enum', message);
  }
  if (!isOurs && !issuerKind) {
    const message = `is ${show(issuerGroup)}, so nobody knows of what kind the issuer is; write \`issuerKind\`, too`;
    at.to('issuerGroup').add('field-missing', message);
  }
  for (const name of ['duration', 'renewBefore'] as const) {
    const text = certificates[name];
    const seconds = text ? secondsOfDuration(text) : undefined;
    if (text === undefined || seconds === undefined) continue;
    const least = name === 'duration' ? '"1h"' : '"5m"';
    if (seconds < SHORTEST[name] || seconds > LONGEST) {
      at.to(name).add(
        'duration',
        `must be between ${least} and 292 years, but is ${show(text)}; cert-manager refuses others`,
      );
    }
  }
  const [whole, before] = [durationOf(certificates), renewBeforeOf(certificates)];
  const [lasts, early] = [secondsOfDuration(whole), secondsOfDuration(before)];
  if (lasts !== undefined && early !== undefined && early >= lasts) {
    const why = 'otherwise each certificate would be renewed at once';
    if (certificates.renewBefore) {
      const message = `must be less than \`duration\`, which is ${show(whole)}, but is ${show(before)}; ${why}`;
      at.to('renewBefore').add('duration', message);
    } else {
      const message = `must be more than \`renewBefore\`, which is ${show(before)} if it is not written, but is ${show(whole)}; write a shorter \`renewBefore\`, too: ${why}`;
      at.to('duration').add('duration', message);
    }
  }
}
