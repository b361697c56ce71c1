/** What is used of WebAssembly: Node has it, and TypeScript has its types among those of browsers only. */
declare namespace WebAssembly {
  interface Memory {
    /** Another one after each growth; those before it stay. */
    readonly buffer: SharedArrayBuffer;
    /** Throws a RangeError where there is no more. */
    grow(pages: number): number;
  }
  interface Instance {
    readonly exports: { readonly [name: string]: ((...numbers: number[]) => number) | undefined };
  }
  const Memory: new (pages: {
    readonly initial: number;
    readonly maximum: number;
    readonly shared: true;
  }) => Memory;
  const Module: new (program: Uint8Array) => object;
  const Instance: new (module: object, imports: { readonly env: { readonly memory: Memory } }) => Instance;
}
