import type { ExpandTidbGroupsSpec } from '../api/index.ts';
import { secondsOf } from '../expand/index.ts';
import { Field, type Origin, type Path, type Problems } from '../problem/index.ts';

/** Reports settings that the structure allows but that cannot work together, or have no effect; `path` leads to them. */
export function checkConfig(
  { drain, monitoring, output, syncWaves }: ExpandTidbGroupsSpec,
  origin: Origin,
  path: Path,
  problems: Problems,
): void {
  if (monitoring?.kind === 'PodMonitor' && monitoring.secretsDirectory) {
    const message =
      'has no effect on a PodMonitor, of which Prometheus Operator reads the Secrets itself; remove it';
    new Field(origin, problems)
      .to(...path, 'monitoring', 'secretsDirectory')
      .add('no-effect', message, 'key');
  }
  if (!drain) return;
  const at = new Field(origin, problems).to(...path, 'drain');
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
  if (drain.timeout && secondsOf(drain.timeout.replace(/^\+/, '')) === 0) {
    at.to('timeout').add(
      'duration',
      'must be more than 0; remove it to wait as long as the data takes to move',
    );
  }
}
