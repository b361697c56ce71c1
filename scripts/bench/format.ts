/** Figures as people read them, rounded to the digits that the noise leaves meaningful. */
export function count(value: number): string {
  return value.toLocaleString('en-US');
}

export function milliseconds(value: number): string {
  return `${value.toFixed(value >= 100 ? 0 : 1)} ms`;
}

export function times(value: number): string {
  return value.toFixed(value >= 10 ? 0 : 2);
}

export function mebibytes(value: number): string {
  return `${value.toFixed(0)} MiB`;
}

export function fileSize(bytes: number): string {
  return bytes < 2 ** 20 ? `${(bytes / 2 ** 10).toFixed(0)} KiB` : `${(bytes / 2 ** 20).toFixed(1)} MiB`;
}
