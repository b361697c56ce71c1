/** The key of its config that has PD's address. */
export const PD_KEY = 'proxy.pd-addrs';
