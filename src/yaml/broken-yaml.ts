/** YAML that cannot be read, with the offset of the first character at fault. */
export class BrokenYaml extends Error {
  constructor(
    readonly reason: string,
    readonly offset: number,
  ) {
    super(reason);
  }
}
