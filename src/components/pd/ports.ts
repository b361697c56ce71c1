export const PORTS = { client: 2379, peer: 2380 };
