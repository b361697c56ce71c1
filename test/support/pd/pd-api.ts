import { type Pd, Refusal } from './pd.ts';
import type { Store } from './store.ts';

/** What PD answers: JSON, or a page of text. */
export interface Answer {
  readonly status: number;
  readonly body: unknown;
  readonly isText?: boolean;
}

const EVICT = 'evict-leader-scheduler';

/** PD's answer to a request below `/pd/api/v1/`, for the calls that safe operations need; refusals have PD's own words. */
export function answer(pd: Pd, method: string, url: URL, body: string): Answer {
  const path = url.pathname.replace('/pd/api/v1/', '');
  if (path === 'cluster/status') return ok(clusterStatus(pd));
  if (!pd.isBootstrapped) return NOT_BOOTSTRAPPED;
  try {
    return (
      stores(pd, method, path, url.searchParams, body) ?? schedulers(pd, method, path, body) ?? NOT_FOUND
    );
  } catch (error) {
    if (error instanceof Refusal) return { status: error.status, body: error.message };
    throw error;
  }
}

export const NOT_BOOTSTRAPPED: Answer = {
  status: 500,
  body: '[PD:cluster:ErrNotBootstrapped]TiKV cluster not bootstrapped, please start TiKV first',
};
const NOT_FOUND: Answer = { status: 404, body: '404 page not found\n', isText: true };

function ok(body: unknown): Answer {
  return { status: 200, body };
}

function clusterStatus(pd: Pd): unknown {
  return {
    raft_bootstrap_time: pd.isBootstrapped ? time(1_600_000_000) : '0001-01-01T00:00:00Z',
    is_initialized: pd.isBootstrapped,
    replication_status: '',
  };
}

function stores(
  pd: Pd,
  method: string,
  path: string,
  query: URLSearchParams,
  body: string,
): Answer | undefined {
  const [, number = '', rest = ''] = /^store\/(\d+)(?:\/(\w+))?$/.exec(path) ?? [];
  const id = Number(number);
  switch (`${method} ${number === '' ? path : `store/ID${rest && `/${rest}`}`}`) {
    case 'GET stores': {
      const states = query.getAll('state').map((state) => ['Up', 'Offline', 'Tombstone'][Number(state)]);
      const wanted = states.length > 0 ? states : ['Up', 'Offline'];
      return ok(listed(pd, (store) => wanted.includes(store.state)));
    }
    case 'GET stores/check': {
      const states = query.getAll('state').map((state) => state.toLowerCase());
      return ok(
        listed(pd, (store) => states.length === 0 || states.includes(pd.stateOf(store).toLowerCase())),
      );
    }
    case 'GET stores/limit':
      return ok(limits(pd));
    case 'GET stores/progress':
      return progress(pd, Number(query.get('id')));
    case 'GET store/ID':
      return ok(shown(pd, pd.store(id)));
    case 'DELETE store/ID':
      pd.removeStore(id);
      return ok('The store is set as Offline.');
    case 'POST store/ID/state':
      if (query.get('state') === 'Up') pd.upStore(id);
      else pd.removeStore(id);
      return ok("The store's state is updated.");
    case 'POST store/ID/label':
      pd.setLabels(id, JSON.parse(body));
      return ok("The store's label is updated.");
    default:
      return undefined;
  }
}

function listed(pd: Pd, isWanted: (store: Store) => boolean): unknown {
  const found = [...pd.stores.values()].filter(isWanted);
  return { count: found.length, stores: found.map((store) => shown(pd, store)) };
}

function shown(pd: Pd, store: Store): unknown {
  return {
    store: {
      id: store.id,
      address: store.address,
      ...(Object.keys(store.labels).length > 0 && {
        labels: Object.entries(store.labels).map(([key, value]) => ({ key, value })),
      }),
      version: '8.5.7',
      status_address: store.address.replace(/\d+$/, '20180'),
      start_timestamp: store.startedAt,
      last_heartbeat: store.lastHeartbeat * 1e9,
      ...(store.state !== 'Up' && { state: store.state === 'Offline' ? 1 : 2 }),
      node_state: { Up: 1, Offline: 2, Tombstone: 3 }[store.state],
      state_name: pd.stateOf(store),
    },
    status: {
      capacity: `${store.capacity}GiB`,
      available: `${store.available}GiB`,
      used_size: `${store.capacity - store.available}GiB`,
      leader_count: pd.leadersOn(store.id),
      leader_weight: 1,
      region_count: pd.regionsOn(store.id),
      region_weight: 1,
      start_ts: time(store.startedAt),
      last_heartbeat_ts: time(store.lastHeartbeat),
    },
  };
}

