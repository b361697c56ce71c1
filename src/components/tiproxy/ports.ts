export const PORTS = { api: 3080, sql: 6000 };
