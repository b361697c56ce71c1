/** How servers stop and start in a rolling update, so that no two stores are away at once and clients notice nothing. */
export { secondsOf } from './duration.ts';
export { isSince, type Release, releaseOf } from './release.ts';
export { missingServerGrace, type ServerRollout, type ServerSettings, serverRollout } from './server.ts';
export {
  DEFAULT_GRACE,
  missingGrace,
  pdUrls,
  STOP_SCRIPT,
  type StoreRollout,
  type StoreSettings,
  storeRollout,
} from './store.ts';
