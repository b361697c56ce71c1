/** What the workloads of all components have in common, as TiDB Operator makes them. */
export { canonicalQuantity, wholeUnits } from '../api/index.ts';
export { canonicalMap } from './canonical.ts';
export { capacity } from './capacity.ts';
export {
  type Certificate,
  CLIENT_TLS,
  certificateFiles,
  certificateMounts,
  certificateVolumes,
  clientCertificate,
  clusterCertificate,
  clusterTlsVolume,
  SQL_CLIENT_TLS,
  SQL_SERVER_TLS,
  tlsDirectory,
} from './certificates.ts';
export { claimTemplate, storageClaims } from './claims.ts';
export { asksWithoutTls, clientTlsBeside, tidbClientSecret } from './client-tls.ts';
export { CONFIG_FILE, type Files, STARTUP_SCRIPT } from './config-map.ts';
export { copy, copyList, fields, unlessEmpty, withoutNulls } from './copy.ts';
export { digest } from './digest.ts';
export { type Drained, type Drainer, drainedAs, writtenDrain } from './drained.ts';
export { secondsOf, secondsOfDuration } from './duration.ts';
export { envField, envValue, podNameOnHost, serverEnv } from './env.ts';
export { reportGracePeriod } from './grace.ts';
export { type Expansion, expandAs, type Safety } from './group.ts';
export { imageOf, runsOwnImage, serverImage } from './image.ts';
export { type InheritedSettings, inheritSettings } from './inherit.ts';
export { jobLabels, jobSecurityContext } from './job.ts';
export { isIn, selectorLabels, USED_BY } from './labels.ts';
export { type LogFile, logFileIn, logTailer } from './log-tailer.ts';
export type { ExpandInput, Group, Member } from './member.ts';
export { clientSecret, clusterSecret, isDnsLabel, storageVolumeName } from './names.ts';
export { join } from './paths.ts';
export { fullName, listedAsWritten, listedHosts, PD_PORT, pdAddresses, reachablePD } from './pd-address.ts';
export type { Generated } from './pod.ts';
export { readinessProbe, statusCheck, tcpCheck } from './probes.ts';
export { reportQuoted } from './quoted.ts';
export { isSince, type Release, releaseOf } from './release.ts';
export { containerResources } from './resources.ts';
export { rolloutOf, type SafeParts, writtenRollout } from './rollout.ts';
export { serverContainer } from './server-container.ts';
export { familyPolicy, peerService, service, servicePort } from './services.ts';
export { isPlain, quote, shellWords } from './shell.ts';
export { argsIf, inCommand, startScript } from './start-script.ts';
export { LABELS_VARIABLE, storeEnv } from './store-env.ts';
export { asStored } from './stored.ts';
export { SYSCTL_INIT } from './sysctl.ts';
export { imageVersion, readVersion } from './version.ts';
export {
  ANNOTATIONS_VOLUME,
  annotationsMount,
  annotationsVolume,
  configMapVolume,
  configMounts,
  configVolumes,
  emptyVolume,
  mount,
  readOnlyMount,
  secretVolume,
  storageMounts,
} from './volumes.ts';
export { waitForName } from './wait-for-name.ts';
