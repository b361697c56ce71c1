/** An odd multiplier that spreads changes. Each step is reversible, so a change of one word always changes the sum. */
const SPREAD: u64 = 0x9e3779b97f4a7c55;

/** A checksum of the first bytes of the memory, four words at a time, which a processor handles in parallel. Zeros follow the last byte. */
export function checksum(length: u32): u64 {
  let a: u64 = length;
  let b: u64 = 1;
  let c: u64 = 2;
  let d: u64 = 3;
  for (let at: u32 = 0; at < length; at += 32) {
    a = (a ^ load<u64>(at)) * SPREAD;
    b = (b ^ load<u64>(at, 8)) * SPREAD;
    c = (c ^ load<u64>(at, 16)) * SPREAD;
    d = (d ^ load<u64>(at, 24)) * SPREAD;
  }
  a = (a ^ rotl(b, 17)) * SPREAD;
  a = (a ^ rotl(c, 31)) * SPREAD;
  a = (a ^ rotl(d, 47)) * SPREAD;
  return a ^ (a >> 29);
}
