/** Remembers messages, and tells whether one is new. */
export class Once {
  private readonly said = new Set<string>();

  isNew(text: string): boolean {
    const before = this.said.size;
    return this.said.add(text).size > before;
  }
}
