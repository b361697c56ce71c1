import type { AddressRange, NetworkPeer } from '../../api/index.ts';
import type { Field } from '../../problem/index.ts';
import { show } from '../structure/show.ts';
import { isWithin, rangeProblem } from './address-range.ts';
import { checkSelector } from './selectors.ts';

/** Adds a problem for peers of a NetworkPolicy that Kubernetes would refuse. */
export function checkNetworkPeers(peers: readonly NetworkPeer[] | undefined, at: Field): void {
  peers?.forEach(({ ipBlock, namespaceSelector, podSelector }, index) => {
    const here = at.to(index);
    checkSelector(namespaceSelector, here.to('namespaceSelector'));
    checkSelector(podSelector, here.to('podSelector'));
    if (!ipBlock && !namespaceSelector && !podSelector) {
      here.add(
        'field-choice',
        'must say who it is: write `podSelector`, `namespaceSelector` or `ipBlock`; `podSelector: {}` is every pod of the namespace',
      );
    } else if (ipBlock && (namespaceSelector || podSelector)) {
      here
        .to('ipBlock')
        .add(
          'field-choice',
          'cannot stand beside a selector, because addresses have no labels; write an entry for each',
          'key',
        );
    }
    if (ipBlock) checkRange(ipBlock, here.to('ipBlock'));
  });
}

function checkRange({ cidr, except }: AddressRange, at: Field): void {
  checkCanonical(cidr, at.to('cidr'));
  except?.forEach((part, index) => {
    checkCanonical(part, at.to('except', index));
    if (isWithin(part, cidr)) return;
    const message = `is ${show(part)}, but must be a part of \`cidr\`, which is ${show(cidr)}, and smaller; correct one of them`;
    at.to('except', index).add('cidr', message);
  });
}

function checkCanonical(range: string, at: Field): void {
  const why = rangeProblem(range);
  if (why !== undefined) at.add('cidr', `is ${show(range)}, which ${why}`);
}
