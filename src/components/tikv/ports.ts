export const PORTS = { server: 20160, status: 20180 };
