/** A part of a text that is written: bytes that are handed on, or text. */
export type Piece = Uint8Array | string;

/** The bytes of pieces, one behind the other. */
export function bytesOfPieces(pieces: Iterable<Piece>): Buffer {
  return Buffer.concat([...pieces].map((piece) => Buffer.from(piece)));
}
