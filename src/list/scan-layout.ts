/**
 * What is shared with the program that scans, which imports this file too: where things stand in memory, and how many.
 * All are integers, which TypeScript and AssemblyScript write alike. After a change: `npm run generate`.
 */

/** Bytes of a page of WebAssembly's memory. The first is for the program itself, the second for what it finds. */
export const PAGE = 65536;
export const RESERVED_PAGES = 2;
/** Of 2 GiB, so that an address is a positive number of 32 bits. */
export const MOST_PAGES = 32768;
/** So many bytes behind a text may be looked at, of which the first is a line break. */
export const SLACK = 16;

/** How many resources are put down at a time, and how many numbers of four bytes each takes. */
export const MOST_RECORDS = 1024;
export const RECORD_NUMBERS = 16;

/** Which numbers of a record are what: start, dash, column and end of the resource. */
export const START = 0;
export const DASH_AT = 1;
export const COLUMN = 2;
export const END = 3;
/** The first of a scalar's three numbers: from where, up to where, and the text's number. */
export const API_VERSION = 4;
export const KIND = 7;
export const NAME = 10;
export const NAMESPACE = 13;

/** In place of an address: there is no such scalar. Of what is unclear only a real reader can tell what it says. */
export const ABSENT = -1;
export const UNCLEAR = -2;

/** How many keys of a list there may be, with two numbers each. */
export const MOST_KEYS = 16;
