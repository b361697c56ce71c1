/** The keys that a server knows in a config, as paths with spaces between them. */
export interface Listed {
  readonly keys: string;
  /** What the server does with any other key; absent where the list is not complete. */
  readonly others?: 'ignored' | 'refused';
}

/** The keys in a table by their names; undefined below a key that is no table. */
export interface Tree {
  readonly below: ReadonlyMap<string, Tree>;
  /** Whether any other key may stand there, too. */
  readonly isOpen: boolean;
}

interface Growing {
  readonly below: Map<string, Growing>;
  isOpen: boolean;
}

export function treeOf({ keys }: Listed): Tree {
  const root: Growing = { below: new Map(), isOpen: false };
  for (const path of keys.split(' ')) {
    let table = root;
    for (const name of path.split('.')) {
      if (name === '*') {
        table.isOpen = true;
        break;
      }
      const inner = table.below.get(name) ?? { below: new Map(), isOpen: false };
      table.below.set(name, inner);
      table = inner;
    }
  }
  return root;
}

/** The only path that ends with a name; undefined if there is none, or more than one. */
export function onlyPathOf(name: string, { keys }: Listed): string | undefined {
  const [path, ...more] = keys.split(' ').filter((one) => one.endsWith(`.${name}`) || one === name);
  return more.length === 0 ? path : undefined;
}
