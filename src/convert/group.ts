import type { GroupInV2, ResourcesInV2 } from '../components/index.ts';
import type { Path } from '../problem/index.ts';
import type { Value } from '../yaml/index.ts';
import type { Draft } from '../yaml-write/draft.ts';
import type { Report } from './report.ts';
import { resources } from './resources.ts';
import type { Section } from './section.ts';
import type { Source } from './source.ts';
import { Tree } from './tree.ts';

/** A group of v2 that is put together. */
export class Group implements GroupInV2 {
  /** `spec.template.spec` and `.metadata`. */
  readonly template = new Tree();
  readonly metadata = new Tree();
  /** The overlay's pod, and the server's container in it. */
  readonly pod = new Tree();
  readonly server = new Tree();
  /** Keys to set in the first config. */
  readonly configKeys = new Map<string, string | boolean>();
  readonly configDefaults = new Map<string, number>();
  /** Of the fields that say the keys. */
  readonly configComments: string[] = [];
  /** What its Cluster must have turned on. */
  readonly features = new Set<string>();
  /** Where a volume of its own has another name in v2. */
  readonly renamedVolumes = new Map<string, string>();
  readonly own: Section;
  readonly name: string;
  readonly clusterName: string;
  readonly isSection: boolean;

  constructor(
    readonly source: Source,
    readonly report: Report,
  ) {
    ({ own: this.own, name: this.name, clusterName: this.clusterName, isSection: this.isSection } = source);
  }

  get clusterTls(): boolean {
    return this.ofCluster('tlsCluster', 'enabled') === true;
  }

  value(...path: Path): Value | undefined {
    return this.own.value(...path);
  }

  take(...path: Path): Draft | undefined {
    return this.own.take(...path);
  }

  ofCluster(...path: Path): Value | undefined {
    return this.source.cluster.value(...path);
  }

  takeOfCluster(...path: Path): Draft | undefined {
    return this.source.cluster.take(...path);
  }

  set(path: readonly string[], value: Draft | undefined): void {
    this.template.set(path, value);
  }

  setInPod(path: readonly string[], value: Draft | undefined): void {
    this.pod.set(path, value);
  }

  setInServer(path: readonly string[], value: Draft | undefined): void {
    this.server.set(path, value);
  }

  addToPod(list: string, item: Draft): void {
    this.pod.add(list, item);
  }

  addToServer(list: string, item: Draft): void {
    this.server.add(list, item);
  }

  setConfig(key: string, value: string | boolean, field?: string): void {
    this.configKeys.set(key, value);
    if (field !== undefined) this.configComments.push(this.own.comments(field));
  }

  setConfigDefault(key: string, value: number): void {
    this.configDefaults.set(key, value);
  }

  resources(...at: Path): ResourcesInV2 {
    return resources(this, at);
  }

  lost(path: Path, why: string): void {
    this.report.lost(this.own, path, why);
  }

  changed(path: Path, how: string): void {
    this.report.changed(this.own, path, how);
  }
}
