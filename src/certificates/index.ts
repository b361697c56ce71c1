/** Certificates of cert-manager for what the servers of TidbClusters and groups mount. */
export { certificate, type Signer, type Wanted } from './certificate.ts';
export { sansOf } from './names.ts';
export { durationOf, ISSUER_GROUP, renewBeforeOf } from './settings.ts';
export { certificatesOfCluster, certificatesOfGroup } from './wanted.ts';
