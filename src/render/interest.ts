import { API_VERSION, GENERATED_BY } from '../api/index.ts';
import { byKind } from '../components/index.ts';
import { isWatched } from '../existing/index.ts';
import { isAutoscaler } from '../gitops/index.ts';
import type { Interest } from '../list/index.ts';
import { isUnknownKind, meantKinds, SECRET_SOURCES } from '../validate/index.ts';

/** The kinds that are read in full, of TiDB Operator v1's API. */
const READ = new Set(['TidbCluster', ...Object.keys(byKind), 'TidbMonitor', 'Backup', 'TidbInitializer']);

/** The kinds whose names a generated resource could take, or look for. */
const NAMED = new Map([
  ['ClusterIssuer', 'cert-manager.io/v1'],
  ['Issuer', 'cert-manager.io/v1'],
  ['StatefulSet', 'apps/v1'],
  ['Service', 'v1'],
  ['ConfigMap', 'v1'],
  ['Job', 'batch/v1'],
  ['NetworkPolicy', 'networking.k8s.io/v1'],
]);

/** What the render needs to read of its resources; it never parses any others. */
export const INTEREST: Interest = {
  // What is nearly one of them is read to be reported.
  reads: (apiVersion, kind) =>
    READ.has(kind) && apiVersion === API_VERSION
      ? true
      : isAutoscaler(apiVersion, kind) ||
        isWatched(apiVersion, kind) ||
        meantKinds(apiVersion, kind).length > 0 ||
        isUnknownKind(apiVersion, kind),
  names: (apiVersion, kind) => NAMED.get(kind) === apiVersion || SECRET_SOURCES.test(kind),
  markers: [GENERATED_BY],
};
