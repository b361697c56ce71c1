import type { Path } from '../problem/index.ts';
import { isMap, type Value } from '../yaml/index.ts';
import type { Draft } from '../yaml-write/draft.ts';
import type { Group } from './group.ts';

/** Mounts of volumes, some of which have other names in v2. */
export class Mounts {
  /** The names of the volumes that a group adds, which stay. */
  private readonly added: ReadonlySet<Value | undefined>;

  constructor(private readonly group: Group) {
    const volumes = group.value('additionalVolumes');
    const list = Array.isArray(volumes) ? volumes : [];
    this.added = new Set(list.map((volume) => (isMap(volume) ? volume.name : undefined)));
  }

  mount(path: Path): Draft {
    return this.group.own.as(path, this.renamed(path, this.group.value(...path) ?? null));
  }

  /** A container with its mounts. */
  container(path: Path): Draft {
    const { own } = this.group;
    const container = own.value(...path) ?? null;
    if (!isMap(container) || !Array.isArray(container.volumeMounts)) return own.as(path, container);
    const volumeMounts = container.volumeMounts.map((mount, index) =>
      this.renamed([...path, 'volumeMounts', index], mount),
    );
    return own.as(path, { ...container, volumeMounts });
  }

  /** One of a volume that v2 may not have is reported. */
  private renamed(path: Path, mount: Value): Value {
    if (!isMap(mount) || this.added.has(mount.name)) return mount;
    const name = this.group.renamedVolumes.get(String(mount.name));
    if (name !== undefined) return { ...mount, name };
    const how = `its pods have no volume ${JSON.stringify(mount.name)}; mount one of their own, whose names begin with "ti-"`;
    this.group.changed([...path, 'name'], how);
    return mount;
  }
}
