/** A prime of 64 bits that spreads what changes; each step can be undone, so that no change of one word is lost. */
const PRIME: u64 = 0x9e3779b97f4a7c55;

/** A checksum of the first bytes of the memory, eight at a time; zeros stand behind the last. */
export function checksum(length: u32): u64 {
  let sum: u64 = length;
  for (let at: u32 = 0; at < length; at += 8) {
    sum = (sum ^ load<u64>(at)) * PRIME;
    sum ^= sum >> 29;
  }
  return sum;
}
