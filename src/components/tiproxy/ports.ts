export const PORTS = { api: 3080, peer: 3081, sql: 6000 };
