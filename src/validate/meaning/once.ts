/** Remembers what was said, and tells whether it is said for the first time. */
export class Once {
  private readonly said = new Set<string>();

  isNew(text: string): boolean {
    const before = this.said.size;
    return this.said.add(text).size > before;
  }
}
