export const PORTS = { api: 3080, peer: 3081, sql: 6000 };

/** What the port is called where TiProxy answers what is not of MySQL: its API, and metrics. */
export const API_PORT = 'tiproxy-api';
export const PEER_PORT = 'tiproxy-peer';
