/** A global variable of the counting process: an array with one number, how many blocks of code have been run. */
export const BLOCKS = '$$blocks';
