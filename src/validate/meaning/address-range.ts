/** Why Kubernetes refuses a range of addresses that is in valid syntax, such as `10.0.0.1/8`; undefined where it does not. */
export function rangeProblem(text: string): string | undefined {
  const { address, width, length } = rangeOf(text);
  if (width === 128 && address >> 32n === 0xffffn)
    return 'has an IPv4 address in the form of IPv6; write it as IPv4';
  const rest = BigInt(width - length);
  if ((address >> rest) << rest === address) return undefined;
  return `has an address within the range and not its first one; write that, or \`/${width}\` for one address`;
}

/** Whether a range of addresses is within another one, and smaller; both as `10.0.0.0/8`, in valid syntax. */
export function isWithin(part: string, whole: string): boolean {
  const [inner, outer] = [rangeOf(part), rangeOf(whole)];
  if (inner.width !== outer.width || inner.length <= outer.length) return false;
  const shift = BigInt(outer.width - outer.length);
  return inner.address >> shift === outer.address >> shift;
}

interface Range {
  readonly address: bigint;
  /** Bits of an address. */
  readonly width: 32 | 128;
  /** How many of them are the same in the whole range. */
  readonly length: number;
}

function rangeOf(text: string): Range {
  const [address = '', length = ''] = text.split('/');
  if (!address.includes(':')) return { address: ipv4(address), width: 32, length: Number(length) };
  return { address: ipv6(address), width: 128, length: Number(length) };
}

function ipv4(text: string): bigint {
  return text.split('.').reduce((sum, octet) => sum * 256n + BigInt(octet), 0n);
}

function ipv6(text: string): bigint {
  const [head = '', tail] = text.split('::');
  const [before, after] = [groupsOf(head), groupsOf(tail ?? '')];
  const zeros = tail === undefined ? 0 : 8 - before.length - after.length;
  return [...before, ...Array.from({ length: zeros }, () => 0n), ...after].reduce(
    (sum, group) => sum * 65_536n + group,
    0n,
  );
}

/** The last two groups may be written as IPv4. */
function groupsOf(text: string): bigint[] {
  if (text === '') return [];
  return text.split(':').flatMap((group) => {
    if (!group.includes('.')) return [BigInt(`0x${group}`)];
    const value = ipv4(group);
    return [value >> 16n, value & 0xffffn];
  });
}
