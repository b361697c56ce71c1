import type { Field } from '../../problem/index.ts';
import { show } from '../structure/show.ts';

/** The addresses of PD servers outside the cluster's own. */
export function checkPdAddresses(addresses: readonly string[] | undefined, at: Field): void {
  addresses?.forEach((address, index) => {
    if (isHttp(address)) return;
    const full = `http://${address}`;
    const advice = !address.includes('://') && isHttp(full) ? `; did you mean ${show(full)}?` : '';
    const message = `must be a URL such as "http://basic-pd:2379" or one with https, but ${show(address)} is not${advice}`;
    at.to(index).add('pd-address', message);
  });
}

function isHttp(address: string): boolean {
  return /^https?:\/\/[^\s/]+/i.test(address) && URL.canParse(address);
}
