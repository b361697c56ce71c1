import type { Item } from '../list/index.ts';
import type { Path, Problems } from '../problem/index.ts';
import { show } from '../validate/index.ts';

/** The name of a resource, and where it was written: in the resource, or in the group that it was rendered from. */
export interface Named {
  readonly kind: string;
  readonly name: string;
  /** What its file is called after in place of the name, so that a render writes the file of the one before again. */
  readonly stem?: string;
  readonly namespace: string;
  readonly origin: Item;
}

/** Bytes of a name that every file system takes. */
const LONGEST = 255;

const KIND = /^[A-Za-z](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?$/;
/** As Kubernetes has them: of roles and their bindings, whose rules are the laxest, with colons and the like. */
const NAME = /^[A-Za-z0-9][\w.:@-]*$/;
const NAMESPACE = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;
/** Names of devices on Windows, in any directory. */
const DEVICE = /^(?:con|prn|aux|nul|com\d|lpt\d)$/;

/**
 * Names files after resources: `<kind>_<name>.yaml`, in a directory of the namespace where there is one. No name leads
 * out of the directory, no two differ only in case, and all are valid on any file system; otherwise it is a problem. If
 * several would have the same name, the later ones get a number.
 */
export class FileNames {
  /** How many files have begun alike; numbered ones come after them. */
  private readonly counts = new Map<string, number>();
  private readonly taken = new Set<string>();

  constructor(private readonly problems: Problems) {}

  /** The path of the file, with slashes; undefined if the resource cannot have one. */
  take(resource: Named): string | undefined {
    const { kind, name, stem = name, namespace } = resource;
    const isSound = [
      KIND.test(kind) || this.report(resource, ['kind'], kind, 'letters, digits and dashes'),
      // A name may be left to the API server (`generateName`).
      name === '' ||
        NAME.test(name) ||
        this.report(resource, NAME_PATH, name, 'letters, digits, `-`, `_`, `.`, `:` and `@`'),
      namespace === '' ||
        NAMESPACE.test(namespace) ||
        this.report(resource, NAMESPACE_PATH, namespace, 'up to 63 lowercase letters, digits and dashes'),
      !DEVICE.test(namespace) || this.reportDevice(resource),
    ].every(Boolean);
    if (!isSound) return undefined;
    const directory = namespace === '' ? '' : `${namespace}/`;
    const file = this.free(`${directory}${kind.toLowerCase()}_${stem.replaceAll(/[:@]/g, '_')}`);
    const length = file.length - directory.length;
    if (length <= LONGEST) return file;
    const message = `\`metadata.name\` makes a file name of ${length} characters, but file systems allow ${LONGEST}; shorten it, or render without -o`;
    this.add(resource, NAME_PATH, message);
    return undefined;
  }

  private free(stem: string): string {
    const key = stem.toLowerCase();
    let count = this.counts.get(key) ?? 1;
    const numbered = (text: string) => (count === 1 ? `${text}.yaml` : `${text}-${count}.yaml`);
    while (this.taken.has(numbered(key))) count++;
    this.taken.add(numbered(key));
    this.counts.set(key, count + 1);
    return numbered(stem);
  }

  private report(resource: Named, path: Path, value: string, rule: string): false {
    const field = path.join('.');
    const message = `\`${field}\` is ${show(value)}, which cannot be part of a file name: it must begin with a letter or digit, and contain only ${rule}; correct it, or render without -o`;
    return this.add(resource, path, message);
  }

  private reportDevice(resource: Named): false {
    const message = `\`metadata.namespace\` is "${resource.namespace}", a device name on Windows that cannot be a directory; rename it, or render without -o`;
    return this.add(resource, NAMESPACE_PATH, message);
  }

  private add({ origin }: Named, path: Path, message: string): false {
    // Most resources were never parsed; a quick scan finds the line.
    if (!origin.isRead) origin.readQuickly();
    this.problems.add('file-name', origin, path, message);
    return false;
  }
}

const NAME_PATH = ['metadata', 'name'];
const NAMESPACE_PATH = ['metadata', 'namespace'];
