export const PORTS = { ticdc: 8301 };
