/** Kinds, API versions and namespaces recur: each gets a number, so that whoever asks makes a string of it once. */

const MOST: i32 = 120;
const LONGEST: i32 = 60;
const SLOTS: i32 = 256;

/** In place of the number of a text that has none. As all numbers, it is odd where the text stands in quotes. */
export const PLAIN_TEXT: i32 = -2;
export const QUOTED_TEXT: i32 = -1;

// Behind what the compiler has put into memory, where nothing else is kept.
const SLOT: usize = (__heap_base + 7) & ~7;
const ENTRY: usize = SLOT + SLOTS;
const ENTRY_SIZE: usize = 64;

let count: i32 = 0;

/** The number of a text. In quotes it has another one: there `1` is a text, and elsewhere none. */
export function numberOf(from: i32, to: i32, isQuoted: bool): i32 {
  const unknown = isQuoted ? QUOTED_TEXT : PLAIN_TEXT;
  const size = to - from;
  if (size > LONGEST) return unknown;
  const head = (size << 1) | (isQuoted ? 1 : 0);
  let slot = hash(from, to, head) & (SLOTS - 1);
  let number = <i32>load<u8>(SLOT + slot);
  while (number !== 0) {
    if (stands(number, head, from, size)) return numbered(number, isQuoted);
    slot = (slot + 1) & (SLOTS - 1);
    number = <i32>load<u8>(SLOT + slot);
  }
  if (count === MOST) return unknown;
  add(++count, head, from, size);
  store<u8>(SLOT + slot, <u8>count);
  return numbered(count, isQuoted);
}

function numbered(entry: i32, isQuoted: bool): i32 {
  return (entry << 1) | (isQuoted ? 1 : 0);
}

function hash(from: i32, to: i32, head: i32): i32 {
  let value = head;
  for (let i = from; i < to; i++) value = (value ^ <i32>load<u8>(i)) * 16777619;
  return value ^ (value >>> 15);
}

function stands(number: i32, head: i32, from: i32, size: i32): bool {
  const entry = ENTRY + <usize>number * ENTRY_SIZE;
  return load<i32>(entry) === head && memory.compare(entry + 4, from, size) === 0;
}

function add(number: i32, head: i32, from: i32, size: i32): void {
  const entry = ENTRY + <usize>number * ENTRY_SIZE;
  store<i32>(entry, head);
  memory.copy(entry + 4, from, size);
}