function time(seconds: number): string {
  return new Date(seconds * 1000).toISOString().replace('.000', '');
}

function limits(pd: Pd): unknown {
  const all = [...pd.stores.values()].filter(({ state }) => state !== 'Tombstone');
  return Object.fromEntries(
    all.map(({ id, addLimit, state }) => [
      id,
      { 'add-peer': addLimit, 'remove-peer': state === 'Offline' ? 100_000_000 : 15 },
    ]),
  );
}

function progress(pd: Pd, id: number): Answer {
  const store = pd.stores.get(id);
  if (store?.state !== 'Offline') {
    return {
      status: 404,
      body: `[PD:progress:ErrProgressNotFound]no progress found for the given store ID: ${id}`,
    };
  }
  const left = (pd.regionsOn(id) * 10) / pd.movesInRound;
  return ok({ action: 'removing', store_id: id, progress: 0.5, current_speed: 1, left_seconds: left });
}

function schedulers(pd: Pd, method: string, path: string, body: string): Answer | undefined {
  const { config } = pd;
  const [, evicted] = new RegExp(`^schedulers/${EVICT}-(\\d+)$`).exec(path) ?? [];
  switch (`${method} ${evicted === undefined ? path : 'schedulers/ID'}`) {
    case 'GET config/replicate':
      return ok({
        'max-replicas': config.maxReplicas,
        'location-labels': config.locationLabels.join(','),
        'strictly-match-label': `${config.strictlyMatchLabel}`,
        'enable-placement-rules': `${config.rules !== undefined}`,
        'enable-placement-rules-cache': 'false',
        'isolation-level': config.isolationLevel,
      });
    case 'GET config/schedule':
      return ok({
        'low-space-ratio': config.lowSpaceRatio,
        'replica-schedule-limit': config.replicaScheduleLimit,
        'max-store-down-time': `${config.maxStoreDownTime}s`,
        'enable-replace-offline-replica': `${config.replacesOffline}`,
        ...(config.isHalted && { 'halt-scheduling': 'true' }),
      });
    case 'GET config/rules':
      if (config.rules !== undefined) return ok(config.rules);
      return { status: 412, body: '[PD:placement:ErrPlacementDisabled]placement rules feature is disabled' };
    case 'GET config/region-label/rules':
      return ok(pd.isDenied ? [DENIED] : []);
    case 'GET checker/rule':
    case 'GET checker/replica':
      return ok({ paused: pd.pausedCheckers.has(path.slice('checker/'.length)) });
    case `GET scheduler-config/${EVICT}/list`: {
      if (pd.evicting.size === 0) return NOT_FOUND;
      const ranges = [...pd.evicting].map((id) => [id, [{ 'start-key': '', 'end-key': '' }]]);
      return ok({ 'store-id-ranges': Object.fromEntries(ranges) });
    }
    case 'POST schedulers': {
      const { name, store_id } = JSON.parse(body);
      if (name !== EVICT) return { status: 400, body: 'unknown scheduler' };
      if (typeof store_id !== 'number') return { status: 400, body: 'missing store id' };
      const exists = pd.evicting.size > 0;
      pd.evict(store_id);
      return ok(exists ? 'The scheduler has been applied to the store.' : 'The scheduler is created.');
    }
    case 'DELETE schedulers/ID':
      return { status: pd.evicting.delete(Number(evicted)) ? 200 : 404, body: null };
    default:
      return undefined;
  }
}

const DENIED = {
  id: 'restore',
  labels: [{ key: 'schedule', value: 'deny' }],
  rule_type: 'key-range',
  data: [{ start_key: '', end_key: '' }],
};
